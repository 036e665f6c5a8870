import { asArray, asString, isObject, type JsonObject, type JsonValue, member } from './json.ts'
import { annotationsOf } from './object.ts'

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * What people stated of an object that the API server has filled defaults into: its last-applied-configuration
 * (client-side apply), else the fields that appliers own (server-side apply: metadata.managedFields, operation Apply).
 * Undefined where neither is there, as after `kubectl create`: what was stated cannot be told then.
 *
 * Lists come whole where an applier owns anything in them. Source: Kubernetes' "Server-Side Apply", FieldsV1.
 */
export function statedPart(object: JsonObject): JsonObject | undefined {
  const text = annotationsOf(object)[lastApplied]
  if (text !== undefined) return parseObject(text)
  let stated: JsonObject | undefined
  for (const entry of asArray(member(member(object, 'metadata'), 'managedFields'))) {
    if (asString(member(entry, 'operation')) !== 'Apply') continue
    const owned = ownedPart(object, member(entry, 'fieldsV1'))
    if (isObject(owned)) stated = stated === undefined ? owned : merged(stated, owned)
  }
  return stated
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The part of a value that a FieldsV1 tree names: `f:NAME` is a member; an empty tree is the whole value. */
function ownedPart(value: JsonValue | undefined, fields: JsonValue | undefined): JsonValue | undefined {
  if (!isObject(value) || !isObject(fields)) return value
  const names = Object.keys(fields).filter((key) => key.startsWith('f:'))
  if (names.length === 0) return value
  const part: Record<string, JsonValue> = Object.create(null)
  for (const name of names) {
    const key = name.slice(2)
    const owned = ownedPart(member(value, key), fields[name])
    if (owned !== undefined) part[key] = owned
  }
  return { ...part }
}

function merged(left: JsonObject, right: JsonObject): JsonObject {
  const both: Record<string, JsonValue | undefined> = { ...left }
  for (const [key, value] of Object.entries(right)) {
    const present = both[key]
    both[key] = isObject(present) && isObject(value) ? merged(present, value) : value
  }
  return both
}
