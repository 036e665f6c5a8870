import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../kubernetes/json.ts'
import { watchedKind, watchedKinds } from './watched-kind.ts'

function trim(kind: string, object: JsonObject): JsonObject | undefined {
  return watchedKinds.find((watched) => watched.kind === kind)?.trim(object)
}

const kept = {
  name: 'x',
  uid: '1',
  labels: { a: 'b' },
  annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  creationTimestamp: '2026-01-01T00:00:00Z',
}

const metadata = {
  ...kept,
  annotations: { ...kept.annotations, 'kubectl.kubernetes.io/last-applied-configuration': '{"data":"secret"}' },
  managedFields: [{ manager: 'kubectl' }],
  resourceVersion: '7',
  generateName: 'x-',
  finalizers: ['kubernetes.io/pv-protection'],
}

describe('what is kept', () => {
  it('of a StorageClass is all but the bookkeeping', () => {
    const fields = {
      provisioner: 'p',
      parameters: { type: 'ssd' },
      reclaimPolicy: 'Delete',
      mountOptions: ['ro'],
      allowVolumeExpansion: true,
      volumeBindingMode: 'Immediate',
      allowedTopologies: [],
    }
    expect(trim('StorageClass', { metadata, ...fields, unknown: 1 })).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: kept,
      ...fields,
    })
  })

  it('of a Namespace is its phase, without its conditions', () => {
    const spec = { finalizers: ['kubernetes'] }
    expect(trim('Namespace', { metadata, spec, status: { phase: 'Active', conditions: [{}] } })).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: kept,
      spec,
      status: { phase: 'Active' },
    })
  })

  it("of a PersistentVolume is where it lies and whose it is, without the driver's own attributes", () => {
    const spec = {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      storageClassName: 'gold',
      volumeMode: 'Block',
      persistentVolumeReclaimPolicy: 'Retain',
      claimRef: { namespace: 'shop', name: 'db', uid: '2', resourceVersion: '5', kind: 'PersistentVolumeClaim' },
      csi: { driver: 'd', volumeHandle: 'h', volumeAttributes: { k: 'v' }, nodeStageSecretRef: { name: 's' } },
      flexVolume: { driver: 'f', options: { password: 'p' } },
    }
    expect(trim('PersistentVolume', { metadata, spec, status: { phase: 'Bound', message: 'm' } })).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: kept,
      spec: {
        ...spec,
        flexVolume: { driver: 'f' },
        claimRef: { namespace: 'shop', name: 'db', uid: '2' },
        csi: { driver: 'd', volumeHandle: 'h' },
      },
      status: { phase: 'Bound' },
    })
  })

  it.each(['hostPath', 'nfs', 'local', 'awsElasticBlockStore', 'rbd'])("of a volume's %s is everything", (source) => {
    expect(trim('PersistentVolume', { metadata: {}, spec: { [source]: { a: 1 } } })).toMatchObject({
      spec: { [source]: { a: 1 } },
    })
  })

  it('of a PersistentVolumeClaim is what it asks for and what it got, without conditions', () => {
    const spec = {
      accessModes: ['ReadWriteOnce'],
      dataSource: { kind: 'VolumeSnapshot', name: 's' },
      dataSourceRef: { kind: 'VolumeSnapshot', name: 's' },
      resources: { requests: { storage: '1Gi' } },
      storageClassName: 'gold',
      volumeAttributesClassName: 'fast',
      volumeMode: 'Filesystem',
      volumeName: 'pv-1',
    }
    const status = { phase: 'Bound', capacity: { storage: '1Gi' } }
    const told = { ...status, accessModes: ['ReadWriteOnce'], conditions: [{ type: 'Resizing' }] }
    expect(trim('PersistentVolumeClaim', { metadata, spec: { ...spec, unknown: 1 }, status: told })).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: kept,
      spec,
      status,
    })
  })

  it('of a VolumeSnapshotClass is whose it is and what becomes of the snapshots', () => {
    const fields = { driver: 'd', deletionPolicy: 'Retain' }
    expect(trim('VolumeSnapshotClass', { metadata, ...fields, parameters: { secret: 's' } })).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotClass',
      metadata: kept,
      ...fields,
    })
  })

  it('of a VolumeAttributesClass is its driver and its parameters', () => {
    const fields = { driverName: 'd', parameters: { iops: '3000' } }
    expect(trim('VolumeAttributesClass', { metadata, ...fields, unknown: 1 })).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'VolumeAttributesClass',
      metadata: kept,
      ...fields,
    })
  })

  it('of a CSIDriver is its spec', () => {
    expect(trim('CSIDriver', { metadata, spec: { attachRequired: false } })).toMatchObject({
      metadata: kept,
      spec: { attachRequired: false },
    })
  })

  it.each<JsonObject>([{}, { metadata: null }, { metadata: [], spec: 'x' }, { metadata: { annotations: 3 } }])(
    'of the malformed %j is no error',
    (object) => {
      expect(() => watchedKinds.map((kind) => kind.trim(object))).not.toThrow()
    },
  )
})

describe('watched kinds', () => {
  it('may be missing in a cluster where they are custom resources or new', () => {
    expect(watchedKinds.map(({ kind, resource, optional }) => `${kind} ${resource} ${optional}`)).toEqual([
      'StorageClass storageclasses false',
      'Namespace namespaces false',
      'PersistentVolume persistentvolumes false',
      'PersistentVolumeClaim persistentvolumeclaims false',
      'CSIDriver csidrivers false',
      'VolumeSnapshotClass volumesnapshotclasses true',
      'VolumeAttributesClass volumeattributesclasses true',
    ])
  })

  it('take their identity from the facts, not from the object', () => {
    const kind = watchedKind({
      kind: 'VolumeSnapshotClass',
      apiVersion: 'snapshot.storage.k8s.io/v1',
      resource: 'volumesnapshotclasses',
      optional: true,
      fields: { driver: true, kind: true },
    })
    expect(kind.optional).toBe(true)
    expect(kind.trim({ metadata: { name: 'x' }, driver: 'd' })).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotClass',
      metadata: { name: 'x' },
      driver: 'd',
    })
  })
})
