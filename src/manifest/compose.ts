import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml'
import { isArray, isObject, type JsonValue } from '../kubernetes/json.ts'
import { formatPointer, type Pointer, type Step } from '../kubernetes/pointer.ts'
import { DocumentFault } from './fault.ts'
import { plainKey, readPlain } from './scalar.ts'
import { readTagged } from './tag.ts'

/** A document's value (undefined where it is empty) and where it first repeats a key, if it does. */
export interface Composed {
  readonly value: JsonValue | undefined
  readonly duplicate: Duplicate | undefined
}

/** A key that is written a second time, and where in the text that is. */
export interface Duplicate {
  readonly path: Pointer
  readonly offset: number
}

/**
 * How many values a document may hold once its aliases are written out. An object of more could not be stored: the API
 * server takes 3 MiB a request. It stops the "billion laughs", where 30 lines stand for 10^9 values.
 */
export const valueLimit = 1_000_000

/** The state of reading one document; it lives for one call of `compose`. */
interface Composition {
  readonly events: readonly Event[]
  readonly source: string
  /** What each anchor stands for; undefined while its value is being read. */
  readonly anchors: Map<string, { readonly value: JsonValue; readonly size: number } | undefined>
  next: number
  size: number
  duplicate: Duplicate | undefined
}

/**
 * Makes the JSON value of a document from js-yaml's parse events, as kubectl does where YAML readers differ: plain
 * scalars (see readPlain), keys as text, keys and merges (`<<`) in the order they are written with the last one
 * winning, unknown tags ignored. Throws a DocumentFault on what kubectl refuses.
 */
export function compose(source: string, events: readonly Event[]): Composed {
  const first = events[0]
  if (first === undefined) return { value: undefined, duplicate: undefined }
  const state: Composition = { events, source, anchors: new Map(), next: 1, size: 0, duplicate: undefined }
  const value = events[1]?.type === EVENT_ID.POP ? undefined : readNode(state)
  if (events.length > state.next + 1) {
    throw new DocumentFault(
      'syntax',
      source.length,
      'holds a second document; put "---" on a line of its own before it',
    )
  }
  return { value, duplicate: state.duplicate }
}

function readNode(state: Composition): JsonValue {
  const event = state.events[state.next]
  state.next += 1
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return anchored(state, event, () => readScalar(state, event))
    case EVENT_ID.SEQUENCE:
      return anchored(state, event, () => readSequence(state))
    case EVENT_ID.MAPPING:
      return anchored(state, event, () => readMapping(state))
    case EVENT_ID.ALIAS:
      return readAlias(state, event.anchorStart, event.anchorEnd)
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
    case undefined:
    default:
      throw new DocumentFault('syntax', state.source.length, 'ends too early; correct it')
  }
}

function anchored(
  state: Composition,
  event: { readonly anchorStart: number; readonly anchorEnd: number },
  read: () => JsonValue,
): JsonValue {
  const before = state.size
  grow(state, 1, event.anchorStart)
  if (event.anchorStart < 0) return read()
  const name = state.source.slice(event.anchorStart, event.anchorEnd)
  state.anchors.set(name, undefined)
  const value = read()
  state.anchors.set(name, { value, size: state.size - before })
  return value
}

function grow(state: Composition, by: number, offset: number): void {
  state.size += by
  if (state.size > valueLimit) {
    throw new DocumentFault(
      'too-large',
      Math.max(offset, 0),
      `holds more than ${valueLimit.toLocaleString('en')} values; split it, or use fewer aliases`,
    )
  }
}

function readAlias(state: Composition, start: number, end: number): JsonValue {
  const name = state.source.slice(start, end)
  const anchor = state.anchors.get(name)
  if (anchor !== undefined) {
    grow(state, anchor.size, start - 1)
    return anchor.value
  }
  const isOpen = state.anchors.has(name)
  const message = isOpen ? 'has an alias inside its own anchor; write the value out' : 'has an alias without an anchor'
  throw new DocumentFault('syntax', start - 1, isOpen ? message : `${message}; define it before it is used`)
}

