import { isObject, type JsonObject } from './json.ts'
import { type GroupKind, groupKindOf } from './kinds.ts'
import { formatPointer, parsePointer, type Pointer, visitMatches } from './pointer.ts'

/**
 * A place where objects of one kind hide inside objects of another: a pod in a Deployment's template, a claim in a
 * StatefulSet's volumeClaimTemplates. Data, so that a user can name the places of a custom resource.
 */
export interface View {
  /** The kind that carries it. */
  readonly in: GroupKind
  /** The kind found there. */
  readonly kind: GroupKind
  /** Where: a JSON pointer in which a step `*` stands for every item of a list or member of an object. */
  readonly path: Pointer
  /**
   * Whether a controller makes the real objects from it later. They are judged again then, so a fix leaves the template
   * alone: patching one rolls pods and drifts from Git.
   */
  readonly template: boolean
  /** What is there: `object`, with its `metadata` and `spec`, or the `spec` alone. Default: object. */
  readonly part?: ViewPart
}

/** What a view finds at its path. */
export type ViewPart = 'object' | 'spec'

const podTemplateCarriers: readonly (readonly [GroupKind, Pointer])[] = [
  ['PodTemplate', '/template'],
  ['ReplicationController', '/spec/template'],
  ['Deployment.apps', '/spec/template'],
  ['ReplicaSet.apps', '/spec/template'],
  ['StatefulSet.apps', '/spec/template'],
  ['DaemonSet.apps', '/spec/template'],
  ['Job.batch', '/spec/template'],
  ['CronJob.batch', '/spec/jobTemplate/spec/template'],
]

/** The places Kubernetes' own kinds have (API reference v1.36: PodTemplateSpec and PersistentVolumeClaimTemplate). */
export const builtInViews: readonly View[] = [
  ...podTemplateCarriers.map(([carrier, path]): View => ({ in: carrier, kind: 'Pod', path, template: true })),
  { in: 'StatefulSet.apps', kind: 'PersistentVolumeClaim', path: '/spec/volumeClaimTemplates/*', template: true },
  {
    in: 'Pod',
    kind: 'PersistentVolumeClaim',
    path: '/spec/volumes/*/ephemeral/volumeClaimTemplate',
    template: false,
  },
]

/** One object to be judged: the applied object itself, or a part of it that is an object of its own kind. */
export interface Subject {
  readonly kind: GroupKind
  readonly object: JsonObject
  /** Where it is in the applied object; '' for the object itself. */
  readonly path: Pointer
  /** What of it is there. */
  readonly part: ViewPart
  /** Whether it is, or is in, a template that a controller makes objects from. */
  readonly template: boolean
}

interface CompiledView extends Required<Pick<View, 'kind' | 'template' | 'part'>> {
  readonly steps: readonly string[]
}

/** Views ready for use, by carrier. */
export type ViewIndex = ReadonlyMap<GroupKind, readonly CompiledView[]>

/** Prepares views for {@link subjectsOf}. Throws a RangeError on a path that is no JSON pointer. */
export function indexViews(views: readonly View[]): ViewIndex {
  const index = new Map<GroupKind, CompiledView[]>()
  const seen = new Set<string>()
  for (const view of views) {
    const place = JSON.stringify([view.in, view.kind, view.path])
    // A user may repeat a view; what it finds is judged once.
    if (seen.has(place)) continue
    seen.add(place)
    const { kind, path, template, part = 'object' } = view
    const compiled = { kind, steps: parsePointer(path), template, part }
    const present = index.get(view.in)
    if (present === undefined) index.set(view.in, [compiled])
    else present.push(compiled)
  }
  return index
}

// A carrier in a carrier in a carrier (a CronJob's pod's claim) is three deep; user views could form a cycle.
const maxDepth = 6

/** The object and everything views find in it, outermost first, in the order of the document. */
export function subjectsOf(object: JsonObject, views: ViewIndex, refine: Refine = asItIs): readonly Subject[] {
  const root: Subject = { kind: groupKindOf(object), object, path: '', part: 'object', template: false }
  if (!views.has(root.kind)) return [root]
  const subjects: Subject[] = []
  collect(root, { views, refine }, 0, subjects)
  return subjects
}

/** What is done to a part before it is judged: defaults are filled in. */
export type Refine = (kind: GroupKind, part: JsonObject) => JsonObject
const asItIs: Refine = (_kind, part) => part

function collect(
  subject: Subject,
  search: { readonly views: ViewIndex; readonly refine: Refine },
  depth: number,
  into: Subject[],
): void {
  into.push(subject)
  if (depth === maxDepth) return
  for (const view of search.views.get(subject.kind) ?? []) {
    const { kind, part } = view
    visitMatches(subject.object, view.steps, (value, trail) => {
      if (!isObject(value)) return
      const place = formatPointer(...trail)
      const object = search.refine(kind, part === 'spec' ? { spec: value } : value)
      const template = subject.template || view.template
      collect({ kind, object, path: placeIn(subject, place), part, template }, search, depth + 1, into)
    })
  }
}

/**
 * Where a place of a subject is in the applied object. Of a bare spec, what is not in the spec has no place of its own:
 * the spec stands for it.
 */
export function placeIn({ path, part }: Pick<Subject, 'path' | 'part'>, place: Pointer): Pointer {
  if (part === 'object') return path + place
  return isInSpec(place) ? path + place.slice('/spec'.length) : path
}

/** Whether a place of a subject exists, or could exist, in the applied object. */
export function hasPlace({ part }: Pick<Subject, 'part'>, place: Pointer): boolean {
  return part === 'object' || isInSpec(place)
}

function isInSpec(place: Pointer): boolean {
  return place === '/spec' || place.startsWith('/spec/')
}
