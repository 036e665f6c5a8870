import { describe, expect, it } from 'vitest'
import { kindMeant } from './kind-meant.ts'

describe('kindMeant', () => {
  it.each([
    ['v1', 'PersistantVolumeClaim', 'PersistentVolumeClaim'],
    ['v1', 'persistentvolumeclaim', 'PersistentVolumeClaim'],
    ['v1', 'PersistentVolumeClaims', 'PersistentVolumeClaim'],
    ['v1', 'pod', 'Pod'],
    ['apps/v1', 'Statefulset', 'StatefulSet'],
    ['apps/v1beta2', 'Deploymnet', 'Deployment'],
    ['batch/v1', 'cron-job', 'CronJob'],
    ['storage.k8s.io/v1', 'StorageClas', 'StorageClass'],
    ['snapshot.storage.k8s.io/v1', 'VolumeSnapShot', 'VolumeSnapshot'],
  ])('finds for %s %s: %s', (apiVersion, kind, expected) => {
    expect(kindMeant(apiVersion, kind)).toBe(expected)
  })

  it.each([
    ['known', 'v1', 'PersistentVolumeClaim'],
    ['known, under another apiVersion', 'v1', 'StorageClass'],
    ['real, though not judged', 'v1', 'Service'],
    ['a real list', 'v1', 'PodList'],
    ['nearly one that is not judged', 'v1', 'Serivce'],
    ["OpenShift's, of its first version", 'v1', 'Template'],
    ["kubectl's own", 'v1', 'Config'],
    ['nearly one of another group', 'v1', 'Deploymnet'],
    ['in a group that is not known', 'example.com/v1', 'Deploymnet'],
    ['in a group of an odd name', 'constructor/v1', 'Deploymnet'],
    ['an odd name', 'v1', 'constructor'],
  ])('leaves alone what is %s: %s %s', (_what, apiVersion, kind) => {
    expect(kindMeant(apiVersion, kind)).toBeUndefined()
  })
})
