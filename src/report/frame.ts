import type { Position } from '../manifest/manifest.ts'
import { concealContext, concealLine } from './conceal.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'

/** How many characters of a line a frame shows; of a longer one (minified JSON) the part around the caret. */
const frameWidth = 100

/** What a frame shows. */
export interface FrameOptions {
  readonly paint: Paint
  /** Hide the value and the lines around: they may hold a secret. */
  readonly concealed: boolean
  /** Lines of which other findings hide the value. */
  readonly hidden?: ReadonlySet<number>
}

/**
 * The line of a place with carets under what stands there, and a line of context on each side:
 *
 * ```
 *   4 │ spec:
 *   5 │   storageClassName: fast
 *     │   ^^^^^^^^^^^^^^^^
 *   6 │   accessModes: [ReadWriteOnce]
 * ```
 *
 * Nothing where the source has no such line. `lines` are the file's, without their line breaks.
 */
export function codeFrame(
  lines: readonly string[],
  { line, column }: Position,
  { paint, concealed, hidden = none }: FrameOptions,
): readonly string[] {
  const source = lines[line - 1]
  if (source === undefined) return []
  const marked = concealed ? concealLine(source, column - 1) : { text: source, column: column - 1 }
  const from = marked.text.length > frameWidth ? Math.max(0, marked.column - frameWidth / 2) : 0
  const width = String(concealed ? line : Math.min(line + 1, lines.length)).length + 2
  const gutter = (label: string) => paint('dim', `${label.padStart(width)} │`)
  const context = (number: number) => {
    const text = lines[number - 1]
    if (concealed || hidden.has(number) || text === undefined || text.trim() === '' || isMarker(text)) return []
    return [`${gutter(String(number))} ${paint('dim', excerpt(concealContext(text), from))}`]
  }
  const indent = ' '.repeat(excerptLength(marked.text.slice(0, marked.column), from))
  const carets = '^'.repeat(tokenLength(marked.text.slice(marked.column, marked.column + frameWidth / 2)))
  return [
    ...context(line - 1),
    `${gutter(String(line))} ${excerpt(marked.text, from)}`,
    `${gutter('')} ${indent}${paint('red', carets)}`,
    ...context(line + 1),
  ]
}

const none: ReadonlySet<number> = new Set()

/** A document marker says nothing about the lines on the other side of it. */
function isMarker(text: string): boolean {
  return text.startsWith('---') || text.startsWith('...')
}

function excerpt(text: string, from: number): string {
  const before = from > 0 ? '…' : ''
  const after = text.length > from + frameWidth ? '…' : ''
  return before + visible(text.slice(from, from + frameWidth).trimEnd()) + after
}

/** How wide the excerpt of a text is up to its end, blanks there included. */
function excerptLength(text: string, from: number): number {
  return (from > 0 ? 1 : 0) + visible(text.slice(from)).length
}

function visible(text: string): string {
  return printable(text.replaceAll('\t', '  '))
}

/** How much of a text is its first word: a key, quoted or not, or a plain value. */
function tokenLength(text: string): number {
  const token = /^(?:"[^"]*"|'[^']*'|[^\s:,{}[\]]+)/.exec(text)
  return Math.max(1, visible(token?.[0] ?? '').length)
}
