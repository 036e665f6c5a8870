import { describe, expect, it } from 'vitest'
import { groupKindOf, parseGroupKind } from './kinds.ts'

describe('groupKindOf', () => {
  it.each([
    ['v1', 'Pod', 'Pod'],
    ['v1', 'Service', 'Service'],
    ['apps/v1', 'Deployment', 'Deployment.apps'],
    ['extensions/v1beta1', 'Deployment', 'Deployment.apps'],
    ['v1', 'StorageClass', 'StorageClass.storage.k8s.io'],
    ['storage/v1', 'StorageClass', 'StorageClass.storage.k8s.io'],
    ['storage.k8s.io/v1', 'PersistentVolumeClaim', 'PersistentVolumeClaim'],
    ['storage.k8s.io', 'StorageClass', 'StorageClass.storage.k8s.io'],
    ['storage.k8s.io/v1', 'VolumeSnapshotClass', 'VolumeSnapshotClass.snapshot.storage.k8s.io'],
    ['batch.volcano.sh/v1alpha1', 'Job', 'Job.batch.volcano.sh'],
    ['apps.kruise.io/v1alpha1', 'StatefulSet', 'StatefulSet.apps.kruise.io'],
    ['extensions/v1beta1', 'Ingress', 'Ingress.extensions'],
    ['v1', 'constructor', 'constructor'],
  ])('reads %s %s as %s', (apiVersion, kind, expected) => {
    expect(groupKindOf({ apiVersion, kind })).toBe(expected)
  })

  it('gives an embedded template none', () => {
    expect(groupKindOf({ spec: {} })).toBe('')
  })
})

describe('parseGroupKind', () => {
  it.each([
    ['StorageClass', 'StorageClass.storage.k8s.io'],
    ['Rollout.argoproj.io', 'Rollout.argoproj.io'],
    ['Ingress', undefined],
    ['constructor', undefined],
  ])('reads %s as %s', (text, expected) => {
    expect(parseGroupKind(text)).toBe(expected)
  })
})
