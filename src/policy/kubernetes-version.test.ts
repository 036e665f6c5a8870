import { expect, it } from 'vitest'
import { ownerPolicy, policySet } from '../../test/support/policy-set.ts'

it.each([
  [{}, '1.36'],
  [{ kubernetesVersion: '1.33' }, '1.33'],
  [{ kubernetesVersion: 'v1.32.9' }, '1.32'],
])('%j: manifests are for %s', (config, version) => {
  expect(policySet([ownerPolicy], config).schemas.version).toBe(version)
})

it.each([
  [
    '1.9',
    'holdfast.json: /kubernetesVersion is "1.9"; known versions of Kubernetes are 1.36, 1.35, 1.34, 1.33, 1.32, 1.31',
  ],
  [1.33, 'holdfast.json: /kubernetesVersion is 1.33; it must be of type string'],
])('%j is refused', (kubernetesVersion, message) => {
  expect(() => policySet([ownerPolicy], { kubernetesVersion })).toThrow(message)
})
