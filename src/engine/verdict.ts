import type { AdmissionRequest } from '../admission/request.ts'
import { unchangeableAt } from '../kubernetes/immutable.ts'
import { deepEqual, isObject, type JsonObject } from '../kubernetes/json.ts'
import { groupKindOf } from '../kubernetes/kinds.ts'
import { type ObjectReference, referenceOf } from '../kubernetes/object.ts'
import { resolve } from '../kubernetes/pointer.ts'
import { applyPatch } from '../admission/apply-patch.ts'
import type { PatchOperation } from '../admission/json-patch.ts'
import type { Effect, Finding, Result } from './finding.ts'
import { exceptionCovers } from './match.ts'
import { violationLine, withField } from './message.ts'
import { patchFor, type Repair, repairedPath } from './repair.ts'
import { stablePath } from './stable-path.ts'
import type { Evaluated, Violation } from './violation.ts'

/** The stored object and what was wrong with it before this update. */
export interface Before {
  readonly object: JsonObject
  readonly violations: readonly Violation[]
}

interface Verdict {
  readonly effect: Effect
  readonly result: Result
  readonly note?: string
}

/** Decides what one violation does to its request, and says it. */
export function toEvaluated(
  violation: Violation,
  object: JsonObject,
  request: AdmissionRequest,
  before: Before | undefined,
  now: Date,
): Evaluated {
  const { policy, inForce, rule, subject, raw } = violation
  const resource = resourceOf(object, request)
  const path = subject.path + raw.path
  const repairs = (raw.repairs ?? []).map((repair) => inside(subject.path, repair))
  const patch = combinedPatch(object, repairs)
  const verdict = decide(violation, resource, object, request, before, patch, now)
  const { action } = inForce
  const finding: Finding = {
    policy: policy.name,
    rule: rule.name,
    // `off` was left out before the rule was evaluated.
    action: action === 'off' ? 'audit' : action,
    effect: verdict.effect,
    result: verdict.result,
    severity: policy.severity,
    resource,
    path,
    message: violationLine(resource, withField(raw.problem, path), policy.name),
    actual: raw.actual,
    expected: raw.expected,
    fix: { text: withField(raw.remedy, path), patch },
    note: verdict.note,
    links: policy.links,
  }
  return { finding, repairs }
}

function decide(
  violation: Violation,
  resource: ObjectReference,
  object: JsonObject,
  request: AdmissionRequest,
  before: Before | undefined,
  patch: readonly PatchOperation[] | undefined,
  now: Date,
): Verdict {
  const { policy, rule, subject, raw, failed } = violation
  const action = violation.inForce.action
  const exceptions = policy.exceptions.filter((item) =>
    exceptionCovers(item, resource, rule.name, subject.path + raw.path),
  )
  const valid = exceptions.find(({ until }) => until > now.getTime())
  if (valid !== undefined) {
    return { effect: 'none', result: 'skip', note: `excepted until ${valid.expires}: ${valid.reason} (${valid.owner})` }
  }
  const [expired] = exceptions
  const note = expired === undefined ? {} : { note: `an exception for this ended on ${expired.expires}` }
  if (action === 'audit' || action === 'off') return { effect: 'none', result: failed ? 'error' : 'fail', ...note }
  const result = failed ? 'error' : 'fail'
  if (action === 'warn') return { effect: 'warn', result: failed ? 'error' : 'warn', ...note }
  if (before !== undefined && wasThere(violation, object, before)) {
    return { effect: 'warn', result: failed ? 'error' : 'warn', note: 'it was so before this update' }
  }
  if (action === 'deny') return { effect: 'deny', result, ...note }
  // A rule that fails denies only where its action says deny: a fix that cannot be worked out is no reason to refuse.
  if (failed) return { effect: 'warn', result, ...note }
  return { ...repairVerdict(violation, object, request, patch), ...note }
}

/** What action `fix` comes to: a patch, a warning where a template is left alone, a denial where nothing can be done. */
function repairVerdict(
  { policy, subject }: Violation,
  object: JsonObject,
  request: AdmissionRequest,
  patch: readonly PatchOperation[] | undefined,
): Verdict {
  if (patch === undefined || patch.length === 0) return { effect: 'deny', result: 'fail' }
  if (subject.template && policy.templates === 'warn') {
    return { effect: 'warn', result: 'warn', note: 'a template is not patched; what is made from it will be' }
  }
  if (request.operation !== 'CREATE' && !canPatch(object, request, patch)) return { effect: 'deny', result: 'fail' }
  return { effect: 'patch', result: 'fail' }
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
function wasThere(violation: Violation, object: JsonObject, before: Before): boolean {
  const { subject, raw, failed } = violation
  const path = subject.path + raw.path
  const place = stablePath(object, path)
  return before.violations.some((old) => {
    if (old.policy !== violation.policy || old.rule.name !== violation.rule.name || old.failed !== failed) return false
    if (failed) return old.subject.kind === subject.kind
    const oldPath = old.subject.path + old.raw.path
    return (
      stablePath(before.object, oldPath) === place &&
      old.raw.problem === raw.problem &&
      deepEqual(old.raw.actual, raw.actual) &&
      deepEqual(resolve(before.object, oldPath), resolve(object, path))
    )
  })
}

function resourceOf(object: JsonObject, request: AdmissionRequest): ObjectReference {
  const reference = referenceOf(object)
  return { ...reference, namespace: request.namespace === '' ? reference.namespace : request.namespace }
}

function inside(parent: string, repair: Repair): Repair {
  const path = parent + repairedPath(repair)
  return 'set' in repair ? { set: path, value: repair.value } : { remove: path }
}

/** One patch for several repairs, each made for the object as the ones before leave it; undefined where one has no place. */
export function combinedPatch(object: JsonObject, repairs: readonly Repair[]): readonly PatchOperation[] | undefined {
  if (repairs.length === 0) return undefined
  const patch: PatchOperation[] = []
  let current = object
  for (const repair of repairs) {
    const operations = patchFor(current, repair)
    if (operations === undefined) return undefined
    patch.push(...operations)
    const next = applyPatch(current, operations)
    if (!isObject(next)) return undefined
    current = next
  }
  return patch
}
