import type { JsonValue } from '../../kubernetes/json.ts'
import { CelError } from './error.ts'
import {
  doubleOf,
  entryOf,
  isDouble,
  isInt,
  isList,
  isMap,
  keysOf,
  Optional,
  TypeValue,
  typeNameOf,
  Uint,
} from './values.ts'

/**
 * A CEL value as plain JSON: integers as numbers (beyond 2^53 rounded, as JSON readers do), map keys as texts, an
 * optional as its value or null, a type as its name. Throws {@link CelError} for what JSON cannot say.
 */
export function toJson(value: unknown): JsonValue {
  // Mostly a part of the judged object, which is JSON already and never changes: no copy of it then.
  return isPlainJson(value) ? value : converted(value)
}

function isPlainJson(value: unknown): value is JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (isList(value)) return value.every(isPlainJson)
  if (value instanceof Map || !isMap(value)) return false
  return keysOf(value).every((key) => isPlainJson(entryOf(value, key)))
}

function converted(value: unknown): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (isInt(value)) return Number(value)
  if (isDouble(value)) return finite(doubleOf(value))
  if (isList(value)) return value.map(converted)
  if (value instanceof Uint) return Number(value.value)
  if (value instanceof Optional) return value.value === undefined ? null : converted(value.value)
  if (value instanceof TypeValue) return value.name
  if (!isMap(value)) throw new CelError(`a value of type ${typeNameOf(value)} cannot be written as JSON`)
  return Object.fromEntries(keysOf(value).map((key) => [String(key), converted(entryOf(value, key))]))
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new CelError('a double that is not finite cannot be written as JSON')
  return value
}
