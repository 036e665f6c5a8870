import {
  type Arbitrary,
  anything,
  array,
  assert,
  boolean,
  constantFrom,
  dictionary,
  integer,
  oneof,
  property,
  record,
  string,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toReview } from '../src/admission/review.ts'
import { characterCount } from '../src/admission/text.ts'
import { decide, repair } from '../src/engine/decide.ts'
import { inventoryOf } from '../src/kubernetes/inventory.ts'
import { isObject, type JsonObject, type JsonValue } from '../src/kubernetes/json.ts'
import { load } from '../src/load.ts'
import { requestFor } from '../src/manifest/request.ts'

const { policies } = load({
  configFile: undefined,
  policyDirectories: [],
  profile: undefined,
  ownNamespace: 'holdfast-system',
})

const classes: readonly JsonObject[] = [
  { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'gold' }, provisioner: 'ebs.csi.aws.com' },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'files' },
    provisioner: 'efs.csi.aws.com',
  },
]
const surroundings = { inventory: inventoryOf(classes, ['StorageClass']), now: new Date('2026-06-01T00:00:00Z') }

/** Anything JSON can say, at the places rules look at: what a hostile or careless author could send. */
const odd = anything({ maxDepth: 2, maxKeys: 4 }).map((value): JsonValue => JSON.parse(JSON.stringify(value) ?? 'null'))
const perhaps = (value: JsonValue): Arbitrary<JsonValue> => oneof({ weight: 5, arbitrary: constantFrom(value) }, odd)

const path = oneof(
  constantFrom('/var/run/docker.sock', '/var/log/../run', '//', '', '/tmp', 'is immutable', '{{field}}'),
  string(),
)
const volume = oneof(
  record({ name: perhaps('v'), hostPath: record({ path }) }),
  record({ name: perhaps('v'), persistentVolumeClaim: odd }),
  record({
    name: perhaps('v'),
    ephemeral: record({
      volumeClaimTemplate: record({
        metadata: odd,
        spec: record({ accessModes: perhaps(['ReadWriteMany']), storageClassName: perhaps('gold') }),
      }),
    }),
  }),
  odd,
)
const securityContext = oneof(
  record({ runAsUser: oneof(integer(), odd), runAsNonRoot: oneof(boolean(), odd), fsGroup: oneof(integer(), odd) }),
  odd,
)
const container = oneof(
  record({
    name: perhaps('c'),
    securityContext,
    volumeMounts: oneof(array(record({ name: perhaps('v'), readOnly: oneof(boolean(), odd) })), odd),
  }),
  odd,
)
const podSpec = oneof(
  record({
    securityContext,
    volumes: oneof(array(volume), odd),
    containers: oneof(array(container), odd),
    initContainers: oneof(array(container), odd),
  }),
  odd,
)
const metadata = record({
  name: oneof(string(), odd),
  namespace: perhaps('shop'),
  labels: oneof(constantFrom({ 'data-classification': 'pii' }), odd),
  annotations: oneof(dictionary(string(), string()), odd),
})

const object = oneof(
  record({ apiVersion: constantFrom('v1'), kind: constantFrom('Pod'), metadata, spec: podSpec }),
  record({
    apiVersion: constantFrom('apps/v1', 'extensions/v1beta1'),
    kind: constantFrom('Deployment', 'StatefulSet'),
    metadata,
    spec: record({ template: record({ metadata: odd, spec: podSpec }), volumeClaimTemplates: oneof(array(odd), odd) }),
  }),
  record({
    apiVersion: constantFrom('v1'),
    kind: constantFrom('PersistentVolumeClaim'),
    metadata,
    spec: oneof(
      record({
        accessModes: perhaps(['ReadWriteMany']),
        storageClassName: oneof(constantFrom('gold', 'nope', ''), odd),
      }),
      odd,
    ),
  }),
  record({
    apiVersion: constantFrom('storage.k8s.io/v1'),
    kind: constantFrom('StorageClass'),
    metadata,
    provisioner: odd,
    volumeBindingMode: oneof(constantFrom('Immediate'), odd),
  }),
  record({
    apiVersion: constantFrom('v1'),
    kind: constantFrom('ConfigMap'),
    metadata,
    data: oneof(dictionary(string(), oneof(string(), odd)), odd),
    binaryData: odd,
  }),
  odd.map((value): JsonObject => (isObject(value) ? value : { kind: value })),
).map((value): JsonObject => JSON.parse(JSON.stringify(value)))

const runs = { numRuns: 2000 }

describe('whatever is sent', () => {
  it('gets an answer that can be delivered', () => {
    assert(
      property(object, (given) => {
        const { response } = decide(policies, requestFor(given, 'default'), surroundings)
        const { response: answer } = toReview('u', response)
        for (const warning of answer.warnings ?? []) {
          expect(characterCount(warning)).toBeLessThanOrEqual(256)
          expect(warning).not.toMatch(/\p{Cc}/u)
        }
        if (answer.allowed) return
        const { code, reason, message } = answer.status
        expect([code, reason]).toEqual([403, 'Forbidden'])
        expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1000)
        expect(characterCount(message.split('\n')[0] ?? '')).toBeLessThanOrEqual(215)
        expect(JSON.stringify(answer.status)).not.toMatch(/is\s*immutable|immutable\s*field/i)
      }),
      runs,
    )
  })

  it('is the same the second time, and is left alone once repaired', () => {
    assert(
      property(object, (given) => {
        const request = requestFor(given, 'default')
        const first = decide(policies, request, surroundings)
        expect(decide(policies, { ...request, dryRun: !request.dryRun, uid: 'other' }, surroundings)).toEqual(first)
        const repaired = repair(policies, request, surroundings)
        expect(repair(policies, { ...request, object: repaired.object }, surroundings).patch).toEqual([])
      }),
      runs,
    )
  })

  it('is not changed by being judged', () => {
    assert(
      property(object, (given) => {
        const before = JSON.stringify(given)
        decide(policies, requestFor(given, 'default'), surroundings)
        expect(JSON.stringify(given)).toBe(before)
      }),
      runs,
    )
  })

  it('passes as an update of itself, with no more than warnings', () => {
    assert(
      property(object, (given) => {
        const request = requestFor(given, 'default')
        // What is stored went through the API server, so there is no manifest that could be wrong.
        const update = { ...request, operation: 'UPDATE', oldObject: request.object, written: undefined } as const
        expect(decide(policies, update, surroundings).response).toMatchObject({ allowed: true, patch: [] })
      }),
      runs,
    )
  })
})
