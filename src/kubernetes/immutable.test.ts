import { describe, expect, it } from 'vitest'
import type { JsonObject } from './json.ts'
import { unchangeableAt } from './immutable.ts'
import { parseGroupKind } from './kinds.ts'

const beta = '/metadata/annotations/volume.beta.kubernetes.io~1storage-class'
const bound = { spec: { volumeName: 'pv-1', storageClassName: 'gold' }, status: { phase: 'Bound' } }

const rows: readonly (readonly [string, string, JsonObject, string | undefined])[] = [
  ['StorageClass', '/volumeBindingMode', {}, '/volumeBindingMode'],
  ['StorageClass', '/parameters/encrypted', {}, '/parameters'],
  ['StorageClass', '/allowVolumeExpansion', {}, undefined],
  ['StorageClass', '/metadata/labels/a', {}, undefined],
  ['PersistentVolumeClaim', '/spec/accessModes/0', bound, '/spec/accessModes'],
  ['PersistentVolumeClaim', '/spec/storageClassName', bound, '/spec/storageClassName'],
  ['PersistentVolumeClaim', '/spec/storageClassName', { spec: {} }, undefined],
  ['PersistentVolumeClaim', '/spec/storageClassName', { spec: { storageClassName: '' } }, '/spec/storageClassName'],
  [
    'PersistentVolumeClaim',
    '/spec/storageClassName',
    { metadata: { annotations: { 'volume.beta.kubernetes.io/storage-class': 'gold' } }, spec: {} },
    '/spec/storageClassName',
  ],
  ['PersistentVolumeClaim', beta, bound, beta],
  ['PersistentVolumeClaim', '/metadata/annotations/other', bound, undefined],
  ['PersistentVolumeClaim', '/spec/resources/requests/storage', bound, undefined],
  ['PersistentVolumeClaim', '/spec/resources/limits/storage', bound, '/spec/resources/limits'],
  ['PersistentVolumeClaim', '/spec/resources/requests/storage', { spec: {} }, '/spec/resources/requests'],
  ['PersistentVolumeClaim', '/spec/resources', bound, '/spec/resources'],
  ['PersistentVolumeClaim', '/spec/volumeAttributesClassName', bound, undefined],
  ['PersistentVolumeClaim', '/spec/volumeAttributesClassName', { spec: {} }, '/spec/volumeAttributesClassName'],
  ['PersistentVolumeClaim', '/spec/volumeName', bound, '/spec/volumeName'],
  ['PersistentVolumeClaim', '/spec/volumeName', { spec: { volumeName: '' } }, undefined],
  ['PersistentVolumeClaim', '/spec', bound, '/spec'],
  ['PersistentVolume', '/spec/hostPath/path', {}, '/spec/hostPath'],
  ['PersistentVolume', '/spec/csi/volumeHandle', { spec: { csi: {} } }, '/spec/csi/volumeHandle'],
  ['PersistentVolume', '/spec/csi/controllerExpandSecretRef', { spec: { csi: {} } }, undefined],
  [
    'PersistentVolume',
    '/spec/csi/controllerExpandSecretRef/name',
    { spec: { csi: { controllerExpandSecretRef: {} } } },
    '/spec/csi/controllerExpandSecretRef',
  ],
  ['PersistentVolume', '/spec/volumeMode', {}, '/spec/volumeMode'],
  ['PersistentVolume', '/spec/persistentVolumeReclaimPolicy', {}, undefined],
  ['PersistentVolume', '/spec/nodeAffinity/required', { spec: {} }, undefined],
  ['PersistentVolume', '/spec/nodeAffinity/required', { spec: { nodeAffinity: {} } }, '/spec/nodeAffinity'],
  ['Pod', '/spec/securityContext/fsGroup', {}, '/spec/securityContext'],
  ['Pod', '/spec/containers/0/image', {}, undefined],
  ['Pod', '/spec/containers/0/volumeMounts/1/readOnly', {}, '/spec/containers/0/volumeMounts'],
  ['Pod', '/spec/initContainers/0/env', {}, '/spec/initContainers/0/env'],
  ['Pod', '/spec/ephemeralContainers/0/image', {}, '/spec/ephemeralContainers'],
  ['Pod', '/spec/containers', {}, '/spec/containers'],
  ['Pod', '/spec/tolerations/0', {}, undefined],
  ['Pod', '/spec/terminationGracePeriodSeconds', {}, '/spec/terminationGracePeriodSeconds'],
  ['StatefulSet', '/spec/volumeClaimTemplates/0/spec/storageClassName', {}, '/spec/volumeClaimTemplates'],
  ['StatefulSet', '/spec/serviceName', {}, '/spec/serviceName'],
  ['StatefulSet', '/spec/template/spec/volumes/0', {}, undefined],
  ['StatefulSet', '/spec/persistentVolumeClaimRetentionPolicy/whenDeleted', {}, undefined],
  ['Deployment', '/spec/selector/matchLabels', {}, '/spec/selector'],
  ['Deployment', '/spec/template/spec', {}, undefined],
  ['Job', '/spec/template/spec/volumes/0/emptyDir', {}, '/spec/template'],
  ['Job', '/spec/completions', {}, '/spec/completions'],
  ['Job', '/spec/completions', { spec: { completionMode: 'Indexed' } }, undefined],
  ['Job', '/spec/parallelism', {}, undefined],
  ['CronJob', '/spec/jobTemplate/spec/template/spec', {}, undefined],
  ['ConfigMap', '/data/a', {}, undefined],
  ['ConfigMap', '/data/a', { immutable: true }, '/data'],
  ['ConfigMap', '/metadata/labels', { immutable: true }, undefined],
  ['Secret', '/stringData/a', { immutable: true }, '/stringData'],
  ['Secret', '/data/a', { immutable: false }, undefined],
  ['Secret', '/type', {}, '/type'],
  ['VolumeAttributesClass', '/driverName', {}, '/driverName'],
  ['VolumeSnapshotClass', '/deletionPolicy', {}, undefined],
  ['VolumeSnapshot', '/spec/source/persistentVolumeClaimName', {}, '/spec/source'],
  ['VolumeSnapshotContent', '/spec/sourceVolumeMode', {}, undefined],
  ['VolumeSnapshotContent', '/spec/deletionPolicy', {}, undefined],
  ['StorageClass', '', {}, ''],
  ['StorageClass', 'no pointer', {}, undefined],
  ['constructor', '/spec', {}, undefined],
  ['Gadget', '/spec', {}, undefined],
  ['StorageClass.example.com', '/volumeBindingMode', {}, undefined],
]

describe('unchangeableAt', () => {
  it.each(rows)('%s %s of %j: %s', (kind, path, stored, expected) => {
    expect(unchangeableAt(parseGroupKind(kind) ?? kind, path, stored)).toBe(expected)
  })
})
