import type { PatchOperation } from '../admission/json-patch.ts'
import { deepEqual, isArray, isObject, type JsonObject, type JsonValue, member } from '../kubernetes/json.ts'
import { child, formatPointer, parsePointer, type Pointer, resolve } from '../kubernetes/pointer.ts'

/** One change that repairs a violation: a value to have at a place, or a place to be empty. */
export type Repair = { readonly set: Pointer; readonly value: JsonValue } | { readonly remove: Pointer }

/** Where a repair changes the object. */
export function repairedPath(repair: Repair): Pointer {
  return 'set' in repair ? repair.set : repair.remove
}

/**
 * The smallest patch that brings an object to where the repair wants it: nothing if it is there already; parents that
 * are missing are added with it. Undefined where the place cannot exist (a parent is no object, an index is past the end).
 */
export function patchFor(object: JsonObject, repair: Repair): readonly PatchOperation[] | undefined {
  const path = repairedPath(repair)
  const present = resolve(object, path)
  if (!('set' in repair)) return present === undefined ? [] : [{ op: 'remove', path }]
  if (deepEqual(present, repair.value)) return []
  return addition(object, parsePointer(path), repair.value)
}

function addition(
  object: JsonObject,
  path: readonly string[],
  value: JsonValue,
): readonly PatchOperation[] | undefined {
  let parent: JsonValue | undefined = object
  for (const [depth, step] of path.entries()) {
    const place = formatPointer(...path.slice(0, depth + 1))
    if (isArray(parent)) {
      parent = child(parent, step)
      if (parent === undefined) return undefined
      if (depth === path.length - 1) return [{ op: 'replace', path: place, value }]
    } else if (isObject(parent)) {
      const next = member(parent, step)
      // `add` replaces a member that is there, so the same patch fits the object with and without API defaults.
      if (depth === path.length - 1 || next === undefined || next === null) {
        return [{ op: 'add', path: place, value: nest(path.slice(depth + 1), value) }]
      }
      parent = next
    } else return undefined
  }
  return undefined
}

function nest(path: readonly string[], value: JsonValue): JsonValue {
  return path.reduceRight<JsonValue>((inner, step) => ({ [step]: inner }), value)
}
