import { describe, expect, it } from 'vitest'
import { configMap, nowhere, policyNamed, policySet, request } from '../../test/support/policy-set.ts'
import type { AdmissionRequest } from '../admission/request.ts'
import { inventoryOf } from '../kubernetes/inventory.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { mutate, validate } from './decide.ts'
import { evaluate } from './evaluate.ts'

/** What an expression comes to, told by a rule that always fails. */
function told(kind: string, expression: string, judged: AdmissionRequest, spec: JsonObject = {}): readonly string[] {
  const rule = { name: 'tell', assert: { cel: 'false' }, message: `{{${expression}}}`, remedy: 'read it' }
  const { lookup = {}, ...match } = spec
  const policy = policyNamed('tell', { match: { kinds: [kind], ...match }, lookup, rules: [rule] })
  return evaluate(policySet([policy]), judged, { ...nowhere, inventory }).map(({ finding }) => finding.problem)
}

const claim: JsonObject = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'shop' },
  spec: { accessModes: ['ReadOnlyMany'], storageClassName: 'gold' },
}
const gold: JsonObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'gold' },
  provisioner: 'ebs.csi.aws.com',
}
const inventory = inventoryOf([claim, gold])
const deployment: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    template: { spec: { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }], containers: [] } },
  },
}

describe('expressions read', () => {
  it('the carrier of an embedded object, with defaults', () => {
    expect(told('Pod', 'carrier.kind + string(carrier.spec.replicas)', request(deployment))).toEqual(['Deployment1'])
  })

  it('the claims of a pod', () => {
    const lookup = { claims: { relation: 'claims' } }
    const words = 'lookup.claims.map(c, c.volume + c.path + c.claim.spec.accessModes[0])[0]'
    expect(told('Pod', words, request(deployment), { lookup })).toEqual([
      'd/spec/volumes/0/persistentVolumeClaimReadOnlyMany',
    ])
    expect(told('Pod', 'string(known.claims)', request(deployment), { lookup })).toEqual(['true'])
  })

  it.each<[string, JsonObject, string]>([
    ['StorageClass', gold, 'ebs.csi.aws.com true one'],
    ['PersistentVolumeClaim', claim, 'ebs.csi.aws.com true one'],
    ['StorageClass', { ...gold, provisioner: 'disks.example.com' }, 'disks.example.com false ?'],
  ])('the driver of a %s', (kind, object, wanted) => {
    const lookup = { driver: { relation: 'driver' } }
    const words = "lookup.driver.name + ' ' + string(known.driver) + ' ' + lookup.driver.?writers.orValue('?')"
    expect(told(kind, words, request(object), { lookup })).toEqual([wanted])
  })

  it('what a manifest states, before defaults', () => {
    const words = "has(written.reclaimPolicy) ? 'stated' : object.reclaimPolicy"
    expect(told('StorageClass', words, request(gold))).toEqual(['Delete'])
    expect(told('StorageClass', words, request({ ...gold, reclaimPolicy: 'Delete' }))).toEqual(['stated'])
    const live = { ...request(gold), written: undefined }
    expect(told('StorageClass', "written == null ? 'unknown' : 'known'", live)).toEqual(['unknown'])
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{"reclaimPolicy":"Delete"}' }
    const applied = { ...live, object: { ...gold, metadata: { name: 'gold', annotations } } }
    expect(told('StorageClass', words, applied)).toEqual(['stated'])
  })

  it('the facts', () => {
    expect(told('ConfigMap', "facts.inTree.sources['cephfs'].csiDriver", request(configMap({})))).toEqual([
      'cephfs.csi.ceph.com',
    ])
  })
})

describe('a Secret', () => {
  const secret: JsonObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db', namespace: 'shop', annotations: { note: 'tulip9meadow' } },
    stringData: { password: 'tulip9meadow' },
  }
  it.each([
    'object.stringData.password',
    'carrier.stringData.password',
    "written == null ? 'nothing' : written.stringData.password",
    'object.metadata.annotations.note',
  ])('is not repeated through %s', (expression) => {
    expect(told('Secret', expression, request(secret)).join('')).not.toContain('tulip')
  })

  it('is not repeated through an item, a variable or the old object', () => {
    const policy = policyNamed('tell', {
      match: { kinds: ['Secret'] },
      variables: [{ name: 'password', expression: 'object.stringData.password' }],
      rules: [
        {
          name: 'each',
          each: ['/stringData/*', '/metadata/annotations'],
          assert: { cel: 'false' },
          message: '{{field}} {{item}} {{variables.password}} {{oldObject.stringData.password}} {{actual}}',
          remedy: 'no',
        },
        { name: 'schema', each: ['/stringData/*'], assert: { schema: { const: 'x' } } },
      ],
    })
    const findings = evaluate(policySet([policy]), request(secret, secret), nowhere)
    expect(findings).toHaveLength(3)
    expect(JSON.stringify(findings)).not.toContain('tulip')
  })
})

describe('a delete', () => {
  const guard = policyNamed('guard', {
    match: { kinds: ['ConfigMap'], operations: ['DELETE'], excludeUsers: ['system:*'] },
    action: { baseline: 'fix', strict: 'fix' },
    rules: [
      {
        name: 'kept',
        assert: { cel: "object.data.keep != 'true'" },
        path: '/data/keep',
        message: '{{field}} is {{actual}}',
        remedy: 'remove {{field}} first',
        fix: [{ remove: '/data/keep' }],
      },
    ],
  })
  const set = policySet([guard])
  const deletion = (metadata: JsonObject = {}, username = 'jane'): AdmissionRequest => ({
    ...request(configMap({})),
    operation: 'DELETE',
    object: undefined,
    written: undefined,
    oldObject: configMap({ keep: 'true' }, metadata),
    userInfo: { username, groups: [] },
  })

  it('is denied with a reason, and never patched', () => {
    const { response } = validate(set, deletion(), nowhere)
    expect([response.allowed, mutate(set, deletion(), nowhere).response]).toEqual([
      false,
      { allowed: true, patch: [], warnings: [] },
    ])
  })

  it.each<[string, AdmissionRequest]>([
    ['of what is being deleted already', deletion({ deletionTimestamp: '2026-01-01T00:00:00Z' })],
    ['by an excluded user', deletion({}, 'system:serviceaccount:kube-system:namespace-controller')],
  ])('passes: %s', (_name, judged) => {
    expect(validate(set, judged, nowhere).findings).toEqual([])
  })

  it('is of the object itself, not of what hides in it', () => {
    const claims = policyNamed('claims', {
      match: { kinds: ['PersistentVolumeClaim'], operations: ['DELETE'] },
      rules: [{ name: 'never', assert: { cel: 'false' }, message: 'no', remedy: 'no' }],
    })
    const statefulSet = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'shop' },
      spec: { volumeClaimTemplates: [claim] },
    }
    const found = (oldObject: JsonObject): number =>
      evaluate(policySet([claims]), { ...deletion(), oldObject }, nowhere).length
    expect([found(statefulSet), found(claim)]).toEqual([0, 1])
  })

  it('is what the policy judges, and nothing else', () => {
    expect(evaluate(set, request(configMap({ keep: 'true' })), nowhere)).toEqual([])
  })
})
