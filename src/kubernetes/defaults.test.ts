import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withApiDefaults } from './defaults.ts'
import { isObject, type JsonObject } from './json.ts'

const podSpec = {
  containers: [{ name: 'app' }],
  volumes: [
    { name: 'scratch' },
    { name: 'logs', hostPath: { path: '/var/log' } },
    { name: 'cache', ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } },
    { name: 'config', configMap: { name: 'web' } },
  ],
}
const defaultedPodSpec = {
  containers: [{ name: 'app' }],
  volumes: [
    { name: 'scratch', emptyDir: {} },
    { name: 'logs', hostPath: { path: '/var/log', type: '' } },
    {
      name: 'cache',
      ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem' } } },
    },
    { name: 'config', configMap: { name: 'web' } },
  ],
}

const rows: readonly (readonly [string, JsonObject, JsonObject])[] = [
  [
    'StorageClass',
    { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', provisioner: 'ebs.csi.aws.com' },
    { provisioner: 'ebs.csi.aws.com', reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
  ],
  [
    'StorageClass with an explicit null, of an old version',
    { apiVersion: 'storage.k8s.io/v1beta1', kind: 'StorageClass', reclaimPolicy: 'Retain', volumeBindingMode: null },
    { reclaimPolicy: 'Retain', volumeBindingMode: 'Immediate' },
  ],
  [
    'CSIDriver',
    { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', spec: { attachRequired: false } },
    { spec: { attachRequired: false, fsGroupPolicy: 'ReadWriteOnceWithFSType' } },
  ],
  [
    'PersistentVolumeClaim',
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: {} },
    { spec: { volumeMode: 'Filesystem' } },
  ],
  [
    'PersistentVolume',
    { apiVersion: 'v1', kind: 'PersistentVolume', spec: { hostPath: { path: '/x' } } },
    {
      spec: {
        hostPath: { path: '/x', type: '' },
        persistentVolumeReclaimPolicy: 'Retain',
        volumeMode: 'Filesystem',
      },
    },
  ],
  ['Pod', { apiVersion: 'v1', kind: 'Pod', spec: podSpec }, { spec: defaultedPodSpec }],
  [
    'PodTemplate',
    { apiVersion: 'v1', kind: 'PodTemplate', template: { spec: podSpec } },
    { template: { spec: defaultedPodSpec } },
  ],
  ...['DaemonSet', 'Job'].map((kind): readonly [string, JsonObject, JsonObject] => [
    kind,
    { apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1', kind, spec: { template: { spec: podSpec } } },
    { spec: { template: { spec: defaultedPodSpec } } },
  ]),
  ...['ReplicaSet', 'ReplicationController'].map((kind): readonly [string, JsonObject, JsonObject] => [
    kind,
    { apiVersion: kind === 'ReplicaSet' ? 'apps/v1' : 'v1', kind, spec: { template: { spec: podSpec } } },
    { spec: { replicas: 1, template: { spec: defaultedPodSpec } } },
  ]),
  [
    'Deployment',
    { apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 0, template: { spec: podSpec } } },
    { spec: { replicas: 0, strategy: { type: 'RollingUpdate' }, template: { spec: defaultedPodSpec } } },
  ],
  [
    'CronJob',
    { apiVersion: 'batch/v1', kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: podSpec } } } } },
    { spec: { jobTemplate: { spec: { template: { spec: defaultedPodSpec } } } } },
  ],
  [
    'StatefulSet',
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      spec: {
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' },
        template: { spec: podSpec },
        volumeClaimTemplates: [{ spec: { volumeMode: 'Block' } }, { spec: {} }],
      },
    },
    {
      spec: {
        replicas: 1,
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
        template: { spec: defaultedPodSpec },
        volumeClaimTemplates: [{ spec: { volumeMode: 'Block' } }, { spec: { volumeMode: 'Filesystem' } }],
      },
    },
  ],
]

describe('withApiDefaults', () => {
  it.each(rows)('%s', (_, object, expected) => {
    const before = structuredClone(object)
    const defaulted = withApiDefaults(object)
    expect(defaulted).toEqual({ apiVersion: object['apiVersion'], kind: object['kind'], ...expected })
    expect(object).toEqual(before)
    expect(withApiDefaults(defaulted)).toBe(defaulted)
  })

  it.each([
    ['a pod without volumes', { apiVersion: 'v1', kind: 'Pod', spec: { containers: [] } }],
    ['a pod with nothing to add', { apiVersion: 'v1', kind: 'Pod', spec: { volumes: [{ name: 'a', secret: {} }] } }],
    ['a ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', data: {} }],
    ['a Secret', { apiVersion: 'v1', kind: 'Secret' }],
    ['a kind of another group', { apiVersion: 'example.com/v1', kind: 'StorageClass' }],
    ['a kind that is not known', { apiVersion: 'v1', kind: 'Service' }],
    ['no kind', { spec: { volumes: [{ name: 'a' }] } }],
    ['broken lists', { apiVersion: 'v1', kind: 'Pod', spec: { volumes: { name: 'a' } } }],
    ['broken parts', { apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: 'x' }],
  ])('%s stays the same reference', (_, object) => {
    expect(withApiDefaults(object)).toBe(object)
  })

  it('keeps the items that need nothing', () => {
    const kept = { name: 'config', configMap: {} }
    const object = { apiVersion: 'v1', kind: 'Pod', spec: { volumes: [kept, { name: 'scratch' }, 'broken'] } }
    expect(withApiDefaults(object)).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      spec: { volumes: [kept, { name: 'scratch', emptyDir: {} }, 'broken'] },
    })
  })

  it('never throws, and adds nothing the second time', () => {
    const kinds = rows.map(([, object]) => ({ apiVersion: object['apiVersion'], kind: object['kind'] }))
    const specs = fc.object({
      key: fc.constantFrom('volumes', 'template', 'spec', 'hostPath', 'ephemeral', '__proto__'),
    })
    fc.assert(
      fc.property(fc.constantFrom(...kinds), specs, (kind, part) => {
        const object: unknown = JSON.parse(JSON.stringify({ ...kind, spec: part, template: part }))
        if (!isObject(object)) return
        const defaulted = withApiDefaults(object)
        expect(withApiDefaults(defaulted)).toBe(defaulted)
      }),
    )
  })
})
