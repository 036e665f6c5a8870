import { expect, test } from 'vitest'
import { controllerOf, eventNamespace, eventObject, type EventSubject } from './event.ts'
import type { JsonObject } from './json.ts'

const owned = (...ownerReferences: readonly JsonObject[]): JsonObject => ({ metadata: { name: 'db', ownerReferences } })
const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 'u1', controller: true }

test('the controller of an object is told with its uid', () => {
  expect(controllerOf(owned({ ...set, name: 'other', controller: false }, set), 'shop')).toEqual({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    namespace: 'shop',
    name: 'db',
    uid: 'u1',
    claimed: false,
  })
})

test.each<[string, JsonObject]>([
  ['an object that nobody owns', { metadata: { name: 'db' } }],
  ['owners that are no controllers', owned({ ...set, controller: false })],
  ['a static pod', owned({ apiVersion: 'v1', kind: 'Node', name: 'node-1', uid: 'u1', controller: true })],
  ['owners of other types', { metadata: { ownerReferences: [1, null, { controller: true, name: 2 }] } }],
])('%s has none', (_name, object) => {
  expect(controllerOf(object, 'shop')).toBeUndefined()
})

const storageClass: EventSubject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  namespace: '',
  name: 'gold',
  uid: undefined,
  claimed: false,
}
const time = new Date('2026-06-01T10:00:00.999Z')

test('an Event about what is in no namespace is in default, and a repair is no warning', () => {
  expect(eventNamespace(storageClass)).toBe('default')
  const series = { count: 2, first: time, last: time }
  const given = { name: 'holdfast.1', series, instance: 'pod-1' }
  expect(eventObject({ reason: 'PolicyRepaired', note: 'n' }, storageClass, given)).toMatchObject({
    metadata: { name: 'holdfast.1', namespace: 'default' },
    involvedObject: { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', name: 'gold' },
    type: 'Normal',
    count: 2,
    firstTimestamp: '2026-06-01T10:00:00Z',
  })
})
