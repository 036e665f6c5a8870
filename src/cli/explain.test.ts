import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run, testFolder } from '../../test/support/command-line.ts'
import { ownerPolicy } from '../../test/support/policy-set.ts'
import { readingTerminal } from '../../test/support/tree.ts'
import { load } from '../load.ts'
import { parseConfig } from '../policy/parse.ts'
import { explain } from './explain.ts'

const folder = testFolder()
afterAll(() => folder.remove())

describe('explain', () => {
  it('tells a policy, and how it is set here', async () => {
    const config = folder.file('paths.json', {
      policies: {
        'pod-no-host-path': {
          action: 'warn',
          parameters: { allowed: [{ pathPrefix: '/var/log' }] },
          namespaces: { 'prod-*': { action: 'deny' }, constructor: { parameters: { allowed: [] } } },
        },
      },
      exceptions: [
        {
          policy: 'pod-no-host-path',
          match: { namespaces: ['monitoring'] },
          reason: 'reads /proc',
          owner: 'sre',
          expires: '2027-06-30',
        },
      ],
    })
    const { out, code } = await run(['explain', 'pod-no-host-path', '--config', config])
    expect(out).toMatch(/^pod-no-host-path: No directories of the node\n/)
    for (const part of [
      '    default: []\n    in force: [{ "pathPrefix": "/var/log" }]\n',
      '  warn: admitted with a warning (in holdfast check: warning)\n',
      '  deny in namespace prod-*: refused, with the fix\n',
      '  warn in namespace constructor: admitted with a warning, with { "allowed": [] }\n',
      '  exception for namespaces monitoring: reads /proc (sre, until 2027-06-30)\n',
      'An example that breaks it\n  apiVersion: v1\n  kind: Pod\n',
      '[pod-no-host-path]\n    Fix: use a PersistentVolumeClaim',
      'How it is right\n  apiVersion: v1\n  kind: Pod\n',
    ]) {
      expect(out).toContain(part)
    }
    expect(code).toBe(0)
  })

  it('gives an example of every policy, and snippets that holdfast.json takes', () => {
    const options = {
      configFile: undefined,
      policyDirectories: [],
      profile: undefined,
      ownNamespace: 'holdfast-system',
    }
    const inForce = load(options)
    const ids = inForce.policies.policies.map(({ name }) => name)
    expect(ids.length).toBeGreaterThan(50)
    for (const id of ids) {
      let told = ''
      explain(inForce, id, 'text', { ...readingTerminal(), out: (text) => void (told += text) })
      const snippets = [...told.matchAll(/^To .* in holdfast\.json\n([\s\S]*?)\n(?:\n|$)/gm)].map(
        ([, json = '']) => json,
      )
      const [settings, exceptions] = snippets.map((json) => parseConfig(JSON.parse(json), id))
      expect(settings?.policies).toHaveProperty(id)
      expect(exceptions?.exceptions).toMatchObject([{ policy: id, expires: '1970-04-01' }])
      const headings = told.split('\n').filter((line) => !line.startsWith(' '))
      expect({ id, headings }).toEqual({
        id,
        headings: expect.arrayContaining(['An example that breaks it', 'What people read', 'How it is right']),
      })
    }
  })

  it.each([
    '[claim-storage-class]',
    'claim-storage-class/class',
    'PersistentVolumeClaim shop/a: spec.volumes[0] is "x". [claim-storage-class]\n  Fix: see [the docs].',
  ])('knows the policy in %j', async (asked) => {
    const { out } = await run(['explain', asked])
    expect(out).toMatch(/^claim-storage-class: /)
  })

  it('tells one rule alone', async () => {
    const all = await run(['explain', 'claim-rwop-when-sensitive', '--format', 'json'])
    const { rules }: { rules: readonly [string, ...string[]] } = JSON.parse(all.out)
    const { out } = await run(['explain', `claim-rwop-when-sensitive/${rules[0]}`])
    expect(out).toContain(`\nRule\n  ${rules[0]}\n`)
    expect(out).toContain(`"rule": "${rules[0]}"`)
  })

  it('tells it as JSON: the entry of the list', async () => {
    const { out } = await run(['explain', 'claim-storage-class', '--format', 'json'])
    const all = await run(['policies', '--format', 'json'])
    const rows: readonly { id: string }[] = JSON.parse(all.out)
    expect(JSON.parse(out)).toEqual(rows.find(({ id }) => id === 'claim-storage-class'))
    // Its repairs come from a check, so only its examples tell of them.
    expect(JSON.parse(out)).toMatchObject({ fixable: true, rules: ['class'], kinds: ['PersistentVolumeClaim'] })
  })

  it('tells it as its page, with its examples', async () => {
    const { out } = await run(['explain', 'claim-rwop-when-sensitive', '--format', 'markdown'])
    expect(out).toMatch(/^# Sensitive data has one pod at a time\n/)
    expect(out).toContain('-  accessModes: [ReadWriteOnce]\n+  accessModes: [ReadWriteOncePod]\n')
    expect(out).not.toContain('](..')
  })

  it.each([
    ['text', 'Rules\n  owner\n    <field> is <value>; name who owns this\n', 'An example'],
    ['markdown', '### Rule `owner`\n\n> *field* is *value*; name who owns this\n', '## Examples'],
  ])('tells one of your own without examples, as %s', async (format, rule, example) => {
    const policies = join(folder.path, 'own')
    mkdirSync(policies, { recursive: true })
    writeFileSync(join(policies, 'owner-named.json'), JSON.stringify(ownerPolicy))
    const { out } = await run(['explain', 'owner-named', '--format', format, '--policies', policies])
    expect(out).toContain(rule)
    expect(out).not.toContain(example)
  })

  it.each([
    ['pod-no-host-paths', 'there is no policy "pod-no-host-paths"; did you mean "pod-no-host-path"?'],
    ['[pod-no-host-paths]', 'there is no policy "pod-no-host-paths"; did you mean "pod-no-host-path"?'],
    ['host-path', 'there is no policy "host-path"; there is pod-no-host-path, pv-no-host-path'],
    ['zzz', 'there is no policy "zzz"; holdfast policies lists them'],
    ['constructor', 'there is no policy "constructor"; holdfast policies lists them'],
    ['claim-storage-class/clas', 'the policy "claim-storage-class" has no rule "clas"; did you mean "class"?'],
    ['claim-storage-class/x1y2z3', 'the policy "claim-storage-class" has no rule "x1y2z3"; its rules are class'],
  ])('refuses %s', async (asked, message) => {
    await expect(run(['explain', asked])).rejects.toThrow(message)
  })
})
