import { type Arbitrary, boolean, constantFrom, record } from 'fast-check'
import { dump } from 'js-yaml'
import { asObject, asString, type JsonObject, type JsonValue } from '../../src/kubernetes/json.ts'
import { groupKindOf, isNamespaced } from '../../src/kubernetes/kinds.ts'
import { innocentObjects } from './innocents.ts'

/** How an object is hidden in a file. */
export interface Disguise {
  readonly before: readonly JsonObject[]
  readonly after: readonly JsonObject[]
  /** What holds the objects of the file. */
  readonly packing: 'documents' | 'List' | 'List in a List' | 'list of its kind' | 'array' | 'JSON in a row'
  readonly style: 'JSON' | 'spread JSON' | 'block' | 'flow' | 'quoted'
  readonly lineEnd: '\n' | '\r\n'
  /** Whether members that are null stand where templates leave them. */
  readonly nulls: boolean
  /** Whether the object leaves its namespace to the command line. */
  readonly homeless: boolean
}

/** Any way to hide an object in a file. */
export const disguises: Arbitrary<Disguise> = record({
  before: innocentObjects,
  after: innocentObjects,
  packing: constantFrom('documents', 'List', 'List in a List', 'list of its kind', 'array', 'JSON in a row'),
  style: constantFrom('JSON', 'spread JSON', 'block', 'flow', 'quoted'),
  lineEnd: constantFrom('\n', '\r\n'),
  nulls: boolean(),
  homeless: boolean(),
})

/** The text of a file that holds the object, for `check` to read. */
export function fileWith(object: JsonObject, disguise: Disguise): string {
  return packed(writtenForm(object, disguise), disguise).replaceAll('\n', disguise.lineEnd)
}

function packed(object: JsonObject, disguise: Disguise): string {
  const { before, after, packing } = disguise
  const objects = [...before, object, ...after]
  const write = (value: JsonValue): string => textOf(value, disguise)
  switch (packing) {
    case 'documents':
      return `# what we run\n${objects.map(write).join('\n--- # next\n\n---\n')}\n`
    case 'List':
      return write(listOf(objects))
    case 'List in a List':
      return write(listOf([listOf(objects)]))
    case 'list of its kind':
      return write(typedList(object, disguise))
    case 'array':
      return write(objects)
    case 'JSON in a row':
      return objects.map((item) => JSON.stringify(item)).join('\n')
  }
  return packing satisfies never
}

/** The object as a person or a template may write it: the API server makes the same of it. */
function writtenForm(object: JsonObject, { nulls, homeless }: Disguise): JsonObject {
  const { namespace, ...metadata } = asObject(object['metadata'])
  // Of a kind that is not its own, `check` cannot tell whether it has a namespace at all.
  const canOmit = isNamespaced(groupKindOf(object)) === true
  return {
    ...object,
    metadata: {
      ...metadata,
      ...((homeless && canOmit) || namespace === undefined ? {} : { namespace }),
      ...(nulls ? { creationTimestamp: null } : {}),
    },
    ...(nulls ? { status: null } : {}),
  }
}

function listOf(items: readonly JsonObject[]): JsonObject {
  return { apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items }
}

/** A list whose items may leave their type to it, as the API server's own lists do. */
function typedList(object: JsonObject, { before, after }: Disguise): JsonObject {
  const { apiVersion = '', kind = '', ...bare } = object
  return { apiVersion, kind: `${asString(kind) ?? ''}List`, items: [...before, bare, ...after] }
}

function textOf(value: JsonValue, { style }: Disguise): string {
  switch (style) {
    case 'JSON':
      return JSON.stringify(value)
    case 'spread JSON':
      return JSON.stringify(value, undefined, 2)
    case 'block':
      return dump(value)
    case 'flow':
      return dump(value, { flowLevel: 2, noRefs: true })
    case 'quoted':
      return dump(value, { forceQuotes: true, quoteStyle: 'double', noRefs: true, indent: 4 })
  }
  return style satisfies never
}
