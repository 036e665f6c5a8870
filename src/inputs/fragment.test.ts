import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../kubernetes/json.ts'
import { isContained, isFragment } from './fragment.ts'

const metadata = { name: 'web' }
const pod = { spec: { containers: [{ name: 'a', image: 'a:1' }] } }

describe('isFragment', () => {
  it.each<[string, JsonObject, boolean]>([
    ['a Pod', { kind: 'Pod', metadata, ...pod }, false],
    ['a Deployment', { kind: 'Deployment', metadata, spec: { selector: {}, template: pod } }, false],
    ['a Deployment without a selector', { kind: 'Deployment', metadata, spec: { template: pod } }, true],
    ['a Job', { kind: 'Job', metadata, spec: { template: pod } }, false],
    ['a CronJob', { kind: 'CronJob', metadata, spec: { jobTemplate: { spec: { template: pod } } } }, false],
    ['a container without an image', { kind: 'Pod', metadata, spec: { containers: [{ name: 'a' }] } }, true],
    ['a Pod without containers', { kind: 'Pod', metadata, spec: { volumes: [] } }, true],
    ['a claim that asks for more', { kind: 'PersistentVolumeClaim', metadata, spec: { storageClassName: 'a' } }, true],
    [
      'a claim',
      {
        kind: 'PersistentVolumeClaim',
        metadata,
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: 1 } } },
      },
      false,
    ],
    ['a class', { kind: 'StorageClass', metadata, provisioner: 'a' }, false],
    ['a class without a provisioner', { kind: 'StorageClass', metadata }, true],
    ['a ConfigMap', { kind: 'ConfigMap', metadata }, false],
    ['an object without a name', { kind: 'ConfigMap', data: {} }, true],
    ['an object that gets a name', { kind: 'ConfigMap', metadata: { generateName: 'a-' } }, false],
    ['a kind nobody knows', { kind: 'constructor', metadata }, false],
  ])('tells what %s is', (_name, object, expected) => {
    expect(isFragment(object)).toBe(expected)
  })
})

describe('isContained', () => {
  const rendered: JsonObject = {
    kind: 'Pod',
    metadata: { name: 'my-web', labels: { a: 'b' } },
    spec: {
      volumes: [{ name: 'data', hostPath: { path: '/data' } }, { configMap: { name: 'my-cfg-x1' } }],
      hostPID: true,
    },
  }

  it.each<[string, JsonObject, boolean]>([
    ['what it is', rendered, true],
    ['part of it, by another name', { kind: 'Pod', metadata: { name: 'any' }, spec: { hostPID: true } }, true],
    ['an item of a list', { spec: { volumes: [{ hostPath: { path: '/data' } }] } }, true],
    ['a name that got a prefix', { spec: { volumes: [{ configMap: { name: 'cfg' } }] } }, true],
    ['what is taken away', { spec: { hostNetwork: null } }, true],
    ['what should be taken away', { spec: { hostPID: null } }, false],
    ['another path', { spec: { volumes: [{ hostPath: { path: '/' } }] } }, false],
    ['another item', { spec: { volumes: [{ name: 'more' }] } }, false],
    ['another value', { spec: { hostPID: false } }, false],
    ['another label', { metadata: { labels: { c: 'd' } } }, false],
    ['what every object inherits', { spec: { constructor: {} } }, false],
  ])('tells whether it says %s', (_name, patch, expected) => {
    expect(isContained(patch, rendered)).toBe(expected)
  })
})
