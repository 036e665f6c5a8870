import { describe, expect, it } from 'vitest'
import { claim, configMap, manifestFindings, pod, storageClass } from '../../../test/support/manifest-findings.ts'
import type { JsonObject } from '../../kubernetes/json.ts'
import type { CheckFinding } from '../check.ts'

describe('an unknown field', () => {
  it.each<[string, JsonObject, Partial<CheckFinding>]>([
    [
      'is surely misspelt',
      storageClass({ reclaimpolicy: 'Retain' }),
      {
        path: '/reclaimpolicy',
        problem: '{{field}} is no field of StorageClass; did you mean "reclaimPolicy"?',
        remedy: 'rename it to "reclaimPolicy"',
        rename: 'reclaimPolicy',
      },
    ],
    [
      'may mean another',
      claim({ storageClass: 'gold' }),
      {
        path: '/spec/storageClass',
        problem: '{{field}} is no field of PersistentVolumeClaimSpec; did you mean "storageClassName"?',
        remedy: 'rename it to "storageClassName", or remove it',
      },
    ],
    [
      'is there already in its right spelling',
      storageClass({ reclaimpolicy: 'Retain', reclaimPolicy: 'Delete' }),
      {
        path: '/reclaimpolicy',
        problem: '{{field}} is no field of StorageClass; did you mean "reclaimPolicy"?',
        remedy: 'remove it, for "reclaimPolicy" is there already',
      },
    ],
    [
      'holds what the field that was meant cannot hold',
      storageClass({ reclaimpolicy: 'Keep' }),
      {
        path: '/reclaimpolicy',
        problem: '{{field}} is no field of StorageClass; did you mean "reclaimPolicy"?',
        remedy: 'rename it to "reclaimPolicy", or remove it',
      },
    ],
    [
      'belongs further out',
      pod({ containers: [{ name: 'web', volumes: [] }] }),
      {
        path: '/spec/containers/0/volumes',
        actual: 'not shown',
        problem: '{{field}} is no field of Container; it belongs in spec',
        remedy: 'move it to spec.volumes',
      },
    ],
    [
      'belongs at the top',
      { apiVersion: 'v1', kind: 'Namespace', metadata: { spec: {} } },
      {
        path: '/metadata/spec',
        actual: 'not shown',
        problem: '{{field}} is no field of ObjectMeta; it belongs at the top of the object',
        remedy: 'move it to spec',
      },
    ],
    [
      'belongs further in',
      { ...claim({}), accessModes: ['ReadWriteOnce'] },
      {
        path: '/accessModes',
        actual: 'not shown',
        problem: '{{field}} is no field of PersistentVolumeClaim; it belongs in spec',
        remedy: 'move it to spec.accessModes',
      },
    ],
    [
      'is like no other',
      configMap({ immutable: true, whatever: 1 }),
      {
        path: '/whatever',
        problem: '{{field}} is no field of ConfigMap',
        remedy: 'remove it; ConfigMap has apiVersion, binaryData, data, immutable, kind, metadata',
      },
    ],
    [
      'may hold a password',
      pod({ containers: [{ name: 'web', image: 'web', env: [{ name: 'DB_PASSWORD', vaule: 'tulip9meadow' }] }] }),
      {
        path: '/spec/containers/0/env/0/vaule',
        actual: 'not shown',
        problem: '{{field}} is no field of EnvVar; did you mean "value"?',
        remedy: 'rename it to "value"',
        rename: 'value',
      },
    ],
    [
      'has a name that every JavaScript object has',
      configMap({ constructor: {} }),
      {
        path: '/constructor',
        actual: 'not shown',
        problem: '{{field}} is no field of ConfigMap',
        remedy: 'remove it; ConfigMap has apiVersion, binaryData, data, immutable, kind, metadata',
      },
    ],
  ])('%s', (_what, written, expected) => {
    expect(manifestFindings(written)).toEqual([expected])
  })

  it('is renamed once where two mean the same', () => {
    const found = manifestFindings(storageClass({ reclaimpolicy: 'Retain', ReclaimPolicy: 'Delete' }))
    expect(found.map(({ path, rename }) => [path, rename])).toEqual([
      ['/reclaimpolicy', 'reclaimPolicy'],
      ['/ReclaimPolicy', undefined],
    ])
  })

  it('counts as the required field that it surely means', () => {
    const written = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', provisoner: 'ebs.csi.aws.com' }
    expect(manifestFindings(written)).toMatchObject([{ path: '/provisoner', rename: 'provisioner' }])
  })
})

describe('a required field', () => {
  it.each<[string, JsonObject]>([
    ['/provisioner', storageClass({ provisioner: null })],
    ['/spec/volumes/0/name', pod({ volumes: [{ emptyDir: {} }] })],
    ['/spec/csi/volumeHandle', { apiVersion: 'v1', kind: 'PersistentVolume', spec: { csi: { driver: 'd' } } }],
  ])('is missed at %s', (path, written) => {
    expect(manifestFindings(written)).toMatchObject([{ path, remedy: 'add {{field}}' }])
  })

  it('is none where the API server takes its zero value', () => {
    expect(manifestFindings({ apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: 'd' } })).toEqual(
      [],
    )
  })
})