function readScalar(state: Composition, event: ScalarEvent): JsonValue {
  const source = getScalarValue(state.source, event)
  if (event.tagStart >= 0) {
    return readTagged(source, { tag: state.source.slice(event.tagStart, event.tagEnd), offset: event.tagStart })
  }
  if (event.style !== SCALAR_STYLE.PLAIN) return source
  const value = readPlain(source)
  if (value !== undefined) return value
  throw new DocumentFault('syntax', event.valueStart, 'has a number that JSON cannot hold (infinity or NaN); quote it')
}

function readSequence(state: Composition): JsonValue {
  const items: JsonValue[] = []
  while (!atEnd(state)) items.push(readUnder(state, items.length))
  state.next += 1
  return items
}

function atEnd(state: Composition): boolean {
  return state.events[state.next]?.type === EVENT_ID.POP
}

function readMapping(state: Composition): JsonValue {
  const object: Record<string, JsonValue> = {}
  let written: Set<string> | undefined
  while (!atEnd(state)) {
    const event = state.events[state.next]
    const offset = offsetOf(event)
    if (isMergeKey(state, event)) {
      state.next += 1
      // A key that a merge brought in may be written again: only keys written twice are a mistake.
      written ??= new Set(Object.keys(object))
      merge(state, object, readUnder(state, '<<'), offset)
      continue
    }
    const key = readKey(state, event)
    const isRepeated = written === undefined ? Object.hasOwn(object, key) : written.has(key)
    if (isRepeated) state.duplicate ??= { path: formatPointer(key), offset }
    written?.add(key)
    put(object, key, readUnder(state, key))
  }
  state.next += 1
  return object
}

/** Reads what is under a key or at an index. A duplicate found in it learns on the way back where it is. */
function readUnder(state: Composition, step: Step): JsonValue {
  const { duplicate: before } = state
  const value = readNode(state)
  const { duplicate } = state
  if (duplicate !== before && duplicate !== undefined) {
    state.duplicate = { ...duplicate, path: formatPointer(step) + duplicate.path }
  }
  return value
}

/** Sets an own key. `object.__proto__ = value` would set the prototype instead. */
function put(object: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key !== '__proto__') object[key] = value
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
}

function isMergeKey(state: Composition, event: Event | undefined): boolean {
  if (event?.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN) return false
  if (event.valueEnd - event.valueStart !== 2 || !state.source.startsWith('<<', event.valueStart)) return false
  return event.tagStart < 0 || state.source.slice(event.tagStart, event.tagEnd) === '!!merge'
}

function readKey(state: Composition, event: Event | undefined): string {
  if (event?.type === EVENT_ID.SCALAR && event.tagStart < 0 && event.anchorStart < 0) {
    state.next += 1
    const source = getScalarValue(state.source, event)
    const key = event.style === SCALAR_STYLE.PLAIN ? plainKey(source) : source
    if (key !== undefined) return key
  } else {
    const value = readNode(state)
    if (value !== null && typeof value !== 'object') return String(value)
  }
  throw new DocumentFault('syntax', offsetOf(event), 'has a key that is not text; quote it')
}

function offsetOf(event: Event | undefined): number {
  if (event === undefined) return 0
  if ('valueStart' in event && event.valueStart >= 0) return event.valueStart
  if ('start' in event) return event.start
  return 'anchorStart' in event ? Math.max(event.anchorStart, 0) : 0
}

/** Of several mappings to merge the first wins, but over what stands before the merge key they all do (go-yaml v2). */
function merge(state: Composition, object: Record<string, JsonValue>, value: JsonValue, offset: number): void {
  const sources = isArray(value) ? value.toReversed() : [value]
  for (const source of sources) {
    if (!isObject(source))
      throw new DocumentFault('syntax', offset, 'merges (<<) what is not a mapping; name a mapping')
    for (const [key, item] of Object.entries(source)) {
      grow(state, 1, offset)
      if (item !== undefined) put(object, key, item)
    }
  }
}
