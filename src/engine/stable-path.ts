import { asString, isArray, isObject, type JsonObject, type JsonValue, member } from '../kubernetes/json.ts'
import { child, formatPointer, parsePointer, type Pointer } from '../kubernetes/pointer.ts'

/**
 * A pointer with list indices replaced by what tells the items apart: the `name` of an object, a plain value itself.
 * So a violation is found again after something was inserted in front of it. For comparing only.
 */
export function stablePath(object: JsonObject, path: Pointer): string {
  let current: JsonValue | undefined = object
  let stable = ''
  for (const step of parsePointer(path)) {
    const next = child(current, step)
    stable += isArray(current) ? `/[${identity(next) ?? step}]` : formatPointer(step)
    current = next
  }
  return stable
}

function identity(item: JsonValue | undefined): string | undefined {
  if (isObject(item)) {
    // volumeClaimTemplates carry theirs in metadata; mounts of one volume differ by where they are mounted.
    const name = asString(item['name']) ?? asString(member(item['metadata'], 'name'))
    const mountPath = asString(item['mountPath'])
    return name === undefined ? undefined : JSON.stringify([name, mountPath ?? null])
  }
  return item === undefined || isArray(item) ? undefined : JSON.stringify(item)
}
