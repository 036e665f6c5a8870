import type { AdmissionRequest } from '../admission/request.ts'
import { isArray, isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import { namespaceOf } from '../kubernetes/kinds.ts'

/**
 * The request that applying a manifest for the first time would make. As with kubectl, an object without a namespace
 * goes to the given one; nobody is named as the user.
 */
export function requestFor(object: JsonObject, defaultNamespace: string): AdmissionRequest {
  return {
    uid: '',
    operation: 'CREATE',
    namespace: namespaceOf(object, defaultNamespace),
    object: withoutNulls(object),
    written: object,
    oldObject: undefined,
    subResource: '',
    userInfo: { username: '', groups: [] },
    dryRun: true,
  }
}

// A member that is null is as good as absent: the API server drops it, and templates leave many behind.
function withoutNulls(object: JsonObject): JsonObject {
  return holdsNull(object) ? cleanedObject(object) : object
}

// Most manifests hold none, and looking is cheaper than copying.
function holdsNull(value: JsonValue | undefined): boolean {
  if (value === null || value === undefined) return true
  if (isArray(value)) return value.some(holdsNull)
  if (!isObject(value)) return false
  for (const key in value) if (Object.hasOwn(value, key) && holdsNull(value[key])) return true
  return false
}

function cleanedObject(object: JsonObject): JsonObject {
  let changed = false
  const kept: [string, JsonValue][] = []
  for (const [key, value] of Object.entries(object)) {
    const next = value === undefined || value === null ? undefined : cleaned(value)
    if (next !== value) changed = true
    if (next !== undefined) kept.push([key, next])
  }
  return changed ? Object.fromEntries(kept) : object
}

function cleaned(value: JsonValue): JsonValue {
  if (isObject(value)) return cleanedObject(value)
  if (!isArray(value)) return value
  const items = value.map(cleaned)
  return items.every((item, index) => item === value[index]) ? value : items
}
