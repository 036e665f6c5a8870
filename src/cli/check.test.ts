import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run, storageClass, testFolder } from '../../test/support/command-line.ts'
import { configMap } from '../../test/support/policy-set.ts'
import { inventoryOf } from '../kubernetes/inventory.ts'
import type { JsonObject } from '../kubernetes/json.ts'

const folder = testFolder()
afterAll(() => folder.remove())

const claim = (spec: JsonObject, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'db', namespace: 'shop', annotations: { 'holdfast.dev/durability': 'ephemeral' }, ...metadata },
  spec: { accessModes: ['ReadWriteOnce'], ...spec },
})

describe('check', () => {
  it.each<[string, JsonObject, readonly string[], number]>([
    ['a clean object', storageClass('a'), [], 0],
    ['a violation', configMap({ k: 'postgres://u:Tr0ub4dor3x@db/x' }), [], 1],
    ['something to fix', storageClass('a', { volumeBindingMode: 'Immediate' }), [], 1],
    ['a warning', claim({}, { labels: {} }), ['--context', 'CONTEXT'], 0],
    ['a warning that is to fail', claim({}, { labels: {} }), ['--context', 'CONTEXT', '--fail-on', 'warn'], 1],
    ['a violation that is not to fail', configMap({ k: 'postgres://u:Tr0ub4dor3x@db/x' }), ['--fail-on', 'never'], 0],
    ['a profile that audits', configMap({ k: 'postgres://u:Tr0ub4dor3x@db/x' }), ['--profile', 'observe'], 0],
    ['a stricter profile', claim({}, { labels: {} }), ['--context', 'CONTEXT', '--profile', 'strict'], 1],
  ])('exits by what it found: %s', async (_name, object, flags, code) => {
    const context = folder.file('context.yaml', { apiVersion: 'v1', kind: 'List', items: [storageClass('gold')] })
    const path = folder.file('object.json', object)
    const ran = await run(['check', path, ...flags.map((flag) => (flag === 'CONTEXT' ? context : flag))])
    expect({ code: ran.code, out: ran.out }).toMatchObject({ code })
  })

  it('judges for a version of Kubernetes: the flag, else the configuration, else the newest', async () => {
    const path = folder.file('web.json', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttributesClass',
      metadata: { name: 'fast' },
      driverName: 'ebs.csi.aws.com',
    })
    const config = folder.file('old.json', { kubernetesVersion: '1.33' })
    const judged = async (...flags: readonly string[]): Promise<string> =>
      (await run(['check', path, '--format', 'json', ...flags])).out
    const found = ', which Kubernetes 1.34 added'
    expect(await judged()).not.toContain(found)
    expect(await judged('--config', config)).toContain(found)
    expect(await judged('--config', config, '--kubernetes-version', 'v1.34.4')).not.toContain(found)
    expect(await judged('--kubernetes-version', '1.32')).toContain(found)
  })

  it('reads standard input, and finds classes among the manifests themselves', async () => {
    const input = [storageClass('fast'), claim({ accessModes: ['ReadWriteMany'], storageClassName: 'fast' })]
      .map((object) => `---\n${JSON.stringify(object)}\n`)
      .join('')
    const { out, code } = await run(['check', '-', '--format', 'json'], input)
    const report: { results: readonly { policy: string; file: string; line: number; path: string }[] } = JSON.parse(out)
    expect(report.results).toEqual([
      expect.objectContaining({
        policy: 'claim-access-mode-supported',
        file: '<stdin>',
        line: 4,
        path: '/spec/accessModes/0',
      }),
    ])
    expect(code).toBe(1)
  })

  it('says which document is broken, judges the rest, and exits with 2', async () => {
    const path = folder.file(
      'broken.yaml',
      `a: b: c\n---\n${JSON.stringify(configMap({ k: 'postgres://u:Tr0ub4dor3x@db/x' }))}\n`,
    )
    const { out, code } = await run(['check', path])
    expect(out).toContain(`${path}:1:5  problem`)
    expect(out).toContain(`${path}:3:97  deny  critical  configmap-no-secrets\n`)
    expect(code).toBe(2)
  })

  it('walks folders, links to files included, and leaves alone what is no manifest', async () => {
    const root = join(folder.path, 'tree')
    mkdirSync(join(root, '..data'), { recursive: true })
    mkdirSync(join(root, 'deep'))
    writeFileSync(
      join(root, '..data', 'class.yaml'),
      JSON.stringify(storageClass('linked', { volumeBindingMode: 'Immediate' })),
    )
    symlinkSync('..data/class.yaml', join(root, 'class.yaml'))
    writeFileSync(join(root, 'deep', 'values.yaml'), 'replicas: 3\n')
    writeFileSync(join(root, 'notes.txt'), 'a: b: c')
    const { out, code } = await run(['check', root])
    expect(out).toContain('1 object')
    expect(out.match(/  storageclass-wait-for-first-consumer\n/g)).toHaveLength(1)
    expect(code).toBe(1)
  })

  it('puts objects without a namespace where kubectl would', async () => {
    const path = folder.file('cm.json', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c' },
      data: { k: 'postgres://u:Tr0ub4dor3x@db/x' },
    })
    expect((await run(['check', path])).out).toContain('ConfigMap default/c:')
    expect((await run(['check', path, '--namespace', 'kube-system'])).code).toBe(0)
  })

  it('asks the cluster where told to', async () => {
    const path = folder.file('claim.json', claim({ storageClassName: 'silver' }))
    const readCluster = (): Promise<ReturnType<typeof inventoryOf>> =>
      Promise.resolve(inventoryOf([storageClass('gold')], ['StorageClass', 'PersistentVolume']))
    const { out } = await run(['check', path, '--cluster'], '', { readCluster })
    expect(out).toContain('"silver"')
    expect(out).toContain('"gold"')
    expect((await run(['check', path])).out).toContain('no violations')
  })

  it.each([
    [['check', '--kubernetes-version', '1.9'], /argument '1\.9' is invalid\. Known versions of Kubernetes are 1\.36, /],
    [['check', 'absent.yaml'], /absent\.yaml cannot be read \(ENOENT\)/],
    [['check', '--format', 'xml'], /xml/],
    [['check', '--policies', 'absent'], /absent: is no folder/],
  ])('refuses %j', async (args, message) => {
    await expect(run(args)).rejects.toThrow(message)
  })

  it('refuses context that cannot be read whole', async () => {
    const context = folder.file('context-broken.yaml', 'a: b: c')
    await expect(run(['check', folder.file('o.json', storageClass('a')), '--context', context])).rejects.toThrow(
      /context-broken\.yaml:1: .*has to be read whole/,
    )
  })

  it('takes policies and settings from files', async () => {
    const policies = join(folder.path, 'policies')
    mkdirSync(policies)
    writeFileSync(
      join(policies, 'team.json'),
      JSON.stringify({
        apiVersion: 'policy.holdfast.dev/v1alpha1',
        kind: 'StoragePolicy',
        metadata: { name: 'team-named' },
        spec: {
          title: 't',
          why: 'w',
          severity: 'low',
          action: { baseline: 'deny', strict: 'deny' },
          match: { kinds: ['StorageClass'] },
          rules: [
            {
              name: 'team',
              assert: { cel: 'has(object.metadata.labels)' },
              path: '/metadata/labels',
              message: '{{field}} is {{actual}}',
              remedy: 'r',
            },
          ],
        },
      }),
    )
    const path = folder.file('class.json', storageClass('a'))
    expect((await run(['check', path, '--policies', policies])).out).toContain(
      'team-named\n  StorageClass a: metadata.labels is not set.',
    )
    const config = folder.file('holdfast.json', {
      policyDirectories: ['policies'],
      policies: { 'team-named': { action: 'off' } },
    })
    expect((await run(['check', path, '--config', config])).code).toBe(0)
  })
})
