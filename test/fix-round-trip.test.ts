import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asArray, at, type JsonValue } from '../src/kubernetes/json.ts'
import { run, testFolder } from './support/command-line.ts'
import { type Replacement, type SarifLog, withFixes } from './support/sarif-fixes.ts'

/*
 * Every example of the policies and every document of the seeds, repaired in its file: what SARIF tells editors to do is
 * what `fix --write` does, it touches only the lines that it has to, and nothing that could be repaired is left.
 */
const folder = testFolder()
afterAll(() => folder.remove())

const policies = join(import.meta.dirname, '..', 'policies')
const notJudged = /\.(?:context|old|after)\.yaml$/

const examples = readdirSync(policies, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.includes('examples') && file.endsWith('.yaml') && !notJudged.test(file))
  .map((file) => join(policies, file))

// Files of the same name are in the examples of several policies.
const copies = examples.map((file, index) => ({ file, copy: join(folder.path, `${index}-${basename(file)}`) }))

let sarif: SarifLog = { runs: [] }
let fixable = 0

beforeAll(async () => {
  for (const { file, copy } of copies) cpSync(file, copy)
  const { out } = await run(['check', folder.path, '--format', 'sarif'])
  sarif = JSON.parse(out)
  const { results } = JSON.parse((await run(['check', folder.path, '--format', 'json'])).out)
  fixable = countFixable(results)
  await run(['fix', '--write', folder.path])
}, 60_000)

function countFixable(results: JsonValue): number {
  return asArray(results).filter((result) => at(result, 'fix', 'patch') !== null && at(result, 'fix') !== null).length
}

/** What SARIF would have done to a file, by all its results. */
function replacementsFor(file: string): readonly Replacement[] {
  return sarif.runs
    .flatMap(({ results }) => results.flatMap(({ fixes = [] }) => fixes))
    .flatMap(({ artifactChanges }) => artifactChanges)
    .filter(({ artifactLocation }) => artifactLocation.uri.endsWith(`/${basename(file)}`))
    .flatMap(({ replacements }) => replacements)
}

describe('repairs in files', () => {
  it('are many', () => expect(fixable).toBeGreaterThan(150))

  it.each(copies)('of $file are what SARIF says', ({ file, copy }) => {
    expect(withFixes(readFileSync(file, 'utf8'), replacementsFor(copy))).toBe(readFileSync(copy, 'utf8'))
  })

  it('leave nothing that could be repaired, and do nothing the next time', async () => {
    const { out } = await run(['check', folder.path, '--format', 'json'])
    expect(countFixable(JSON.parse(out).results)).toBe(0)
    expect((await run(['fix', folder.path])).out).toBe('nothing to fix\n')
  })
})
