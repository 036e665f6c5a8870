import { applyPatch } from '../../src/admission/apply-patch.ts'
import { decodeReview } from '../../src/admission/decode.ts'
import type { AdmissionRequest } from '../../src/admission/request.ts'
import type { AdmissionResponse } from '../../src/admission/response.ts'
import { checks } from '../../src/checks/registry.ts'
import { decide } from '../../src/engine/decide.ts'
import { evaluate, type Surroundings } from '../../src/engine/evaluate.ts'
import type { Finding } from '../../src/engine/finding.ts'
import { inventoryOf } from '../../src/kubernetes/inventory.ts'
import {
  asObject,
  asString,
  at,
  deepEqual,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from '../../src/kubernetes/json.ts'
import { builtInPolicies, policyFiles, readPolicy } from '../../src/load.ts'
import { readManifests } from '../../src/manifest/read.ts'
import { requestFor } from '../../src/manifest/request.ts'
import { compilePolicies, type PolicySource } from '../../src/policy/compile.ts'
import type { PolicySet } from '../../src/policy/compiled.ts'
import { parseConfig } from '../../src/policy/parse.ts'
import { claimViews } from './claims.ts'
import { type Disguise, fileWith } from './disguise.ts'
import { alwaysKnown, completeKinds, settings } from './settings.ts'
import { podViews } from './pods.ts'

/** The built-in policies, as they are on disk. */
export const pack: readonly PolicySource[] = policyFiles(builtInPolicies).map(readPolicy)

/** The policies under the settings of this suite. Throws a LoadError. */
export function policySetOf(policies: readonly PolicySource[]): PolicySet {
  const names = new Set(policies.map(({ document }) => document.metadata.name))
  const stated = Object.entries(settings).filter(([name]) => names.has(name))
  const config: JsonObject = { policies: Object.fromEntries(stated), views: [...podViews, ...claimViews] }
  return compilePolicies({
    policies,
    config: { file: 'holdfast.json', document: parseConfig(config, 'holdfast.json') },
    checks,
    ownNamespace: 'holdfast-system',
  })
}

/** What is known when an object is judged: the usual classes and volumes, and these. */
export function surroundingsWith(known: readonly JsonObject[]): Surroundings {
  return {
    inventory: inventoryOf([...alwaysKnown, ...known], completeKinds, 'shop'),
    now: new Date('2026-06-01T00:00:00Z'),
  }
}

/** The request that the webhook gets when the object is created: sent as JSON, and read as it is at the door. */
export function webhookRequest(object: JsonObject): AdmissionRequest {
  return requestOf(object, { operation: 'CREATE', oldObject: null })
}

/**
 * The request that the webhook gets when what is planted in a list is added to a stored object; a pod's ephemeral
 * container comes by its subresource. Undefined where it is not in a list.
 */
export function updateRequest(object: JsonObject): AdmissionRequest | undefined {
  const oldObject = withoutPlanted(object)
  if (!isObject(oldObject) || deepEqual(oldObject, object)) return undefined
  const isDebugger =
    object['kind'] === 'Pod' &&
    !deepEqual(at(object, 'spec', 'ephemeralContainers'), at(oldObject, 'spec', 'ephemeralContainers'))
  const subResource = isDebugger ? 'ephemeralcontainers' : ''
  return requestOf(object, { operation: 'UPDATE', oldObject, subResource })
}

/** The same without the items of lists that are called "planted". */
function withoutPlanted(value: JsonValue): JsonValue {
  if (isArray(value)) return value.filter((item) => member(item, 'name') !== 'planted').map(withoutPlanted)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutPlanted(item ?? null)]))
}

function requestOf(object: JsonObject, more: JsonObject): AdmissionRequest {
  const review = {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid: '7d1f',
      ...more,
      namespace: asString(at(object, 'metadata', 'namespace')) ?? '',
      name: 'planted',
      object,
      userInfo: { username: 'jane', groups: ['system:authenticated'] },
      dryRun: false,
    },
  }
  return decodeReview(JSON.parse(JSON.stringify(review)))
}

/** The request that `check` makes of the object when it reads it from a file in this disguise. Throws if it misses it. */
export function manifestRequest(object: JsonObject, disguise: Disguise): AdmissionRequest {
  const { manifests, problems } = readManifests(fileWith(object, disguise), { file: 'planted.yaml' })
  const manifest = manifests.find((one) => at(one.object, 'metadata', 'name') === 'planted')
  const expected = disguise.before.length + 1 + disguise.after.length
  if (manifest === undefined || manifests.length !== expected || problems.length > 0) {
    throw new Error(`read ${manifests.length} of ${expected} objects; ${problems.map((one) => one.message).join('; ')}`)
  }
  const request = requestFor(manifest.object, 'shop')
  const { namespace } = asObject(object['metadata'])
  // The API server writes the namespace into the object.
  const metadata = { ...asObject(request.object?.['metadata']), ...(namespace === undefined ? {} : { namespace }) }
  return { ...request, object: { ...request.object, metadata } }
}

/** Everything that is found in an object. */
export function findingsIn(
  policies: PolicySet,
  request: AdmissionRequest,
  surroundings: Surroundings,
): readonly Finding[] {
  return evaluate(policies, request, surroundings).map(({ finding }) => finding)
}

/** The answer to a request, and the object as it is stored if it is admitted. */
export function answerTo(
  policies: PolicySet,
  request: AdmissionRequest,
  surroundings: Surroundings,
): { readonly response: AdmissionResponse; readonly stored: JsonObject | undefined } {
  const { response } = decide(policies, request, surroundings)
  if (!response.allowed || request.object === undefined) return { response, stored: undefined }
  const stored = applyPatch(request.object, response.patch)
  return { response, stored: isObject(stored) ? stored : undefined }
}

const lookIntoManifests = /\bwritten\b|request\.manifest|manifestValid/

/** The policies that judge how a manifest is written, which the API server no longer knows. */
export const ofManifests: ReadonlySet<string> = new Set(
  pack
    .filter(({ document: { spec } }) =>
      [...(spec.variables ?? []), ...spec.rules].some((part) => lookIntoManifests.test(JSON.stringify(part))),
    )
    .map(({ document }) => document.metadata.name),
)

/** What a finding says, as far as it is the same wherever an object comes from. */
export function gist({ policy, rule, path, effect, problem }: Finding): JsonObject {
  return { policy, rule, path, effect, problem }
}
