import { isArray, isObject, type JsonObject, type JsonValue, member } from '../kubernetes/json.ts'
import { fieldPath, formatPointer, type Pointer } from '../kubernetes/pointer.ts'
import { excerptAt } from './excerpt.ts'
import { DocumentFault } from './fault.ts'
import { wrongKind } from './kind.ts'
import { locator } from './locate.ts'
import type { DocumentText, Manifest, ManifestProblem, ManifestSet, Position, ProblemKind } from './manifest.ts'
import { isObjectArray, parseDocument } from './parse.ts'
import { lineIndex } from './position.ts'
import { splitDocuments, splitJson } from './split.ts'

/** How deep Lists may stand in Lists. kubectl itself refuses the second level. */
const listDepthLimit = 4

const longestKeyShown = 120

/** One document while its objects are gathered. */
interface DocumentReading {
  readonly file: string
  readonly index: number
  readonly document: DocumentText
  readonly locate: (pointer: Pointer) => Position
  readonly manifests: Manifest[]
  readonly problems: ManifestProblem[]
}

/**
 * Reads every Kubernetes object of a text: YAML with any number of documents, one JSON object, an array of objects, or
 * JSON objects one after another. Scalars, keys and merges are read as kubectl reads them. Anything with a list of
 * `items` stands for these items, whatever its kind, as in kubectl. Empty documents are passed over.
 *
 * Never throws: a document that cannot be read becomes a problem, and the others are still read.
 */
export function readManifests(text: string, source: { readonly file: string }): ManifestSet {
  const sets = [...readDocuments(splitDocuments(text), source)]
  return {
    manifests: sets.flatMap(({ manifests }) => manifests),
    problems: sets.flatMap(({ problems }) => problems),
  }
}

/** Like {@link readManifests}, of a file that is already split, one document after another: nothing is kept of it. */
export function* readDocuments(
  documents: Iterable<DocumentText>,
  { file }: { readonly file: string },
): Generator<ManifestSet & { readonly document: DocumentText }, void, undefined> {
  let index = 0
  for (const part of documents) {
    for (const document of startsAsObject(part.text) ? (jsonValues(part) ?? [part]) : [part]) {
      const reading = { file, index, document, locate: lazyLocator(document), manifests: [], problems: [] }
      if (readDocument(reading)) index += 1
      yield reading
    }
  }
}

function startsAsObject(text: string): boolean {
  return /^\s*\{/.test(text)
}

function jsonValues(document: DocumentText): readonly DocumentText[] | undefined {
  const values = splitJson(document)
  // A template may begin with "{{ … }} {{ … }}", which only looks like objects in a row.
  return values?.some(({ text }) => text.startsWith('{{')) === true ? undefined : values
}

/** Reads a document into its reading; whether there was anything in it. */
function readDocument(reading: DocumentReading): boolean {
  const { document } = reading
  const parsed = parseDocument(document)
  if (parsed instanceof DocumentFault) {
    addProblem(reading, parsed.kind, lineIndex(document)(parsed.offset), parsed.message)
    return true
  }
  const { value, duplicate } = parsed
  if (value === undefined || value === null) return false
  if (duplicate !== undefined) {
    const message = `has ${shownKey(duplicate.path)} twice, and only the last one counts; remove one`
    addProblem(reading, 'duplicate-key', lineIndex(document)(duplicate.offset), message)
  }
  if (isObjectArray(value)) readItems(reading, value, '', {}, 1)
  else readObject(reading, value, '', 0)
  return true
}

function shownKey(path: Pointer): string {
  const field = fieldPath(path)
  return field.length > longestKeyShown ? 'the same key' : `the key ${field}`
}

function addProblem(reading: DocumentReading, kind: ProblemKind, position: Position, message: string): void {
  const { file, document, problems } = reading
  problems.push({ file, ...position, kind, message, excerpt: excerptAt(document, position) })
}

/** Reads the positions of a document when the first one is asked for: few documents have anything to report. */
function lazyLocator(document: DocumentText): (pointer: Pointer) => Position {
  let locate: ((pointer: Pointer) => Position) | undefined
  return (pointer) => {
    locate ??= locator(document)
    return locate(pointer)
  }
}

function readObject(reading: DocumentReading, value: JsonValue | undefined, pointer: Pointer, depth: number): void {
  if (!isObject(value)) {
    const message = 'is not a Kubernetes object (a mapping with apiVersion and kind); remove it or correct it'
    addProblem(reading, 'not-an-object', reading.locate(pointer), message)
    return
  }
  const items = Object.hasOwn(value, 'items') ? value['items'] : undefined
  if (isArray(items)) {
    readItems(reading, items, pointer + formatPointer('items'), typeOfItems(value), depth + 1)
    return
  }
  const wrong = wrongKind(value)
  if (wrong !== undefined) {
    addProblem(reading, 'unknown-kind', reading.locate(pointer + formatPointer('kind')), wrong)
    return
  }
  const missing = ['apiVersion', 'kind'].filter((key) => !hasText(value, key))
  if (missing.length > 0) {
    const stated = missing.find((key) => isSet(value, key))
    const message =
      stated === undefined
        ? `has no ${missing.join(' and no ')}, so it is not a Kubernetes object; add what is missing`
        : `has ${isArray(value[stated]) ? 'a list' : 'no text'} as its ${stated}, so it is not a Kubernetes object; write one ${stated}`
    addProblem(reading, 'no-kind', reading.locate(pointer), message)
    return
  }
  const { file, index, document } = reading
  reading.manifests.push({ file, index, pointer, object: value, document })
}

function isSet(object: JsonObject, key: string): boolean {
  const value = member(object, key)
  return value !== undefined && value !== null && value !== ''
}

function hasText(object: JsonObject, key: string): boolean {
  return Object.hasOwn(object, key) && typeof object[key] === 'string' && object[key] !== ''
}

/** What the items of a StorageClassList are: StorageClass, of the same apiVersion. */
function typeOfItems(list: JsonObject): JsonObject {
  const { apiVersion, kind } = list
  return typeof kind === 'string' && typeof apiVersion === 'string'
    ? { apiVersion, kind: kind.replace(/List$/, '') }
    : {}
}

function readItems(
  reading: DocumentReading,
  items: readonly JsonValue[],
  pointer: Pointer,
  type: JsonObject,
  depth: number,
): void {
  if (depth > listDepthLimit) {
    const message = `has Lists in Lists more than ${listDepthLimit} deep; flatten them`
    addProblem(reading, 'too-large', reading.locate(pointer), message)
    return
  }
  for (const [index, item] of items.entries()) {
    // As in kubectl: an item takes its type from the list only where it states neither part itself.
    const isBare = isObject(item) && !hasText(item, 'apiVersion') && !hasText(item, 'kind')
    readObject(reading, isBare ? { ...type, ...item } : item, pointer + formatPointer(index), depth)
  }
}
