import { type AdmissionRequest, judgedObject } from '../admission/request.ts'
import { maxMessageBytes } from '../admission/review.ts'
import { cleanLines, truncateUtf8 } from '../admission/text.ts'
import { toWarnings } from '../admission/warning.ts'
import type { Decision } from '../engine/decide.ts'
import {
  controllerOf,
  type EventNotice,
  type EventReason,
  type EventSubject,
  maxNoteBytes,
} from '../kubernetes/event.ts'
import { gitOpsOwnerOf } from '../kubernetes/gitops-owner.ts'
import { asString, at, type JsonObject } from '../kubernetes/json.ts'
import { type ObjectReference, referenceOf } from '../kubernetes/object.ts'

/** What a decision does that somebody has to learn of; undefined for a plain allow. */
export type Outcome = 'denied' | 'repaired' | 'warned'

/** What a decision comes to. */
export function outcomeOf({ response, findings }: Decision): Outcome | undefined {
  if (!response.allowed) return 'denied'
  if (response.patch.length > 0) return 'repaired'
  return findings.some(({ effect }) => effect === 'warn') ? 'warned' : undefined
}

const reasons: Readonly<Record<Outcome, EventReason>> = {
  denied: 'PolicyDenied',
  repaired: 'PolicyRepaired',
  warned: 'PolicyWarned',
}

/**
 * What people are to find beside what they look at: the object's controller, else its namespace, and whoever applied it
 * from Git. Undefined where nothing happened: a plain allow, or a dry run.
 */
export function noticeOf(request: AdmissionRequest, decision: Decision): EventNotice | undefined {
  const outcome = request.dryRun ? undefined : outcomeOf(decision)
  const object = judgedObject(request)
  if (outcome === undefined || object === undefined) return undefined
  const reference = referenceOf(object)
  const judged = { ...reference, namespace: request.namespace === '' ? reference.namespace : request.namespace }
  const { apiVersion, kind, namespace } = judged
  // A controller that is refused tries again under another name, and it is the same that happens.
  const name = asString(at(object, 'metadata', 'generateName')) ?? judged.name
  const policies = new Set(decision.findings.filter(({ effect }) => effect !== 'none').map(({ policy }) => policy))
  return {
    reason: reasons[outcome],
    about: [apiVersion, kind, namespace, name, ...[...policies].sort()].join(' '),
    note: noteOf(decision),
    subjects: subjectsOf(object, judged),
  }
}

function noteOf({ response }: Decision): string {
  if (!response.allowed) return truncateUtf8(cleanLines(response.message), maxMessageBytes)
  return truncateUtf8(toWarnings(response.warnings).join('\n'), maxNoteBytes)
}

function subjectsOf(object: JsonObject, judged: ObjectReference): readonly EventSubject[] {
  const owner = gitOpsOwnerOf(object)
  const applied = owner === undefined ? [] : [{ ...owner, uid: undefined, claimed: true }]
  return [controllerOf(object, judged.namespace) ?? placeOf(judged), ...applied]
}

/** The namespace of an object; an object in none is told of by itself, in the namespace default. */
function placeOf(judged: ObjectReference): EventSubject {
  const { namespace } = judged
  const subject = { uid: undefined, claimed: false }
  // It is in itself, as far as an Event is concerned: `kubectl get events` of the namespace then shows it.
  return namespace === ''
    ? { ...judged, ...subject }
    : { apiVersion: 'v1', kind: 'Namespace', namespace, name: namespace, ...subject }
}
