import { isArray, isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'

/** What stands for a text inside an object. */
const left = '…'

/**
 * A value as messages and reports may quote it: a plain value or a list of them as it is, an object without the texts in
 * it. What a rule points at is its business; what else stands in the same object may be a credential, as in the options
 * of a flexVolume.
 */
export function quotable(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map((item) => (isObject(item) ? withoutTexts(item) : quotable(item)))
  return isObject(value) ? withoutTexts(value) : value
}

function withoutTexts(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, item === undefined ? item : bare(item)]))
}

function bare(value: JsonValue): JsonValue {
  if (typeof value === 'string') return left
  if (isArray(value)) return value.map(bare)
  return isObject(value) ? withoutTexts(value) : value
}
