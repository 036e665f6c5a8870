import { isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'

/** What stands in messages for a value that must not be shown. */
export const concealedValue = '(not shown)'

/**
 * A Secret without its values: keys stay, what they hold does not. Annotations go too, for kubectl keeps a copy of the
 * whole object in one of them (last-applied-configuration).
 */
export function concealed(secret: JsonObject): JsonObject {
  const { metadata } = secret
  return {
    ...secret,
    ...(isObject(metadata) ? { metadata: { ...metadata, annotations: masked(metadata['annotations']) } } : {}),
    data: masked(secret['data']),
    stringData: masked(secret['stringData']),
  }
}

function masked(values: JsonValue | undefined): JsonValue | undefined {
  if (values === undefined) return undefined
  return isObject(values) ? Object.fromEntries(Object.keys(values).map((key) => [key, concealedValue])) : concealedValue
}
