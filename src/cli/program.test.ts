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

  it('takes no policy: explain tells one', async () => {
    await expect(run(['policies', 'pod-no-host-path'])).rejects.toThrow(/too many arguments/)
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
    expect(missing.out).toContain('denied/one.yaml\n       no expected answer is written down beside it; --update')
    expect(missing.code).toBe(1)
    expect((await run(['test', policies, '--update'])).code).toBe(0)
    const { out, code } = await run(['test', policies])
    expect(out).toBe(
      'ok   p: 1 example\nrules that no example breaks: none\nrules that no example keeps: p/r\n1 passed, 0 failed\n',
    )
    expect(code).toBe(0)
    writeFileSync(join(examples, 'one.expected.json'), JSON.stringify({ findings: [] }))
    const different = await run(['test', policies])
    expect(different.out).toMatch(/denied\/one\.yaml\n {7}findings:\n {9}expected \[\]\n {9}got {6}\[\{"rule":"r"/)
    expect(different.out).toContain('       if this is right, delete ')
    expect(different.code).toBe(1)
  })
  it('says how to begin where there are no examples', async () => {
    const policies = join(folder.path, 'new')
    mkdirSync(join(policies, 'owner-named'), { recursive: true })
    writeFileSync(join(policies, 'owner-named', 'policy.json'), JSON.stringify(ownerPolicy))
    writeFileSync(join(policies, 'other.json'), JSON.stringify({ ...ownerPolicy, metadata: { name: 'other' } }))
    const { out, code } = await run(['test', policies])
    expect(out.replaceAll(policies, 'F')).toBe(`ok   other: 0 examples
     examples go beside a file of the name ID/policy.json
ok   owner-named: 0 examples
     write F/owner-named/examples/denied/NAME.yaml and F/owner-named/examples/allowed/NAME.yaml, a manifest each
rules that no example breaks: other/owner, owner-named/owner
rules that no example keeps: other/owner, owner-named/owner
0 passed, 0 failed
`)
    expect(code).toBe(0)
  })
})
