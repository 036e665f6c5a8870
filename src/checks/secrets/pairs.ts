import { isWordCode, matchAt, trimEndOf } from './text.ts'

/** A name before a `=` or `:`. */
export interface NamePart {
  readonly name: string
  readonly start: number
  readonly quoted: boolean
}

/** The value behind a `=` or `:`, without its quotes. */
export interface ValuePart {
  readonly value: string
  readonly quoted: boolean
}

const longestName = 120
const longestGap = 40
const longestQuoted = 2000

export const pairExpressions = {
  /** An unquoted value in the middle of a line. */
  inline: /[^ \t\r\n"'`,;&{}<>[\]()|\\]{0,400}/y,
} as const

/** Reads the name that ends before a separator: a word, or a word in quotes that may be escaped. */
export function readName(text: string, separator: number): NamePart | undefined {
  let end = separator
  while (end > 0 && separator - end < longestGap && isBlankOrMark(text.charCodeAt(end - 1))) end -= 1
  const quote = text.charAt(end - 1)
  const quoted = quote === '"' || quote === "'"
  if (quoted) {
    end -= 1
    while (text.charAt(end - 1) === '\\' && separator - end < longestGap) end -= 1
  }
  let start = end
  while (start > 0 && end - start <= longestName && isNameCode(text.charCodeAt(start - 1))) start -= 1
  if (start === end || end - start > longestName) return undefined
  if (quoted && text.charAt(start - 1) !== quote) return undefined
  while (text.charAt(start) === '-') start += 1
  return start === end ? undefined : { name: text.slice(start, end), start, quoted }
}

/** The name that what begins at an offset is assigned to: `NAME=`, `name: "`. */
export function nameBefore(text: string, offset: number): string | undefined {
  let at = offset - 1
  while (at >= 0 && offset - at < longestGap && ' \t"\'\\'.includes(text.charAt(at))) at -= 1
  return text.charAt(at) === '=' || text.charAt(at) === ':' ? readName(text, at)?.name : undefined
}

/** Blanks, and what `?=` and `+=` have before the sign. */
function isBlankOrMark(code: number): boolean {
  return code === 32 || code === 9 || code === 63 || code === 43
}

/** `A-Z a-z 0-9 _ - . / $ [ ] @`. */
function isNameCode(code: number): boolean {
  return isWordCode(code) || (code >= 45 && code <= 47) || code === 36 || code === 91 || code === 93 || code === 64
}

/**
 * Reads the value that begins behind a separator. `toLineEnd`: the assignment fills its line, so that an unquoted value
 * goes on to the end of it; else it ends at the first blank or bracket.
 */
export function readValue(text: string, separator: number, toLineEnd: boolean): ValuePart | undefined {
  const start = valueStart(text, separator)
  if (start === undefined) return undefined
  return readQuoted(text, start) ?? readBare(text, start, toLineEnd)
}

function valueStart(text: string, separator: number): number | undefined {
  const sign = text.charAt(separator)
  const next = text.charAt(separator + 1)
  // A comparison is no assignment.
  if (sign === '=' && (next === '=' || next === '~' || '!<>='.includes(text.charAt(separator - 1)))) return undefined
  let start = separator + 1
  if (next === '>' || (sign === ':' && (next === '=' || next === ':'))) start += 1
  const limit = start + longestGap
  while (start < limit && (text.charAt(start) === ' ' || text.charAt(start) === '\t')) start += 1
  return start
}

function readQuoted(text: string, start: number): ValuePart | undefined {
  let open = start
  while (text.charAt(open) === '\\' && open - start < 8) open += 1
  const quote = text.charAt(open)
  if (quote !== '"' && quote !== "'") return undefined
  // A value inside an escaped text ends at a quote that is escaped as often as the one it began with.
  const delimiter = text.slice(start, open + 1)
  const window = text.slice(open + 1, open + 1 + longestQuoted)
  let end = window.indexOf(delimiter)
  while (end > 0 && delimiter.length === 1 && window.charAt(end - 1) === '\\' && window.charAt(end - 2) !== '\\') {
    end = window.indexOf(delimiter, end + 1)
  }
  return end < 0 ? undefined : { value: window.slice(0, end), quoted: true }
}

function readBare(text: string, start: number, toLineEnd: boolean): ValuePart {
  if (toLineEnd) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    return { value: trimEndOf(text.slice(start, end).trim(), ',;'), quoted: false }
  }
  return { value: matchAt(pairExpressions.inline, text, start)?.[0] ?? '', quoted: false }
}
