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
  if (isObject(value)) return withoutNulls(value)
  if (!isArray(value)) return value
  const items = value.map(cleaned)
  return items.every((item, index) => item === value[index]) ? value : items
}
