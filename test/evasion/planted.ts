import type { JsonObject } from '../../src/kubernetes/json.ts'
import type { Pointer } from '../../src/kubernetes/pointer.ts'

/** What has to be found: a rule, and where, from the root of the part it is planted in. */
export interface Place {
  readonly rule: string
  readonly path: Pointer
}

/** A part of an object, or a whole one, and what has to be found in it: nothing, in a look-alike. */
export interface Planted {
  readonly part: JsonObject
  readonly places: readonly Place[]
  /** What look-ups find besides what is always there. */
  readonly known?: readonly JsonObject[]
}

/** The offence in an otherwise given part. */
export function planted(part: JsonObject, rule: string, ...paths: readonly Pointer[]): Planted {
  return { part, places: paths.map((path) => ({ rule, path })) }
}

/** A part in which nothing must be found. */
export function harmless(part: JsonObject): Planted {
  return { part, places: [] }
}

/** The same offence in what is around its part: seen from there, its places are below `base`. */
export function within(one: Planted, base: Pointer, part: JsonObject): Planted {
  return { ...one, part, places: placesUnder(base, one) }
}

/** The offence where look-ups find these objects, too. */
export function knowing(one: Planted, known: readonly JsonObject[]): Planted {
  return { ...one, known }
}

/** The same places, seen from further out. */
export function placesUnder(base: Pointer, { places }: Planted): readonly Place[] {
  return places.map(({ rule, path }) => ({ rule, path: base + path }))
}
