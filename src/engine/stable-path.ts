import { asString, isArray, isObject, type JsonObject, type JsonValue, member } from '../kubernetes/json.ts'
import { child, formatPointer, parsePointer, type Pointer } from '../kubernetes/pointer.ts'

/**
 * A pointer with list indices replaced by what tells the items apart: the `name` of an object, a plain value itself.
 * So a violation is found again after something was inserted in front of it. For comparing only.
 */
export function stablePath(object: JsonObject, path: Pointer): string {
  return withIdentities(object, path, (item) => named(item) ?? plain(item))
}

/**
 * As {@link stablePath}, but it holds no plain value, which may be a credential: such an item of a list is `[]`,
 * whichever it is.
 */
export function namedPath(object: JsonObject, path: Pointer): string {
  return withIdentities(object, path, (item) => named(item) ?? (plain(item) === undefined ? undefined : ''))
}

function withIdentities(
  object: JsonObject,
  path: Pointer,
  identity: (item: JsonValue | undefined) => string | undefined,
): string {
  let current: JsonValue | undefined = object
  let stable = ''
  for (const step of parsePointer(path)) {
    const next = child(current, step)
    stable += isArray(current) ? `/[${identity(next) ?? step}]` : formatPointer(step)
    current = next
  }
  return stable
}

function named(item: JsonValue | undefined): string | undefined {
  if (!isObject(item)) return undefined
  // volumeClaimTemplates carry theirs in metadata; mounts of one volume differ by where they are mounted.
  const name = asString(item['name']) ?? asString(member(item['metadata'], 'name'))
  const mountPath = asString(item['mountPath'])
  return name === undefined ? undefined : JSON.stringify([name, mountPath ?? null])
}

function plain(item: JsonValue | undefined): string | undefined {
  return item === undefined || isArray(item) || isObject(item) ? undefined : JSON.stringify(item)
}
