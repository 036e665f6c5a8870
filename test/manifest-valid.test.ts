import { describe, expect, it } from 'vitest'
import { applyPatch } from '../src/admission/apply-patch.ts'
import { evaluate } from '../src/engine/evaluate.ts'
import type { Finding } from '../src/engine/finding.ts'
import { asObject, type JsonObject } from '../src/kubernetes/json.ts'
import policy from '../policies/manifest-valid/policy.json' with { type: 'json' }
import { nowhere, policySet, request } from './support/policy-set.ts'

const policies = policySet([policy])

function findingsOf(object: JsonObject): readonly Finding[] {
  return evaluate(policies, request(object), nowhere).map(({ finding }) => finding)
}

/** The object after each finding's own patch, one after another. */
function repaired(object: JsonObject): JsonObject {
  let current = object
  for (const { fix } of findingsOf(object)) current = asObject(applyPatch(current, fix.patch ?? []))
  return current
}

const misspelt = {
  apiVersion: 'v1',
  kind: 'StorageClass',
  metadata: { name: 'gold', labels: { critical: true } },
  provisioner: 'ebs.csi.aws.com',
  volumebindingmode: 'WaitForFirstConsumer',
  reclaimPolicy: 'retain',
  allowVolumeExpansion: 'true',
}

describe('the repairs of manifest-valid', () => {
  it('are patches, a renaming too', () => {
    expect(findingsOf(misspelt).map(({ path, fix }) => [path, fix.patch])).toEqual([
      ['/apiVersion', [{ op: 'add', path: '/apiVersion', value: 'storage.k8s.io/v1' }]],
      ['/metadata/labels/critical', [{ op: 'add', path: '/metadata/labels/critical', value: 'true' }]],
      [
        '/volumebindingmode',
        [
          { op: 'remove', path: '/volumebindingmode' },
          { op: 'add', path: '/volumeBindingMode', value: 'WaitForFirstConsumer' },
        ],
      ],
      ['/reclaimPolicy', [{ op: 'add', path: '/reclaimPolicy', value: 'Retain' }]],
      ['/allowVolumeExpansion', [{ op: 'add', path: '/allowVolumeExpansion', value: true }]],
    ])
  })

  it('leave nothing to repair', () => {
    expect(findingsOf(repaired(misspelt))).toEqual([])
  })

  it('hold no value of a Secret', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, stringdata: { pin: 'hunter2' } }
    const findings = findingsOf({ ...secret, data: { pin: 93_715_024, word: 'hunter2' } })
    expect(findings.map(({ path, fix }) => [path, fix.patch])).toEqual([
      ['/stringdata', undefined],
      ['/data/pin', undefined],
      ['/data/word', undefined],
    ])
    expect(JSON.stringify(findings)).not.toMatch(/hunter2|93715024/)
  })
})

describe('manifest-valid', () => {
  it('has nothing to say at the API server, where there is no manifest', () => {
    expect(evaluate(policies, { ...request(misspelt), written: undefined }, nowhere)).toEqual([])
  })
})
