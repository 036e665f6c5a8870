import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run, storageClass, testFolder } from '../../test/support/command-line.ts'
import { configMap, ownerPolicy, request } from '../../test/support/policy-set.ts'
import { encodeRequest } from '../admission/encode-request.ts'
import type { JsonObject } from '../kubernetes/json.ts'

const folder = testFolder()
afterAll(() => folder.remove())

describe('review', () => {
  const ask = async (object: JsonObject): Promise<unknown> => {
    const { out } = await run(['review'], JSON.stringify(encodeRequest({ ...request(object), uid: 'u-1' })))
    return JSON.parse(out)
  }

  it('answers with a patch', async () => {
    expect(await ask(storageClass('a', { volumeBindingMode: 'Immediate' }))).toMatchObject({
      kind: 'AdmissionReview',
      response: { uid: 'u-1', allowed: true, patchType: 'JSONPatch' },
    })
  })

  it('answers with a denial', async () => {
    expect(await ask(configMap({ k: 'postgres://u:Tr0ub4dor3x@db/x' }))).toMatchObject({
      response: { allowed: false, status: { code: 403, reason: 'Forbidden' } },
    })
  })

  it('refuses what is no review', async () => {
    await expect(run(['review'], '{}')).rejects.toThrow('/kind must be "AdmissionReview"')
    await expect(run(['review'], '{"password": "hunter2')).rejects.toThrow(/^(?!.*hunter2).*is not valid JSON/)
    await expect(run(['review', join(folder.path, 'absent')])).rejects.toThrow(/cannot be read/)
  })
})

describe('policies', () => {
  it.each(['text', 'json', 'markdown'])('lists them as %s', async (format) => {
    const { out, code } = await run(['policies', '--format', format])
    for (const id of ['claim-rwop-when-sensitive', 'pod-no-host-path']) expect(out).toContain(id)
    expect(code).toBe(0)
  })

  it('shows the action in force', async () => {
    const config = folder.file('strict.json', {
      profile: 'strict',
      policies: { 'pod-no-host-path': { action: 'audit' } },
    })
    const { out } = await run(['policies', '--format', 'json', '--config', config])
    const rows: readonly { id: string; action: string }[] = JSON.parse(out)
    expect(rows.find(({ id }) => id === 'pod-no-host-path')?.action).toBe('audit')
    expect(rows.find(({ id }) => id === 'claim-storage-class')?.action).toBe('deny')
  })

  it('shows one, with the parameters in force', async () => {
    const config = folder.file('paths.json', {
      policies: { 'pod-no-host-path': { action: 'warn', parameters: { allowed: [{ pathPrefix: '/var/log' }] } } },
    })
    const { out, code } = await run(['policies', 'pod-no-host-path', '--config', config])
    expect(out).toMatch(/^pod-no-host-path: No directories of the node\n/)
    expect(out).toContain('    default: []\n    in force: [{ "pathPrefix": "/var/log" }]\n')
    expect(out).toContain('  warn (in force): admitted with a warning\n')
    expect(code).toBe(0)
  })

  it('shows one as JSON: the entry of the list', async () => {
    const { out } = await run(['policies', 'claim-storage-class', '--format', 'json'])
    const all = await run(['policies', '--format', 'json'])
    const rows: readonly { id: string }[] = JSON.parse(all.out)
    expect(JSON.parse(out)).toEqual(rows.find(({ id }) => id === 'claim-storage-class'))
    // Its repairs come from a check, so only its examples tell of them.
    expect(JSON.parse(out)).toMatchObject({ fixable: true, rules: ['class'], kinds: ['PersistentVolumeClaim'] })
  })

  it('shows one as its page, with its examples', async () => {
    const { out } = await run(['policies', 'claim-rwop-when-sensitive', '--format', 'markdown'])
    expect(out).toMatch(/^# Sensitive data has one pod at a time\n/)
    expect(out).toContain('-  accessModes: [ReadWriteOnce]\n+  accessModes: [ReadWriteOncePod]\n')
    expect(out).not.toContain('](..')
  })

  it('shows one of your own, without examples', async () => {
    const policies = join(folder.path, 'own')
    mkdirSync(policies)
    writeFileSync(join(policies, 'owner-named.json'), JSON.stringify(ownerPolicy))
    const { out } = await run(['policies', 'owner-named', '--format', 'markdown', '--policies', policies])
    expect(out).toContain('### Rule `owner`\n\n> *field* is *value*; name who owns this\n')
    expect(out).not.toContain('## Examples')
  })

  it('refuses an id that no policy has', async () => {
    await expect(run(['policies', 'pod-no-host-paths'])).rejects.toThrow(
      'there is no policy "pod-no-host-paths"; did you mean "pod-no-host-path"?',
    )
  })
})

describe('test', () => {
  it('fails where an answer differs, and says what is not covered', async () => {
    const policies = join(folder.path, 'tested')
    const examples = join(policies, 'p', 'examples', 'denied')
    mkdirSync(examples, { recursive: true })
    writeFileSync(
      join(policies, 'p', 'policy.json'),
      JSON.stringify({
        apiVersion: 'policy.holdfast.dev/v1alpha1',
        kind: 'StoragePolicy',
        metadata: { name: 'p' },
        spec: {
          title: 't',
          why: 'w',
          severity: 'low',
          action: { baseline: 'deny', strict: 'deny' },
          match: { kinds: ['ConfigMap'] },
          rules: [{ name: 'r', assert: { cel: 'false' }, message: 'wrong', remedy: 'mend' }],
        },
      }),
    )
    writeFileSync(join(examples, 'one.yaml'), JSON.stringify(configMap({})))
    const missing = await run(['test', policies])
    expect(missing.out).toContain('denied/one: no expected answer is written down')
    expect(missing.code).toBe(1)
    expect((await run(['test', policies, '--update'])).code).toBe(0)
    const { out, code } = await run(['test', policies])
    expect(out).toBe(
      'ok   p: 1 examples\ncoverage: rules never seen to fail: none; rules never seen to pass: p/r\n1 passed, 0 failed\n',
    )
    expect(code).toBe(0)
    writeFileSync(join(examples, 'one.expected.json'), JSON.stringify({ findings: [] }))
    const different = await run(['test', policies])
    expect(different.out).toContain('denied/one: findings: expected []')
    expect(different.code).toBe(1)
  })
})
