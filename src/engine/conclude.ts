import { applyPatch } from '../admission/apply-patch.ts'
import type { PatchOperation } from '../admission/json-patch.ts'
import type { AdmissionRequest } from '../admission/request.ts'
import { oneLine } from '../admission/text.ts'
import { isObject, type JsonObject } from '../kubernetes/json.ts'
import { type ObjectReference, referenceOf } from '../kubernetes/object.ts'
import { hasPlace, placeIn, type Subject } from '../kubernetes/views.ts'
import { violationLine, withField } from './message.ts'
import { quotable } from '../policy/quotable.ts'
import { patchFor, type Repair, repairedPath } from './repair.ts'
import { type Case, verdictOn } from './verdict.ts'
import { type Evaluated, placeOf, type Violation } from './violation.ts'

/** Makes a finding of a violation: what it does to its request, in words and as a patch. */
export function conclude(
  violation: Violation,
  circumstances: Pick<Case, 'object' | 'judged' | 'request' | 'before' | 'now'>,
): Evaluated {
  const { policy, inForce, rule, subject, raw } = violation
  const { object, request } = circumstances
  const path = placeOf(violation)
  const repairs = repairsIn(subject, raw.repairs ?? [])
  const patch = combinedPatch(object, repairs)
  const resource = resourceOf(object, request)
  const problem = oneLine(withField(raw.problem, path))
  const finding = {
    policy: policy.name,
    rule: rule.name,
    // `off` was left out before the rule was evaluated.
    action: inForce.action === 'off' ? 'audit' : inForce.action,
    ...verdictOn({ ...circumstances, violation, resource, path, patch }),
    severity: policy.severity,
    resource,
    path,
    message: violationLine(resource, problem, policy.name),
    problem,
    actual: raw.actual === undefined ? undefined : quotable(raw.actual),
    expected: raw.expected,
    why: raw.why,
    fix: { text: withField(raw.remedy, path), patch, secretName: raw.secretName },
    links: policy.links,
  } as const
  return { finding, repairs }
}

function resourceOf(object: JsonObject, request: AdmissionRequest): ObjectReference {
  const reference = referenceOf(object)
  return { ...reference, namespace: request.namespace === '' ? reference.namespace : request.namespace }
}

/** The repairs in places of the applied object; none where one of them has no place there. */
function repairsIn(subject: Subject, repairs: readonly Repair[]): readonly Repair[] {
  return repairs.every((repair) => hasPlace(subject, repairedPath(repair)))
    ? repairs.map((repair) => inside(subject, repair))
    : []
}

function inside(subject: Subject, repair: Repair): Repair {
  const path = placeIn(subject, repairedPath(repair))
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
