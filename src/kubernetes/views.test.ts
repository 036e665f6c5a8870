import { describe, expect, it } from 'vitest'
import type { JsonObject } from './json.ts'
import { groupKindOf, isNamespaced, namespaceOf, parseGroupKind } from './kinds.ts'
import { builtInViews, hasPlace, indexViews, placeIn, subjectsOf, type View } from './views.ts'

const claim = { metadata: { name: 'c' }, spec: { accessModes: ['ReadWriteOnce'] } }
const podTemplate = { spec: { volumes: [{ name: 'a' }, { name: 'b', ephemeral: { volumeClaimTemplate: claim } }] } }

const found = (object: JsonObject, more: readonly View[] = []): readonly string[] =>
  subjectsOf(object, indexViews([...builtInViews, ...more])).map(
    ({ kind, path, template }) => `${kind} ${path === '' ? '-' : path}${template ? ' template' : ''}`,
  )

describe('subjectsOf', () => {
  it.each<[string, string, string]>([
    ['v1', 'PodTemplate', '/template'],
    ['v1', 'ReplicationController', '/spec/template'],
    ['apps/v1', 'Deployment', '/spec/template'],
    ['extensions/v1beta1', 'Deployment', '/spec/template'],
    ['apps/v1beta2', 'ReplicaSet', '/spec/template'],
    ['apps/v1', 'StatefulSet', '/spec/template'],
    ['apps/v1', 'DaemonSet', '/spec/template'],
    ['batch/v1', 'Job', '/spec/template'],
    ['batch/v1beta1', 'CronJob', '/spec/jobTemplate/spec/template'],
  ])('finds the pod and its claim in %s %s', (apiVersion, kind, path) => {
    const object = path
      .slice(1)
      .split('/')
      .reduceRight<JsonObject>((inner, step) => ({ [step]: inner }), podTemplate)
    expect(found({ apiVersion, kind, ...object }).slice(1)).toEqual([
      `Pod ${path} template`,
      `PersistentVolumeClaim ${path}/spec/volumes/1/ephemeral/volumeClaimTemplate template`,
    ])
  })

  it('finds every claim template of a StatefulSet, and tells that the one of a pod is none', () => {
    const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { volumeClaimTemplates: [claim, 'odd', claim] } }
    expect(found(set)).toEqual([
      'StatefulSet.apps -',
      'PersistentVolumeClaim /spec/volumeClaimTemplates/0 template',
      'PersistentVolumeClaim /spec/volumeClaimTemplates/2 template',
    ])
    expect(found({ apiVersion: 'v1', kind: 'Pod', ...podTemplate })).toEqual([
      'Pod -',
      'PersistentVolumeClaim /spec/volumes/1/ephemeral/volumeClaimTemplate',
    ])
  })

  it("finds a custom resource's pod where a view says it is, by member or by item", () => {
    const views: readonly View[] = [
      { in: 'Rollout.argoproj.io', kind: 'Pod', path: '/spec/template', template: true },
      { in: 'Kafka.kafka.strimzi.io', kind: 'PersistentVolumeClaim', path: '/spec/stores/*/a~1b', template: true },
    ]
    const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { template: podTemplate } }
    expect(found(rollout, views)).toHaveLength(3)
    const kafka = { apiVersion: 'kafka.strimzi.io/v1', kind: 'Kafka', spec: { stores: { main: { 'a/b': claim } } } }
    expect(found(kafka, views)).toEqual([
      'Kafka.kafka.strimzi.io -',
      'PersistentVolumeClaim /spec/stores/main/a~1b template',
    ])
  })

  it('finds a bare spec, and what hides in it, and knows their real places', () => {
    const views: readonly View[] = [
      { in: 'Cluster.example.com', kind: 'Pod', path: '/spec/pod', template: true, part: 'spec' },
    ]
    const cluster = { apiVersion: 'example.com/v1', kind: 'Cluster', spec: { pod: podTemplate.spec } }
    expect(found(cluster, views)).toEqual([
      'Cluster.example.com -',
      'Pod /spec/pod template',
      'PersistentVolumeClaim /spec/pod/volumes/1/ephemeral/volumeClaimTemplate template',
    ])
    const pod = { path: '/spec/pod', part: 'spec' } as const
    expect(['/spec/volumes/0', '/spec', '/metadata/labels', '/specs'].map((place) => placeIn(pod, place))).toEqual([
      '/spec/pod/volumes/0',
      '/spec/pod',
      '/spec/pod',
      '/spec/pod',
    ])
    expect(['/spec/volumes/0', '/metadata/labels'].map((place) => hasPlace(pod, place))).toEqual([true, false])
  })

  it('finds once what two views name', () => {
    const twice: readonly View[] = [{ in: 'Deployment.apps', kind: 'Pod', path: '/spec/template', template: false }]
    expect(found({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec: {} } } }, twice)).toEqual([
      'Deployment.apps -',
      'Pod /spec/template template',
    ])
  })

  it('ends where views go in a circle', () => {
    const circle: readonly View[] = [{ in: 'Pod', kind: 'Pod', path: '/spec/template', template: true }]
    const pod: JsonObject = { spec: {} }
    const endless = { apiVersion: 'v1', kind: 'Pod', spec: { template: pod } }
    Object.assign(pod, { spec: endless.spec })
    expect(found(endless, circle).length).toBeLessThan(10)
  })
})

describe('kinds', () => {
  it.each([
    ['StorageClass', 'StorageClass.storage.k8s.io', false],
    ['Pod', 'Pod', true],
    ['Rollout.argoproj.io', 'Rollout.argoproj.io', undefined],
    ['Pod.example.com', 'Pod.example.com', undefined],
    ['Rollout', undefined, undefined],
    ['constructor', undefined, undefined],
    ['.x', undefined, undefined],
  ])('%s', (text, kind, namespaced) => {
    expect(parseGroupKind(text)).toBe(kind)
    expect(kind === undefined ? undefined : isNamespaced(kind)).toBe(namespaced)
  })

  it('an object without a namespace goes where kubectl would put it', () => {
    const object = (apiVersion: string, kind: string, namespace?: string): JsonObject => ({
      apiVersion,
      kind,
      metadata: { namespace },
    })
    expect(namespaceOf(object('v1', 'Pod'), 'here')).toBe('here')
    expect(namespaceOf(object('v1', 'Pod', 'there'), 'here')).toBe('there')
    expect(namespaceOf(object('storage.k8s.io/v1', 'StorageClass', 'odd'), 'here')).toBe('')
    expect(namespaceOf(object('example.com/v1', 'Thing'), 'here')).toBe('')
    expect(groupKindOf({})).toBe('')
  })
})
