import { COLLECTION_STYLE, EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml'

/** A part of a text, from its first character to the one after its last. */
interface Range {
  readonly start: number
  readonly end: number
  readonly isPlain: boolean
}

/**
 * Where a line that is blank or a comment is indented with a tab; -1: nowhere. js-yaml passes over it; kubectl's reader
 * refuses the document ("found character that cannot start any token"), which was measured with kubectl 1.32. In scalars
 * and flow collections it takes tabs, and after a plain scalar in all columns that could continue it.
 */
export function tabOnBlankLine(source: string, events: readonly Event[]): number {
  if (!/^ *\t[ \t]*(?:#.*)?$/m.test(source)) return -1
  const ranges = rangesThatTakeTabs(source, events)
  let next = 0
  let indentation = 0
  for (let start = 0; start < source.length; start = endOfLine(source, start)) {
    while ((ranges[next]?.end ?? source.length) <= start) next += 1
    const isInside = (ranges[next]?.start ?? source.length) < start
    const spaces = countFrom(source, start, ' ')
    const blanks = countFrom(source, start, ' \t')
    const isBlank = '\r\n#'.includes(source.charAt(start + blanks))
    const limit = canContinue(source, ranges[next - 1]) ? indentation : blanks
    if (!isBlank) indentation = isInside ? 0 : spaces
    else if (spaces < blanks && spaces <= limit && !isInside) return start + spaces
  }
  return -1
}

/** Whether a line that is indented more would belong to what stands before: to a plain scalar that is no key. */
function canContinue(source: string, before: Range | undefined): boolean {
  if (before?.isPlain !== true) return false
  return source[before.end + countFrom(source, before.end, ' \t')] !== ':'
}

function endOfLine(source: string, start: number): number {
  const end = source.indexOf('\n', start)
  return end < 0 ? source.length : end + 1
}

function countFrom(source: string, start: number, characters: string): number {
  let at = start
  while (at < source.length && characters.includes(source.charAt(at))) at += 1
  return at - start
}

/** Scalars and outermost flow collections, in the order of the text. A collection ends at the latest where the next event is. */
function rangesThatTakeTabs(source: string, events: readonly Event[]): readonly Range[] {
  const ranges: Range[] = []
  let flow = { start: -1, depth: 0 }
  for (const event of events) {
    const start = startOf(event)
    if (flow.start >= 0 && flow.depth === 0 && start >= 0) {
      ranges.push({ start: flow.start, end: start, isPlain: false })
      flow = { start: -1, depth: 0 }
    }
    if (flow.depth > 0) flow.depth += depthChange(event)
    else if (isFlow(event)) flow = { start, depth: 1 }
    else if (event.type === EVENT_ID.SCALAR && event.valueEnd > start) {
      ranges.push({ start, end: event.valueEnd, isPlain: event.style === SCALAR_STYLE.PLAIN })
    }
  }
  return flow.start < 0 ? ranges : [...ranges, { start: flow.start, end: source.length, isPlain: false }]
}

function isFlow(event: Event): boolean {
  return 'style' in event && event.type !== EVENT_ID.SCALAR && event.style === COLLECTION_STYLE.FLOW
}

function depthChange({ type }: Event): number {
  if (type === EVENT_ID.POP) return -1
  return type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE ? 1 : 0
}

function startOf(event: Event): number {
  if ('valueStart' in event) return event.valueStart
  if ('start' in event) return event.start
  return 'anchorStart' in event ? event.anchorStart : -1
}
