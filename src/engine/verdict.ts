import { applyPatch } from '../admission/apply-patch.ts'
import type { PatchOperation } from '../admission/json-patch.ts'
import type { AdmissionRequest } from '../admission/request.ts'
import { unchangeableAt } from '../kubernetes/immutable.ts'
import { deepEqual, type JsonObject } from '../kubernetes/json.ts'
import { groupKindOf } from '../kubernetes/kinds.ts'
import type { ObjectReference } from '../kubernetes/object.ts'
import { type Pointer, resolve } from '../kubernetes/pointer.ts'
import type { CompiledException } from '../policy/compiled.ts'
import type { Effect, Result } from './finding.ts'
import { exceptionCovers } from './match.ts'
import { stablePath } from './stable-path.ts'
import { placeOf, type Violation } from './violation.ts'

/** The stored object, with the API's defaults, and what was wrong with it before this update. */
export interface Before {
  readonly judged: JsonObject
  readonly violations: readonly Violation[]
}

/** One violation and all that decides what it does to its request. */
export interface Case {
  readonly violation: Violation
  readonly resource: ObjectReference
  /** Where the violation is in the applied object. */
  readonly path: Pointer
  readonly request: AdmissionRequest
  /** The object as it was applied, which patches are made for. */
  readonly object: JsonObject
  /** The same with the API's defaults, as rules saw it. */
  readonly judged: JsonObject
  /** Undefined: nothing is stored yet. */
  readonly before: Before | undefined
  /** What would repair it, as a patch of the object. */
  readonly patch: readonly PatchOperation[] | undefined
  readonly now: Date
}

/** What a violation does to its request, and why it is less than its action says. */
export interface Verdict {
  readonly effect: Effect
  readonly result: Result
  readonly note: string | undefined
}

/** Decides what a violation does to its request. */
export function verdictOn(judged: Case): Verdict {
  const { violation, now } = judged
  const exceptions = exceptionsFor(judged)
  const valid = exceptions.find(({ until }) => until > now.getTime())
  if (valid !== undefined) {
    return { effect: 'none', result: 'skip', note: `excepted until ${valid.expires}: ${valid.reason} (${valid.owner})` }
  }
  const [ended] = exceptions
  const { effect, note = ended && `an exception for this ended on ${ended.expires}` } = effectOf(judged)
  return { effect, result: resultOf(violation, effect), note }
}

function exceptionsFor({ violation, resource, path }: Case): readonly CompiledException[] {
  const { policy, rule } = violation
  const place = { resource, rule: rule.name, path, fingerprints: violation.raw.fingerprints }
  return policy.exceptions.filter((exception) => exceptionCovers(exception, place))
}

function resultOf({ failed }: Violation, effect: Effect): Result {
  if (failed) return 'error'
  return effect === 'warn' ? 'warn' : 'fail'
}

function effectOf(judged: Case): { readonly effect: Effect; readonly note?: string } {
  const { violation, before } = judged
  const { action } = violation.inForce
  if (action === 'audit' || action === 'off') return { effect: 'none' }
  if (action === 'warn' || violation.raw.advice) return { effect: 'warn' }
  if (before !== undefined && wasThere(judged, before)) return { effect: 'warn', note: 'it was so before this update' }
  if (action === 'deny') return { effect: 'deny' }
  // A rule that fails denies only where its action says deny: a fix that cannot be worked out is no reason to refuse.
  return violation.failed ? { effect: 'warn' } : repairEffect(judged)
}

/** What action `fix` comes to: a patch, a warning where a template is left alone, a denial where nothing can be done. */
function repairEffect({ violation, object, request, patch }: Case): {
  readonly effect: Effect
  readonly note?: string
} {
  const { policy, subject } = violation
  if (patch === undefined || patch.length === 0) return { effect: 'deny' }
  if (subject.template && policy.templates === 'warn') {
    return { effect: 'warn', note: 'a template is not patched; what is made from it will be' }
  }
  return { effect: request.operation === 'CREATE' || canPatch(object, request, patch) ? 'patch' : 'deny' }
}

/**
 * Whether a stored object can be patched so: a field that cannot change may only be set to what is stored. That happens
 * when a manifest the webhook has repaired before is applied again.
 */
function canPatch(object: JsonObject, request: AdmissionRequest, patch: readonly PatchOperation[]): boolean {
  const { oldObject } = request
  if (oldObject === undefined || request.subResource !== '') return false
  const patched = applyPatch(object, patch)
  return patch.every(({ path }) => {
    const unit = unchangeableAt(groupKindOf(object), path, oldObject)
    return unit === undefined || deepEqual(resolve(patched, unit), resolve(oldObject, unit))
  })
}

/** Whether the stored object broke the same rule at the same place in the same way, and this update leaves it as it is. */
function wasThere({ violation, path, judged }: Case, before: Before): boolean {
  const place = stablePath(judged, path)
  return before.violations.some((old) => {
    if (!isSameRule(old, violation)) return false
    if (violation.failed) return old.subject.kind === violation.subject.kind
    const oldPath = placeOf(old)
    return (
      stablePath(before.judged, oldPath) === place &&
      old.raw.problem === violation.raw.problem &&
      deepEqual(old.raw.actual, violation.raw.actual) &&
      deepEqual(resolve(before.judged, oldPath), resolve(judged, path))
    )
  })
}

function isSameRule(left: Violation, right: Violation): boolean {
  return left.policy === right.policy && left.rule.name === right.rule.name && left.failed === right.failed
}
