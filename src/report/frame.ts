import { lineOf } from '../manifest/excerpt.ts'
import { concealContext, concealLine, type ShownLine } from './conceal.ts'
import type { Placed } from '../offline/place.ts'
import type { Color, Paint } from './paint.ts'
import { printable } from './printable.ts'

/** How many characters of a line a frame shows at most; of a longer one (minified JSON) the part around the caret. */
const mostShown = 100

// On a very narrow terminal a frame is rather broken than empty.
const leastShown = 40

/** How wide the numbers of lines are at least, so that the frames of a file stand below each other. */
const numberWidth = 4

/** What a frame shows. */
export interface FrameOptions {
  readonly paint: Paint
  /** The colour of the carets. */
  readonly color: Color
  /** How many characters a line may have; undefined: lines are not broken where they are shown. */
  readonly width: number | undefined
  /** Hide the value and the lines around: they may hold a secret. */
  readonly concealed: boolean
  /** Lines of which other findings hide the value. */
  readonly hidden?: ReadonlySet<number>
}

/**
 * The line of a place with carets under what stands there, and a line of context on each side:
 *
 * ```
 *      4 │ spec:
 *      5 │   storageClassName: fast
 *        │   ^^^^^^^^^^^^^^^^
 *      6 │   accessModes: [ReadWriteOnce]
 * ```
 *
 * Nothing where the lines cannot be shown.
 */
export function codeFrame(
  { line, column, excerpt }: Placed,
  { paint, color, width, concealed, hidden = none }: FrameOptions,
): readonly string[] {
  const source = excerpt === undefined ? undefined : lineOf(excerpt, line)
  if (excerpt === undefined || source === undefined) return []
  const marked = concealed ? concealLine(source, column - 1) : { text: source, column: column - 1 }
  const digits = Math.max(numberWidth, String(concealed ? line : excerpt.first + excerpt.lines.length - 1).length)
  const gutter = (label: string) => paint('dim', `  ${label.padStart(digits)} │`)
  const room = windowOf(marked, width === undefined ? mostShown : width - digits - gutterWidth)
  const context = (number: number) => {
    const text = lineOf(excerpt, number)
    if (concealed || hidden.has(number) || text === undefined || text.trim() === '' || isMarker(text)) return []
    return [`${gutter(String(number))} ${paint('dim', windowed(concealContext(text), room))}`]
  }
  const indent = ' '.repeat(windowedLength(marked.text.slice(0, marked.column), room))
  const marks = visible(firstToken(marked.text.slice(marked.column, room.end)))
  const carets = '^'.repeat(Math.max(1, marks.length))
  return [
    ...context(line - 1),
    `${gutter(String(line))} ${windowed(marked.text, room)}`,
    `${gutter('')} ${indent}${paint(color, carets)}`,
    ...context(line + 1),
  ]
}

const none: ReadonlySet<number> = new Set()

/** How many characters of its line a place marks: a key or a plain value. Undefined where the line cannot be shown. */
export function markLength({ line, column, excerpt }: Placed, concealed: boolean): number | undefined {
  const source = excerpt === undefined ? undefined : lineOf(excerpt, line)
  if (source === undefined) return undefined
  const marked = concealed ? concealLine(source, column - 1) : { text: source, column: column - 1 }
  return Math.max(1, firstToken(marked.text.slice(marked.column)).length)
}

/** A document marker says nothing about the lines on the other side of it. */
function isMarker(text: string): boolean {
  return text.startsWith('---') || text.startsWith('...')
}

/** What of a line is shown: from one column to before another one. */
interface Window {
  readonly start: number
  readonly end: number
}

// "  ", " │ ", and an ellipsis at either end.
const gutterWidth = 7

function windowOf({ text, column }: ShownLine, room: number): Window {
  const size = Math.max(leastShown, Math.min(mostShown, room))
  const start = text.length > size ? Math.max(0, column - Math.floor(size / 2)) : 0
  return { start, end: start + size }
}

function windowed(text: string, { start, end }: Window): string {
  const before = start > 0 ? '…' : ''
  const after = text.length > end ? '…' : ''
  return before + visible(text.slice(start, end).trimEnd()) + after
}

/** How wide the shown part of a text is up to its end, blanks there included. */
function windowedLength(text: string, { start }: Window): number {
  return (start > 0 ? 1 : 0) + visible(text.slice(start)).length
}

function visible(text: string): string {
  return printable(text.replaceAll('\t', '  '))
}

/** The first word of a text: a key, quoted or not, or a plain value. */
function firstToken(text: string): string {
  return /^(?:"[^"]*"|'[^']*'|[^\s:,{}[\]]+)/.exec(text)?.[0] ?? ''
}
