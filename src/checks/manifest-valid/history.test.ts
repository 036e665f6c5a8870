import { describe, expect, it } from 'vitest'
import { checkContext } from '../../../test/support/check-context.ts'
import { pod } from '../../../test/support/manifest-findings.ts'
import type { JsonObject } from '../../kubernetes/json.ts'
import { newestSchemas, schemasOfVersion } from '../../kubernetes/openapi/versions.ts'
import type { CheckFinding } from '../check.ts'
import { manifestValid } from './check.ts'

function findingsIn(version: string, written: JsonObject): readonly CheckFinding[] {
  const schemas = schemasOfVersion(version) ?? newestSchemas
  return manifestValid.evaluate({}, written, checkContext({ carrier: written, written, schemas }))
}

const attributesClass = (apiVersion: string): JsonObject => ({
  apiVersion,
  kind: 'VolumeAttributesClass',
  driverName: 'ebs.csi.aws.com',
})

describe('what only another version has', () => {
  it.each<[string, string, JsonObject, Partial<CheckFinding>]>([
    [
      'a field that came later',
      '1.33',
      pod({ hostnameOverride: 'web' }),
      {
        path: '/spec/hostnameOverride',
        problem: '{{field}} is no field of PodSpec in Kubernetes 1.33; 1.34 added it',
        remedy: 'remove it, or set kubernetesVersion to "1.34" if that is what the cluster runs',
      },
    ],
    [
      'a field that is gone',
      '1.36',
      pod({ workloadRef: { name: 'train', podGroup: 'workers' } }),
      {
        path: '/spec/workloadRef',
        problem: '{{field}} is no field of PodSpec any more; Kubernetes 1.36 removed it',
        remedy: 'remove it',
      },
    ],
    [
      'a value that came later',
      '1.34',
      pod({ tolerations: [{ key: 'a', operator: 'Gt', value: '3' }] }),
      {
        path: '/spec/tolerations/0/operator',
        problem: '{{field}} is "Gt", which Kubernetes 1.34 does not know; 1.35 added it',
        expected: ['Equal', 'Exists'],
        remedy:
          'set {{field}} to "Equal" or "Exists", or set kubernetesVersion to "1.35" if that is what the cluster runs',
      },
    ],
    [
      'an apiVersion that came later',
      '1.33',
      attributesClass('storage.k8s.io/v1'),
      {
        path: '/apiVersion',
        problem:
          '{{field}} is "storage.k8s.io/v1", which Kubernetes 1.34 added; in 1.33, VolumeAttributesClass is served as "storage.k8s.io/v1beta1"',
        repair: 'storage.k8s.io/v1beta1',
      },
    ],
    [
      'an apiVersion that is gone',
      '1.35',
      attributesClass('storage.k8s.io/v1alpha1'),
      {
        path: '/apiVersion',
        problem:
          '{{field}} is "storage.k8s.io/v1alpha1", which Kubernetes 1.35 removed; VolumeAttributesClass is served as "storage.k8s.io/v1"',
        repair: 'storage.k8s.io/v1',
      },
    ],
  ])('%s is reported in %s', (_what, version, written, expected) => {
    expect(findingsIn(version, written)).toMatchObject([expected])
  })

  it.each<[string, JsonObject]>([
    ['1.34', pod({ hostnameOverride: 'web' })],
    ['1.35', pod({ workloadRef: { name: 'train', podGroup: 'workers' } })],
    ['1.35', pod({ tolerations: [{ key: 'a', operator: 'Gt', value: '3' }] })],
    ['1.34', attributesClass('storage.k8s.io/v1')],
    ['1.33', attributesClass('storage.k8s.io/v1beta1')],
    ['1.34', attributesClass('storage.k8s.io/v1alpha1')],
  ])('is right in %s: %j', (version, written) => {
    expect(findingsIn(version, written)).toEqual([])
  })

  it('is neither renamed nor repaired, and what no version has is only misspelt', () => {
    const [later, misspelt] = findingsIn('1.33', pod({ hostnameOverride: 'web', hostnamme: 'web' }))
    expect(later).not.toHaveProperty('rename')
    expect(misspelt).toMatchObject({ rename: 'hostname' })
    const [value] = findingsIn('1.34', pod({ tolerations: [{ key: 'a', operator: 'equal' }] }))
    expect(value).toMatchObject({ problem: '{{field}} is "equal"; did you mean "Equal"?', repair: 'Equal' })
  })
})
