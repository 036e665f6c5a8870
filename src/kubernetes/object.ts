import { asObject, asString, at, isObject, type JsonObject, type JsonValue } from './json.ts'

/** Who an object is: what a person needs to find it again. `namespace` is '' for cluster-scoped objects. */
export interface ObjectReference {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** Reads an object's identity; parts that are absent are ''. A generated name is shown as `web-*`. */
export function referenceOf(object: JsonObject): ObjectReference {
  const metadata = asObject(object['metadata'])
  const generateName = asString(metadata['generateName'])
  return {
    apiVersion: asString(object['apiVersion']) ?? '',
    kind: asString(object['kind']) ?? '',
    namespace: asString(metadata['namespace']) ?? '',
    name: asString(metadata['name']) ?? (generateName === undefined ? '' : `${generateName}*`),
  }
}

/** An object's API group and version: `apps/v1` is group `apps`; `v1` is the core group, ''. */
export function groupVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/')
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) }
}

/** The labels of an object or of an embedded template; only string values count. */
export function labelsOf(object: JsonValue | undefined): Readonly<Record<string, string>> {
  return stringMap(at(object, 'metadata', 'labels'))
}

/** The annotations of an object or of an embedded template; only string values count. */
export function annotationsOf(object: JsonValue | undefined): Readonly<Record<string, string>> {
  return stringMap(at(object, 'metadata', 'annotations'))
}

/** Whether an object is on its way out: metadata.deletionTimestamp is set. */
export function isBeingDeleted(object: JsonValue | undefined): boolean {
  return asString(at(object, 'metadata', 'deletionTimestamp')) !== undefined
}

const none: Readonly<Record<string, string>> = Object.freeze(Object.create(null))

function stringMap(value: JsonValue | undefined): Readonly<Record<string, string>> {
  if (!isObject(value)) return none
  // Without a prototype, so that a label called "constructor" is only ever a label.
  const map: Record<string, string> = Object.create(null)
  for (const [key, item] of Object.entries(value)) if (typeof item === 'string') map[key] = item
  return map
}
