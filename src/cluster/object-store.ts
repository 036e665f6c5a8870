import { deepEqual, type JsonObject } from '../kubernetes/json.ts'
import { referenceOf } from '../kubernetes/object.ts'

/** The objects of one kind at one moment. */
export interface Objects {
  get(namespace: string, name: string): JsonObject | undefined
  /** In the order of namespace and name. */
  list(): readonly JsonObject[]
}

/** The objects of one kind as they come and go; those without a name are passed over. */
export interface ObjectStore {
  /** Takes these in place of all others. */
  replace(objects: Iterable<JsonObject>): void
  put(object: JsonObject): void
  remove(object: JsonObject): void
  /** What is there now. The same value as long as nothing changes. */
  current(): Objects
}

/** Makes an empty store. An object that comes again unchanged is no change. */
export function createObjectStore(): ObjectStore {
  let byKey = new Map<string, JsonObject>()
  let current: Objects | undefined

  // Whoever was given the map keeps it as it is: the first change after that is made to a copy.
  function changing(): Map<string, JsonObject> {
    if (current !== undefined) {
      byKey = new Map(byKey)
      current = undefined
    }
    return byKey
  }

  return {
    replace(objects) {
      const replacement = new Map<string, JsonObject>()
      for (const object of objects) {
        const key = keyOf(object)
        if (key !== undefined) replacement.set(key, object)
      }
      if (sameObjects(byKey, replacement)) return
      byKey = replacement
      current = undefined
    },
    put(object) {
      const key = keyOf(object)
      if (key !== undefined && !deepEqual(byKey.get(key), object)) changing().set(key, object)
    },
    remove(object) {
      const key = keyOf(object)
      if (key !== undefined && byKey.has(key)) changing().delete(key)
    },
    current: () => (current ??= objectsOf(byKey)),
  }
}

function objectsOf(byKey: ReadonlyMap<string, JsonObject>): Objects {
  let sorted: readonly JsonObject[] | undefined
  return {
    get: (namespace, name) => byKey.get(`${namespace}/${name}`),
    list: () => (sorted ??= [...byKey].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, object]) => object)),
  }
}

function sameObjects(left: ReadonlyMap<string, JsonObject>, right: ReadonlyMap<string, JsonObject>): boolean {
  if (left.size !== right.size) return false
  for (const [key, object] of left) if (!deepEqual(object, right.get(key))) return false
  return true
}

function keyOf(object: JsonObject): string | undefined {
  const { namespace, name } = referenceOf(object)
  return name === '' ? undefined : `${namespace}/${name}`
}
