import { deepEqual, isArray, type JsonObject, type JsonValue, member } from '../kubernetes/json.ts'
import { referenceOf } from '../kubernetes/object.ts'
import { child, formatPointer, type Pointer, parsePointer } from '../kubernetes/pointer.ts'
import { excerptAt } from '../manifest/excerpt.ts'
import type { Manifest } from '../manifest/manifest.ts'
import { type Place, placer } from '../offline/place.ts'
import { manifestsIn, readWhole } from './file-source.ts'
import type { Kustomization, Part } from './kustomization.ts'
import { recent } from './recent.ts'

/** An object in a file that a kustomization names. */
export interface Origin {
  readonly part: Part
  /** Which of the file's objects it is. */
  readonly number: number
  readonly name: string
}

/** The objects of the files that a kustomization names, by their kind. */
export type Origins = ReadonlyMap<string, readonly Origin[]>

const filesKept = 16

/** Reads what objects the files of kustomizations hold; those that change objects come last. */
export function originsIn(tree: readonly Kustomization[], read: (file: string) => readonly Manifest[]): Origins {
  const parts = tree.flatMap((kustomization) => kustomization.parts)
  const origins = new Map<string, Origin[]>()
  for (const role of ['resource', 'patch'] as const) {
    for (const part of parts.filter((candidate) => candidate.role === role)) {
      for (const [number, { object }] of read(part.file).entries()) {
        const { kind, name } = referenceOf(object)
        const ofKind = origins.get(kind) ?? []
        ofKind.push({ part, number, name })
        origins.set(kind, ofKind)
      }
    }
  }
  return origins
}

/**
 * What an object that was rendered was made of, by its name: objects of the same name, or else of the longest name that
 * is part of its name, since kustomize puts a prefix and a suffix around.
 */
export function originsOf(object: JsonObject, origins: Origins): readonly Origin[] {
  const { kind, name } = referenceOf(object)
  const candidates = (origins.get(kind) ?? []).filter((origin) => origin.name !== '' && name.includes(origin.name))
  const longest = Math.max(0, ...candidates.map((origin) => origin.name.length))
  return candidates.filter((origin) => origin.name.length === longest)
}

/**
 * Places what kustomize rendered in the file that it comes from: of the objects it was made of, the one that says the same
 * at that place, else the one that has most of the way there. Else on the first line of the kustomization.
 */
export function originPlace(kustomizationFile: string, origins: Origins): Place {
  const inFile = placer()
  const read = recent(filesKept, manifestsIn)
  return ({ object }, path) => {
    const ways = originsOf(object, origins).flatMap(({ part, number }) => {
      const manifest = read(part.file)[number]
      return manifest === undefined ? [] : [{ manifest, ...wayInto(manifest.object, object, path) }]
    })
    const [best] = ways.toSorted((left, right) => right.length - left.length)
    if (best !== undefined) return inFile(best.manifest, best.path)
    const first = { line: 1, column: 1 }
    const document = { text: readWhole(kustomizationFile), start: first, offset: 0 }
    return { file: kustomizationFile, ...first, excerpt: excerptAt(document, first) }
  }
}

interface Way {
  readonly path: Pointer
  /** How many steps lead there, and one more where the same stands at their end. */
  readonly length: number
}

/** How far a way into an object leads in another one that it was made of. Items of lists are found by their name. */
function wayInto(origin: JsonObject, rendered: JsonObject, path: Pointer): Way {
  let value: JsonValue | undefined = origin
  let whole: JsonValue | undefined = rendered
  const steps: string[] = []
  for (const step of parsePointer(path)) {
    const item: JsonValue | undefined = child(whole, step)
    const own: string = isArray(value) ? indexOf(item, value, step) : step
    const next: JsonValue | undefined = child(value, own)
    if (next === undefined) return { path: formatPointer(...steps), length: steps.length }
    steps.push(own)
    value = next
    whole = item
  }
  return { path: formatPointer(...steps), length: steps.length + (deepEqual(value, whole) ? 1 : 0) }
}

function indexOf(item: JsonValue | undefined, items: readonly JsonValue[], index: string): string {
  const name = member(item, 'name')
  const found = items.findIndex(
    (other) => deepEqual(other, item) || (name !== undefined && member(other, 'name') === name),
  )
  return found < 0 ? index : String(found)
}
