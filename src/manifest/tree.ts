import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  type Event,
  EVENT_ID,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml'
import { depthLimit } from './parse.ts'
import { plainKey } from './scalar.ts'

/*
 * A document as it is written: which text makes which value, for those who have to point at it or change it. It is made
 * of the same parse events as the value (compose.ts), so that both read a document alike.
 */

/** What all nodes have. Offsets are into the document's text, in UTF-16 code units; ends are exclusive. */
interface Written {
  /** Where the node begins, its anchor and its tag included. */
  readonly outset: number
  /** Where its value begins, quotes and brackets included. A value that is left out begins where it would stand. */
  readonly start: number
  readonly end: number
  readonly anchor: string | undefined
}

/** A scalar: quoted, plain or a block of text. */
export interface ScalarNode extends Written {
  readonly type: 'scalar'
  readonly style: 'plain' | 'single' | 'double' | 'block'
  /** Whether nothing at all is written, as after `key:`. */
  readonly omitted: boolean
  /** Whether a block of text keeps the line breaks at its end (`|+`). */
  readonly keepsEnd: boolean
}

/** One entry of a mapping. */
export interface EntryNode {
  readonly key: Node
  /** The key as JSON has it; undefined where it is none (a mapping, say). */
  readonly name: string | undefined
  /** Whether it is `<<`, which brings in the entries of its value. */
  readonly merges: boolean
  readonly value: Node
}

export interface MappingNode extends Written {
  readonly type: 'mapping'
  /** Whether it is written in braces. */
  readonly flow: boolean
  readonly entries: readonly EntryNode[]
}

export interface SequenceNode extends Written {
  readonly type: 'sequence'
  readonly flow: boolean
  readonly items: readonly Node[]
}

export interface AliasNode extends Written {
  readonly type: 'alias'
  /** What it stands for: the last node before it with that anchor. */
  readonly target: Node | undefined
}

export type Node = ScalarNode | MappingNode | SequenceNode | AliasNode

/** The state of reading one document; it lives for one call of `readTree`. */
interface Reading {
  readonly text: string
  readonly events: readonly Event[]
  readonly anchors: Map<string, Node>
  next: number
  /** Where the last thing that was read ends. */
  end: number
}

/** The tree of a document; undefined where it is empty or cannot be read. Never throws. */
export function readTree(text: string): Node | undefined {
  try {
    const events = parseEvents(text, { maxDepth: depthLimit })
    const first = events[1]
    if (first === undefined || first.type === EVENT_ID.POP) return undefined
    return readNode({ text, events, anchors: new Map(), next: 1, end: 0 })
  } catch (error) {
    if (error instanceof YAMLException) return undefined
    throw error
  }
}

/** What an alias stands for; any other node itself. */
export function resolved(node: Node): Node | undefined {
  return node.type === 'alias' ? node.target : node
}

function readNode(reading: Reading): Node {
  const event = reading.events[reading.next]
  reading.next += 1
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return noted(reading, readScalar(reading, event))
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return noted(reading, readCollection(reading, event))
    case EVENT_ID.ALIAS: {
      const name = reading.text.slice(event.anchorStart, event.anchorEnd)
      const start = event.anchorStart - 1
      reading.end = event.anchorEnd
      const target = reading.anchors.get(name)
      return { type: 'alias', outset: start, start, end: event.anchorEnd, anchor: undefined, target }
    }
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
    case undefined:
    default:
      return omittedAt(reading.end)
  }
}

function noted<Kind extends Node>(reading: Reading, node: Kind): Kind {
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, node)
  reading.end = Math.max(reading.end, node.end)
  return node
}

function omittedAt(place: number): ScalarNode {
  const at = { outset: place, start: place, end: place }
  return { type: 'scalar', ...at, anchor: undefined, style: 'plain', omitted: true, keepsEnd: false }
}

type Properties = Pick<ScalarEvent, 'anchorStart' | 'anchorEnd' | 'tagStart'>

/** Where a node begins whose value begins at `start`, and its anchor. */
function propertiesOf({ text }: Reading, event: Properties, start: number): Pick<Written, 'outset' | 'anchor'> {
  const begins = [start]
  // An anchor's offsets leave out the "&".
  if (event.anchorStart >= 0) begins.push(event.anchorStart - 1)
  if (event.tagStart >= 0) begins.push(event.tagStart)
  const anchor = event.anchorStart < 0 ? undefined : text.slice(event.anchorStart, event.anchorEnd)
  return { outset: Math.min(...begins), anchor }
}

