import { expect, it } from 'vitest'
import { driverOf } from './driver-of.ts'
import { inventoryOf } from './inventory.ts'
import type { JsonObject } from './json.ts'

const inventory = inventoryOf([
  { kind: 'StorageClass', metadata: { name: 'gold' }, provisioner: 'disks.example.com' },
  { kind: 'PersistentVolume', metadata: { name: 'pv-csi' }, spec: { csi: { driver: 'files.example.com' } } },
  { kind: 'PersistentVolume', metadata: { name: 'pv-nfs' }, spec: { nfs: {} } },
])

it.each<[string, JsonObject, string | undefined]>([
  ['StorageClass.storage.k8s.io', { provisioner: 'kubernetes.io/aws-ebs' }, 'kubernetes.io/aws-ebs'],
  ['StorageClass.storage.k8s.io', { provisioner: '' }, undefined],
  ['VolumeSnapshotClass.snapshot.storage.k8s.io', { driver: 'a' }, 'a'],
  ['VolumeSnapshotContent.snapshot.storage.k8s.io', { spec: { driver: 'a' } }, 'a'],
  ['VolumeAttributesClass.storage.k8s.io', { driverName: 'a' }, 'a'],
  ['CSIDriver.storage.k8s.io', { metadata: { name: 'a' } }, 'a'],
  ['PersistentVolume', { spec: { csi: { driver: 'a' } } }, 'a'],
  ['PersistentVolume', { spec: { awsElasticBlockStore: { volumeID: 'v' } } }, 'kubernetes.io/aws-ebs'],
  ['PersistentVolume', { spec: { hostPath: { path: '/x' } } }, undefined],
  ['PersistentVolumeClaim', { spec: { storageClassName: 'gold' } }, 'disks.example.com'],
  ['PersistentVolumeClaim', { spec: { storageClassName: 'silver' } }, undefined],
  ['PersistentVolumeClaim', { spec: { storageClassName: 'gold', volumeName: 'pv-csi' } }, 'files.example.com'],
  ['PersistentVolumeClaim', { spec: { storageClassName: 'gold', volumeName: 'pv-nfs' } }, undefined],
  ['PersistentVolumeClaim', { spec: { storageClassName: 'gold', volumeName: 'not-known' } }, 'disks.example.com'],
  ['Pod', { spec: {} }, undefined],
])('the driver of a %s %j is %j', (kind, object, driver) => {
  expect(driverOf(kind, object, inventory)).toBe(driver)
})
