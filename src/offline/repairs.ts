import { notShown } from '../admission/text.ts'
import { repair, type RepairScope, rewritten } from '../engine/decide.ts'
import type { Surroundings } from '../engine/evaluate.ts'
import type { Finding } from '../engine/finding.ts'
import { repairedPath } from '../engine/repair.ts'
import type { Evaluated } from '../engine/violation.ts'
import { type Pointer, parsePointer } from '../kubernetes/pointer.ts'
import { type Change, editDocument, type PlacedEdit } from '../manifest/edit/edit.ts'
import type { DocumentText, Manifest } from '../manifest/manifest.ts'
import { requestFor } from '../manifest/request.ts'
import type { PolicySet } from '../policy/compiled.ts'

/** A manifest and the repairs it needs, in their order. */
export interface Repairable {
  readonly manifest: Manifest
  readonly repairs: readonly Evaluated[]
}

/** An edit of a file, and the violation that it repairs; where one edit repairs several, the first of them. */
export interface Repairing extends PlacedEdit, RepairedFinding {}

/** A violation that is repaired in the text of its file. */
export interface RepairedFinding {
  readonly manifest: Manifest
  readonly finding: Finding
}

/** A violation that could be repaired, but not in the text of its file, and why. */
export interface Refusal extends RepairedFinding {
  readonly reason: string
}

/** What becomes of one document. */
export interface DocumentRepair {
  readonly edits: readonly Repairing[]
  /** What these edits repair. */
  readonly repaired: readonly RepairedFinding[]
  readonly refusals: readonly Refusal[]
}

/** What a manifest needs to be as the policies of a scope would have it; nothing where it is so already. */
export function repairsOf(
  manifest: Manifest,
  policies: PolicySet,
  { surroundings, namespace, scope }: { surroundings: Surroundings; namespace: string; scope: RepairScope },
): Repairable {
  const { repaired } = repair(policies, requestFor(manifest.object, namespace), surroundings, scope)
  return { manifest, repairs: repaired }
}

/**
 * Puts repairs into the text of their document. Where they cannot all be placed, those are left out, and told, that
 * cannot, and the others are made.
 */
export function repairDocument(document: DocumentText, objects: readonly Repairable[]): DocumentRepair {
  const needed = objects.filter(({ repairs }) => repairs.length > 0)
  if (needed.length === 0) return { edits: [], repaired: [], refusals: [] }
  const all = editDocument(document, needed.map(changeOf))
  if ('edits' in all) return { edits: attributed(all.edits, needed), repaired: findingsOf(needed), refusals: [] }
  const refusals: Refusal[] = []
  const possible = needed.map((object) => placeable(document, object, refusals))
  const rest = editDocument(document, possible.map(changeOf))
  if ('edits' in rest) return { edits: attributed(rest.edits, possible), repaired: findingsOf(possible), refusals }
  // Each can be made alone, but not together: they share an anchor.
  const reason = rest.refusal
  return {
    edits: [],
    repaired: [],
    refusals: findingsOf(needed).map(({ manifest, finding }) => ({ manifest, finding, reason })),
  }
}

function findingsOf(objects: readonly Repairable[]): readonly RepairedFinding[] {
  return objects.flatMap(({ manifest, repairs }) => repairs.map(({ finding }) => ({ manifest, finding })))
}

function changeOf({ manifest: { pointer, object }, repairs }: Repairable): Change {
  return { pointer, before: object, after: repairs.reduce((after, step) => rewritten(after, step.repairs), object) }
}

/** The repairs of one object that can be placed, one after another. */
function placeable(document: DocumentText, object: Repairable, refusals: Refusal[]): Repairable {
  if ('edits' in editDocument(document, [changeOf(object)])) return object
  let possible: Repairable = { ...object, repairs: [] }
  for (const step of object.repairs) {
    const next = { ...possible, repairs: [...possible.repairs, step] }
    const edited = editDocument(document, [changeOf(next)])
    if ('edits' in edited) possible = next
    else refusals.push({ manifest: object.manifest, finding: step.finding, reason: edited.refusal })
  }
  return possible
}

function attributed(edits: readonly PlacedEdit[], objects: readonly Repairable[]): readonly Repairing[] {
  const steps = objects.flatMap(({ manifest, repairs }) =>
    repairs.map(({ finding, repairs: changes }) => ({
      manifest,
      finding,
      places: changes.map((change) => manifest.pointer + repairedPath(change)),
    })),
  )
  const [first] = steps
  return edits.flatMap((edit) => {
    const step = steps.find(({ places }) => edit.paths.some((path) => places.some((place) => overlap(path, place))))
    const { manifest, finding } = step ?? first ?? {}
    return manifest === undefined || finding === undefined ? [] : [{ ...edit, manifest, finding }]
  })
}

/** Whether one of two places is in the other. */
function overlap(left: Pointer, right: Pointer): boolean {
  return left === right || left.startsWith(`${right}/`) || right.startsWith(`${left}/`)
}

/**
 * Whether an edit may be shown: it repeats a value of the manifest only where the finding may name it. A key's new name,
 * and quotes around what stays where it is, give nothing away.
 */
export function canShow({ finding, text, paths }: Repairing): boolean {
  return finding.actual !== notShown || text === '"' || paths.some((path) => isName(text, path))
}

function isName(text: string, path: Pointer): boolean {
  const name = parsePointer(path).at(-1)
  return name !== undefined && [name, `"${name}"`, `'${name}'`].includes(text)
}
