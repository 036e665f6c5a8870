import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run, testFolder } from './support/command-line.ts'
import { writeTree } from './support/tree.ts'

const guide = readFileSync(join(import.meta.dirname, '../docs/guide/policies.md'), 'utf8')

const folder = testFolder()
afterAll(() => folder.remove())

function block(language: string): string {
  return guide.split(`\`\`\`${language}\n`)[1]?.split('\n```')[0] ?? ''
}

/** The output that the guide shows of a command, line by line; what is left out (`…`) is not among it. */
function shownAfter(command: string): readonly string[] {
  const [, after = ''] = block('console').split(`$ ${command}\n`)
  return (after.split('\n$ ')[0] ?? '').split('\n').filter((line) => line !== '…')
}

const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'orders' } }

describe('docs/guide/policies.md', () => {
  it('shows what somebody sees who tries its policy', async () => {
    const policies = 'my-policies'
    const examples = 'my-policies/claim-team-label/examples'
    writeTree(folder.path, {
      'my-policies/claim-team-label/policy.json': block('json'),
      [`${examples}/denied/no-team.yaml`]: JSON.stringify(claim),
      [`${examples}/allowed/team.yaml`]: JSON.stringify({
        ...claim,
        metadata: { name: 'a', labels: { team: 'shop' } },
      }),
    })
    const tried = async (...flags: readonly string[]): Promise<string> => {
      const { out } = await run(['test', join(folder.path, policies), ...flags])
      return out.replaceAll(`${folder.path}/`, '')
    }
    const before = shownAfter('holdfast test my-policies')
    expect(before.length).toBeGreaterThan(2)
    expect((await tried()).split('\n')).toEqual(expect.arrayContaining([...before]))
    expect(await tried('--update')).toBe(`${shownAfter('holdfast test my-policies --update').join('\n')}\n`)
  })
})
