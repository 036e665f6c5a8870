import { applyPatch } from '../admission/apply-patch.ts'
import type { PatchOperation } from '../admission/json-patch.ts'
import { type AdmissionRequest, judgedObject } from '../admission/request.ts'
import { allowed, type AdmissionResponse, denied, patched } from '../admission/response.ts'
import { gitOpsOwnerOf } from '../kubernetes/gitops-owner.ts'
import { isObject, type JsonObject } from '../kubernetes/json.ts'
import { fieldPath } from '../kubernetes/pointer.ts'
import { severities } from '../policy/action.ts'
import type { PolicySet } from '../policy/compiled.ts'
import { combinedPatch } from './conclude.ts'
import { evaluate, type Surroundings } from './evaluate.ts'
import type { Finding } from './finding.ts'
import type { Repair } from './repair.ts'
import { denialMessage, fixLine, warningLine } from './message.ts'
import type { Evaluated } from './violation.ts'

/** An answer to a request and the findings it rests on, for metrics and records. */
export interface Decision {
  readonly response: AdmissionResponse
  readonly findings: readonly Finding[]
}

/** What the repairs of an object come to. */
export interface Mutation {
  /** The object with all repairs made; the given one itself where there are none. */
  readonly object: JsonObject | undefined
  /** The manifest with all repairs made, as it is written; undefined where none was given. */
  readonly written: JsonObject | undefined
  readonly patch: readonly PatchOperation[]
  /** The violations that were repaired, in the order of their repairs. */
  readonly repaired: readonly Evaluated[]
  readonly warnings: readonly string[]
  /** What is left to say of the repaired object: what `evaluate` finds in it. */
  readonly rest: readonly Evaluated[]
}

// One repair may bring another rule's to light: what is misspelt is judged only under its right name.
const rounds = 4

/** Which violations are repaired: what the mutating webhook patches, or whatever can be repaired without a guess. */
export type RepairScope = 'webhook' | 'everything'

/**
 * Repairs an object by all policies that fix, or by all that know how. The result is a fixed point: repairing it again
 * changes nothing.
 */
export function repair(
  policies: PolicySet,
  request: AdmissionRequest,
  surroundings: Surroundings,
  scope: RepairScope = 'webhook',
): Mutation {
  const patch: PatchOperation[] = []
  const repaired: Evaluated[] = []
  const warnings: string[] = []
  let { object, written } = request
  let rest = evaluate(policies, request, surroundings)
  for (let round = 0; round < rounds && object !== undefined; round += 1) {
    const fixable = rest.filter(({ finding }) => isInScope(finding, scope))
    if (fixable.length === 0) break
    for (const step of fixable) {
      const { finding, repairs } = step
      const operations: readonly PatchOperation[] = combinedPatch(object, repairs) ?? []
      repaired.push(step)
      // Two rules may have asked for the same change; it is made, and told, once.
      if (operations.length === 0) continue
      warnings.push(fixLine(finding, repairs))
      patch.push(...operations)
      const next = applyPatch(object, operations)
      if (isObject(next)) object = next
      // A manifest is repaired as it is written; the patch for the object may not fit it, as that one has no nulls.
      written = written === undefined ? undefined : rewritten(written, repairs)
    }
    rest = evaluate(policies, { ...request, object, written }, surroundings)
  }
  return { object, written, patch, repaired, warnings, rest }
}

function isInScope({ effect, result, fix }: Finding, scope: RepairScope): boolean {
  return scope === 'webhook' ? effect === 'patch' : result !== 'skip' && canRepair(fix)
}

/** Whether a violation can be repaired without a guess. */
export function canRepair({ patch }: Finding['fix']): boolean {
  return patch !== undefined && patch.length > 0
}

/** An object with repairs made; as it is where they have no place in it. */
export function rewritten(object: JsonObject, repairs: readonly Repair[]): JsonObject {
  const result = applyPatch(object, combinedPatch(object, repairs) ?? [])
  return isObject(result) ? result : object
}

/**
 * The mutating webhook's answer: what is repaired, and a warning that says so.
 *
 * An update that the validating webhook would deny is denied here already. Between the two the API server checks fields
 * that cannot change and answers 422, on which a forced Flux deletes the live object and creates it anew; if the
 * validating webhook then refuses the new one, the object and its data are lost.
 */
export function mutate(policies: PolicySet, request: AdmissionRequest, surroundings: Surroundings): Decision {
  if (request.operation === 'DELETE') return clean
  const { patch, warnings, repaired, rest } = repair(policies, request, surroundings)
  if (request.operation === 'UPDATE') {
    const verdict = verdictOf(rest, request)
    if (!verdict.response.allowed) return verdict
  }
  return { response: patch.length === 0 ? allowed() : patched(patch, warnings), findings: repaired.map(findingOf) }
}

// What nearly every request comes to.
const clean: Decision = { response: allowed(), findings: [] }

/** The validating webhook's answer: one denial with every violation, or the warnings. */
export function validate(policies: PolicySet, request: AdmissionRequest, surroundings: Surroundings): Decision {
  return verdictOf(evaluate(policies, request, surroundings), request)
}

function verdictOf(evaluated: readonly Evaluated[], request: AdmissionRequest): Decision {
  if (evaluated.length === 0) return clean
  const findings = evaluated.map(unrepaired)
  const denials = findings.filter(({ effect }) => effect === 'deny').sort(worstFirst)
  const warnings = findings.filter(({ effect }) => effect === 'warn').map(warningLine)
  if (denials.length === 0) return { response: allowed(warnings), findings }
  const causes = denials.map(({ policy, path, message }) => ({ reason: policy, field: fieldPath(path), message }))
  const object = judgedObject(request)
  const owner = object === undefined ? undefined : gitOpsOwnerOf(object)
  return { response: denied(denialMessage(denials, owner), causes, warnings), findings }
}

// What the mutating webhook would repair is refused where it arrives unrepaired: that webhook was not called, or a later
// one undid its change.
function unrepaired({ finding }: Evaluated): Finding {
  return finding.effect === 'patch' ? { ...finding, effect: 'deny' } : finding
}

function findingOf({ finding }: Evaluated): Finding {
  return finding
}

function worstFirst(left: Finding, right: Finding): number {
  return severities.indexOf(left.severity) - severities.indexOf(right.severity)
}

/** Both webhooks in the API server's order, as one answer: for `review` and for manifests in Git. */
export function decide(
  policies: PolicySet,
  request: AdmissionRequest,
  surroundings: Surroundings,
): Decision & { readonly repaired: readonly Finding[] } {
  if (request.operation === 'DELETE') return { ...validate(policies, request, surroundings), repaired: [] }
  const mutation = repair(policies, request, surroundings)
  const { response, findings } = verdictOf(mutation.rest, request)
  // A denied update was denied by the mutating webhook, and nothing was changed. A create is denied by the validating
  // one, after the API server has passed on what the other warned of.
  const changed = response.allowed || request.operation !== 'UPDATE'
  const warnings = changed ? [...mutation.warnings, ...response.warnings] : response.warnings
  const both = response.allowed ? patched(mutation.patch, warnings) : { ...response, warnings }
  return { response: both, findings, repaired: mutation.repaired.map(findingOf) }
}
