import { describe, expect, it } from 'vitest'
import { checkContext } from '../../../test/support/check-context.ts'
import { configMap, manifestFindings, pod, storageClass } from '../../../test/support/manifest-findings.ts'
import { manifestValid } from './check.ts'
import { mostFindings } from './walk.ts'

describe('an apiVersion', () => {
  it.each<[string, string, string]>([
    ['v1', 'ConfigMap', ''],
    ['core/v1', 'ConfigMap', '; ConfigMap is served as "v1"'],
    ['v1', 'Namespace', ''],
    ['apps/v1', 'Namespace', '; Namespace is served as "v1"'],
    ['v1', 'VolumeSnapshotClass', '; VolumeSnapshotClass is served as "snapshot.storage.k8s.io/v1"'],
    ['extensions/v1beta1', 'Deployment', ', which Kubernetes 1.16 removed; Deployment is served as "apps/v1"'],
    [
      'storage.k8s.io/v1beta1',
      'StorageClass',
      ', which Kubernetes 1.22 removed; StorageClass is served as "storage.k8s.io/v1"',
    ],
    ['batch/v1beta1', 'CronJob', ', which Kubernetes 1.25 removed; CronJob is served as "batch/v1"'],
  ])('%s of a %s', (apiVersion, kind, words) => {
    const problems = manifestFindings({ apiVersion, kind }).filter(({ path }) => path === '/apiVersion')
    expect(problems.map(({ problem }) => problem)).toEqual(words === '' ? [] : [`{{field}} is "${apiVersion}"${words}`])
  })

  it.each([
    ['storage.example.com/v1', 'StorageClass'],
    ['argoproj.io/v1alpha1', 'Rollout'],
    ['v1', 'Service'],
    ['v1', '[Pod | Deployment]'],
    ['v1', 'constructor'],
  ])('of a kind that is not known is left alone: %s %s', (apiVersion, kind) => {
    expect(manifestFindings({ apiVersion, kind, spec: { anything: 1 } })).toEqual([])
  })

  it('does not keep the rest from being judged', () => {
    const paths = manifestFindings(storageClass({ apiVersion: 'v1', reclaimpolicy: 'Retain' })).map(({ path }) => path)
    expect(paths).toEqual(['/apiVersion', '/reclaimpolicy'])
  })
})

describe('the check', () => {
  it('says nothing at the API server, and judges what is inside with what it is in', () => {
    const wrong = storageClass({ reclaimpolicy: 'Retain' })
    expect(manifestFindings(undefined, wrong)).toEqual([])
    const written = { apiVersion: 'apps/v1', kind: 'Deployment', spec: {} }
    expect(manifestValid.evaluate({}, pod({}), checkContext({ carrier: written, written }))).toEqual([])
  })

  it('stops at a bound', () => {
    const data = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`KEY_${index}`, index]))
    expect(manifestFindings(configMap({ data }))).toHaveLength(mostFindings)
    expect(manifestFindings(configMap(data))).toHaveLength(mostFindings)
  })
})
