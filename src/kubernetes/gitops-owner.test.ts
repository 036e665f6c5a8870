import { expect, test } from 'vitest'
import { gitOpsOwnerOf } from './gitops-owner.ts'
import type { JsonObject } from './json.ts'

const claim = (metadata: JsonObject): JsonObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { namespace: 'shop', name: 'db', ...metadata },
})
const tracked = (id: string): JsonObject => claim({ annotations: { 'argocd.argoproj.io/tracking-id': id } })
const flux = (group: string, name: string, namespace: string): JsonObject => ({
  [`${group}.toolkit.fluxcd.io/name`]: name,
  [`${group}.toolkit.fluxcd.io/namespace`]: namespace,
})
const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' }
const kustomization = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' }
const helmRelease = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' }
const storageClass: JsonObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'gold',
    annotations: { 'argocd.argoproj.io/tracking-id': 'base:storage.k8s.io/StorageClass:platform/gold' },
  },
}

test.each<[string, JsonObject, object]>([
  [
    'Kustomization',
    claim({ labels: flux('kustomize', 'apps', 'flux-system') }),
    { ...kustomization, namespace: 'flux-system', name: 'apps' },
  ],
  ['HelmRelease', claim({ labels: flux('helm', 'shop', 'shop') }), { ...helmRelease, namespace: 'shop', name: 'shop' }],
  ['Application', tracked('shop:/PersistentVolumeClaim:shop/db'), { ...application, namespace: '', name: 'shop' }],
  [
    'Application in a namespace of its own',
    tracked('team-a_shop:/PersistentVolumeClaim:shop/db'),
    { ...application, namespace: 'team-a', name: 'shop' },
  ],
  ['Application of what is cluster-scoped', storageClass, { ...application, namespace: '', name: 'base' }],
])('%s', (_name, object, expected) => {
  expect(gitOpsOwnerOf(object)).toEqual(expected)
})

test.each<[string, JsonObject]>([
  ['nothing', claim({})],
  ['the label that Helm charts set', claim({ labels: { 'app.kubernetes.io/instance': 'shop' } })],
  ['one label of two', claim({ labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } })],
  ['labels that are no names', claim({ labels: flux('kustomize', '../x', 'a b') })],
  ['a tracking id copied from another object', tracked('shop:apps/StatefulSet:shop/db')],
  ['or from another place', tracked('shop:/PersistentVolumeClaim:shop/other')],
  ['or from another namespace', tracked('shop:/PersistentVolumeClaim:other/db')],
  ['a tracking id of too many parts', tracked('shop:/PersistentVolumeClaim:shop/db:x')],
  ['or of too few', tracked('shop')],
  ['no Application', tracked(':/PersistentVolumeClaim:shop/db')],
  ['an Application of no possible name', tracked('a_b_c:/PersistentVolumeClaim:shop/db')],
  ['a namespace that is empty', tracked('_shop:/PersistentVolumeClaim:shop/db')],
  ['labels that are no strings', claim({ labels: { 'kustomize.toolkit.fluxcd.io/name': 1 } })],
])('none of %s', (_name, object) => {
  expect(gitOpsOwnerOf(object)).toBeUndefined()
})