const styles = new Map<number, ScalarNode['style']>([
  [SCALAR_STYLE.PLAIN, 'plain'],
  [SCALAR_STYLE.SINGLE_QUOTED, 'single'],
  [SCALAR_STYLE.DOUBLE_QUOTED, 'double'],
])

function readScalar(reading: Reading, event: ScalarEvent): ScalarNode {
  const style = styles.get(event.style) ?? 'block'
  const omitted = event.valueStart < 0
  const quote = style === 'single' || style === 'double' ? 1 : 0
  const start = omitted ? afterProperties(reading, event) : event.valueStart - quote
  const end = omitted ? start : event.valueEnd + quote
  const keepsEnd = style === 'block' && event.chomping === CHOMPING_MODE.KEEP
  return { type: 'scalar', start, end, ...propertiesOf(reading, event, start), style, omitted, keepsEnd }
}

/** Where a value that is left out would stand: behind its anchor or tag, else behind the colon or the dash. */
function afterProperties({ text, end }: Reading, event: ScalarEvent): number {
  const properties = Math.max(event.anchorEnd, event.tagEnd)
  if (properties >= 0) return properties
  const sign = skipBlanks(text, end)
  return ':-?'.includes(text.charAt(sign) || ' ') ? sign + 1 : end
}

/** The first place from `from` on that is neither blank nor in a comment. */
export function skipBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const isComment = text[at] === '#' && (at === 0 || /\s/.test(text.charAt(at - 1)))
    if (isComment) {
      const lineEnd = text.indexOf('\n', at)
      if (lineEnd < 0) return text.length
      at = lineEnd
    } else if (!/\s/.test(text.charAt(at))) return at
    at += 1
  }
  return at
}

function readCollection(
  reading: Reading,
  event: Event & { readonly type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE },
): MappingNode | SequenceNode {
  const { start } = event
  const flow = event.style === COLLECTION_STYLE.FLOW
  const properties = propertiesOf(reading, event, start)
  // An anchor stands for its node inside it, too; kubectl refuses what would go round in circles.
  reading.end = flow ? start + 1 : Math.max(reading.end, start)
  if (event.type === EVENT_ID.MAPPING) {
    const entries: EntryNode[] = []
    while (!atEnd(reading)) entries.push(readEntry(reading))
    reading.next += 1
    return { type: 'mapping', flow, start, ...properties, entries, end: endOf(reading, flow, start) }
  }
  const items: Node[] = []
  while (!atEnd(reading)) items.push(readNode(reading))
  reading.next += 1
  return { type: 'sequence', flow, start, ...properties, items, end: endOf(reading, flow, start) }
}

function atEnd({ events, next }: Reading): boolean {
  const event = events[next]
  return event === undefined || event.type === EVENT_ID.POP
}

function readEntry(reading: Reading): EntryNode {
  const event = reading.events[reading.next]
  const key = readNode(reading)
  const name = nameOf(reading, event, key)
  const merges = key.type === 'scalar' && key.style === 'plain' && reading.text.slice(key.start, key.end) === '<<'
  return { key, name, merges, value: readNode(reading) }
}

function nameOf({ text }: Reading, event: Event | undefined, key: Node): string | undefined {
  if (key.type === 'alias') return key.target?.type === 'scalar' ? aliasedName(text, key.target) : undefined
  if (event?.type !== EVENT_ID.SCALAR) return undefined
  const source = getScalarValue(text, event)
  return event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0 ? plainKey(source) : source
}

// Nobody writes keys as aliases; of those that are not plain words the name is not known.
function aliasedName(text: string, target: ScalarNode): string | undefined {
  return target.style === 'plain' ? plainKey(text.slice(target.start, target.end)) : undefined
}

/** The end of a collection: of what is in it, or behind its bracket. */
function endOf({ text, end }: Reading, flow: boolean, start: number): number {
  if (!flow) return Math.max(end, start)
  const next = skipBlanks(text, end)
  const bracket = text[next] === ',' ? skipBlanks(text, next + 1) : next
  return Math.max(bracket + 1, start)
}
