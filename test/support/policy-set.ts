import type { AdmissionRequest } from '../../src/admission/request.ts'
import { checks } from '../../src/checks/registry.ts'
import type { Surroundings } from '../../src/engine/evaluate.ts'
import { emptyInventory } from '../../src/kubernetes/inventory.ts'
import type { JsonObject, JsonValue } from '../../src/kubernetes/json.ts'
import { requestFor } from '../../src/manifest/request.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import type { PolicySet } from '../../src/policy/compiled.ts'
import { parseConfig, parsePolicy } from '../../src/policy/parse.ts'
import { LoadError } from '../../src/policy/problem.ts'

/** The least a policy can be: it refuses every ConfigMap whose data has no `owner`. */
export const ownerPolicy: JsonObject = policyNamed('owner-named', {
  match: { kinds: ['ConfigMap'] },
  rules: [
    {
      name: 'owner',
      assert: { cel: "has(object.data) && 'owner' in object.data" },
      path: '/data/owner',
      message: '{{field}} is {{actual}}; name who owns this',
      remedy: 'set {{field}}',
    },
  ],
})

/** A policy document around the parts of its spec that matter. */
export function policyNamed(name: string, spec: JsonObject): JsonObject {
  return {
    apiVersion: 'policy.holdfast.dev/v1alpha1',
    kind: 'StoragePolicy',
    metadata: { name },
    spec: { title: name, why: 'a test', severity: 'medium', action: { baseline: 'deny', strict: 'deny' }, ...spec },
  }
}

/** Compiles policies as they are written in JSON, under a configuration. Throws a LoadError. */
export function policySet(
  documents: readonly JsonValue[],
  config: JsonObject = {},
  fingerprintKey?: string,
): PolicySet {
  return compilePolicies({
    policies: documents.map((document, index) => ({
      file: `policy-${index}.json`,
      document: parsePolicy(document, `policy-${index}.json`),
    })),
    config: { file: 'holdfast.json', document: parseConfig(config, 'holdfast.json') },
    checks,
    ownNamespace: 'holdfast-system',
    fingerprintKey,
  })
}

/** What is wrong with policies and their configuration, a line each. */
export function refusal(documents: readonly JsonValue[], config: JsonObject = {}): readonly string[] {
  try {
    policySet(documents, config)
    return []
  } catch (error) {
    if (error instanceof LoadError) return error.message.split('\n')
    throw error
  }
}

/** A request to create an object, or, with an old one, to update it. */
export function request(
  object: JsonObject,
  oldObject?: JsonObject,
  more: Partial<AdmissionRequest> = {},
): AdmissionRequest {
  const create = requestFor(object, 'default')
  return { ...create, ...(oldObject === undefined ? {} : { operation: 'UPDATE', oldObject }), ...more }
}

/** Surroundings in which nothing is known, on 1 June 2026. */
export const nowhere: Surroundings = { inventory: emptyInventory, now: new Date('2026-06-01T12:00:00Z') }

/** A ConfigMap in namespace shop. */
export function configMap(data: JsonObject, metadata: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop', ...metadata }, data }
}
