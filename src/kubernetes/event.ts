import { isObject, type JsonObject } from './json.ts'
import { asArray, asString, at } from './json.ts'
import type { ObjectReference } from './object.ts'

/** What an Event is about: an object that is there. */
export interface EventSubject extends ObjectReference {
  /** Undefined where it is not known. */
  readonly uid: string | undefined
  /** Whether it is only said to be there, by whoever wrote the judged object, and has to be looked for. */
  readonly claimed: boolean
}

/** What an Event says happened. */
export type EventReason = 'PolicyDenied' | 'PolicyRepaired' | 'PolicyWarned'

/** Something people are to find where they look. */
export interface EventNotice {
  readonly reason: EventReason
  /** What was judged, and by which policies: a repetition has the same. */
  readonly about: string
  /** Clean lines, at most {@link maxNoteBytes} in UTF-8. */
  readonly note: string
  readonly subjects: readonly EventSubject[]
}

/** The longest text of an Event (events.k8s.io/v1, note). */
export const maxNoteBytes = 1024

/** The controller that made an object and keeps it, of its owner references; undefined where there is none. */
export function controllerOf(object: JsonObject, namespace: string): EventSubject | undefined {
  const references = asArray(at(object, 'metadata', 'ownerReferences'))
  const controller = references.find((reference) => isObject(reference) && reference['controller'] === true)
  const [apiVersion = '', kind = '', name = '', uid] = ['apiVersion', 'kind', 'name', 'uid'].map((key) =>
    asString(at(controller, key)),
  )
  // A Node owns its static pods, and nobody looks there for what became of a namespace's object.
  if (name === '' || (apiVersion === 'v1' && kind === 'Node')) return undefined
  return { apiVersion, kind, namespace, name, uid, claimed: false }
}

/** How often and when the same happened. */
export interface EventSeries {
  readonly count: number
  readonly first: Date
  readonly last: Date
}

/** Where an Event is kept: the namespace of its subject; `default` for what is in none, as the API demands. */
export function eventNamespace({ namespace }: ObjectReference): string {
  return namespace === '' ? 'default' : namespace
}

/**
 * An Event as it is written. One of the core group with the count and times of old: Argo CD and `kubectl describe`
 * show these, and the API server translates them for events.k8s.io/v1.
 *
 * @param instance the pod that writes it.
 */
export function eventObject(
  { reason, note }: Pick<EventNotice, 'reason' | 'note'>,
  subject: EventSubject,
  { name, series, instance }: { readonly name: string; readonly series: EventSeries; readonly instance: string },
): JsonObject {
  const { apiVersion, kind, namespace, uid } = subject
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: eventNamespace(subject) },
    involvedObject: {
      apiVersion,
      kind,
      name: subject.name,
      ...(namespace === '' ? {} : { namespace }),
      ...(uid === undefined ? {} : { uid }),
    },
    type: reason === 'PolicyRepaired' ? 'Normal' : 'Warning',
    reason,
    message: note,
    count: series.count,
    firstTimestamp: seconds(series.first),
    lastTimestamp: seconds(series.last),
    source: { component: 'holdfast' },
    reportingComponent: 'holdfast.dev/webhook',
    reportingInstance: instance,
  }
}

// meta/v1 Time has no fraction.
function seconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`
}
