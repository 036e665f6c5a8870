/** A JSON value as `JSON.parse` gives it. Nothing in the pure layers changes one in place. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject

/** A JSON object: own enumerable keys only, read with {@link member}. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined
}

/** Whether a value is a JSON object (not null, not an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is of a JSON type at its outermost; what expressions give back is JSON all through if it is. */
export function isJsonValue(value: unknown): value is JsonValue {
  return value === null || ['string', 'number', 'boolean', 'object'].includes(typeof value)
}

/** Whether a value is a JSON array. */
export function isArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/**
 * The member of an object under a key, or undefined where the value is no object or has no such own key.
 * Own keys only: `member(labels, 'constructor')` is undefined, not a function.
 */
export function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** Follows keys from object to object; undefined as soon as one is absent. */
export function at(value: JsonValue | undefined, ...keys: readonly string[]): JsonValue | undefined {
  let current = value
  for (const key of keys) current = member(current, key)
  return current
}

/** The value where it is a string, else undefined. */
export function asString(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The value where it is an array, else an empty one: what a loop over an optional list needs. */
export function asArray(value: JsonValue | undefined): readonly JsonValue[] {
  return isArray(value) ? value : []
}

/** The value where it is an object, else an empty one. */
export function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}

// No object of Kubernetes is nested anywhere near as deep, and recursion to it is safe.
const comparedDepth = 1000

/**
 * Whether two JSON values are the same, the order of object keys aside. Absent and undefined are the same. Values nested
 * more than 1,000 levels deep are taken to differ.
 */
export function deepEqual(left: JsonValue | undefined, right: JsonValue | undefined, depth = comparedDepth): boolean {
  if (left === right) return true
  if (depth === 0) return false
  if (isArray(left)) {
    return (
      isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => deepEqual(item, right[index], depth - 1))
    )
  }
  if (!isObject(left) || !isObject(right)) return false
  const leftKeys = definedKeys(left)
  return (
    leftKeys.length === definedKeys(right).length &&
    leftKeys.every((key) => Object.hasOwn(right, key) && deepEqual(left[key], right[key], depth - 1))
  )
}

function definedKeys(object: JsonObject): readonly string[] {
  return Object.keys(object).filter((key) => object[key] !== undefined)
}
