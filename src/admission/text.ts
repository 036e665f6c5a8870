/**
 * What must not reach a terminal or an HTTP header as it is: control characters (C0, DEL, C1), the line and paragraph
 * separators of Unicode, and the characters that turn the reading direction (a value could disguise itself with them).
 */
const unsafe = /[ \p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

const unsafeInLines = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

const highSurrogate = /[\ud800-\udbff]/

const surrogatePair = /[\ud800-\udbff][\udc00-\udfff]/g

// Nearly every text is a line of plain ASCII already, and looking is cheaper than replacing.
const plainLine = /^[!-~]+(?: [!-~]+)*$/

/** A text as one line: runs of spaces and unsafe characters become one space, both ends are trimmed. */
export function oneLine(text: string): string {
  if (plainLine.test(text)) return text
  return text.toWellFormed().replace(unsafe, ' ').trim()
}

/**
 * A text of several lines, without empty lines at either end: tools that show only the first line then show something.
 * Line breaks and indentation stay, every other unsafe character becomes a space.
 */
export function cleanLines(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .toWellFormed()
    .split('\n')
    .map((line) => line.replace(unsafeInLines, ' ').trimEnd())
    .join('\n')
    .trim()
}

/** The beginning of a text that has at most so many characters (code points); a cut is shown by an ellipsis. */
export function truncateCharacters(text: string, maxCharacters: number): string {
  // A character has at least one code unit, so a text with few units needs no counting.
  if (text.length <= maxCharacters || characterCount(text) <= maxCharacters) return text
  let kept = ''
  let count = 1
  for (const character of text) {
    if (count >= maxCharacters) break
    kept += character
    count += 1
  }
  return `${kept.trimEnd()}…`
}

/** The number of characters (code points, Go's runes) of a text. */
export function characterCount(text: string): number {
  if (!highSurrogate.test(text)) return text.length
  let count = text.length
  for (const pair of text.matchAll(surrogatePair)) count -= pair.length
  return count
}

/**
 * The beginning of a text that has at most so many bytes in UTF-8, cut between characters. `maxBytes` is not negative.
 */
export function truncateUtf8(text: string, maxBytes: number): string {
  // A code unit takes at most three bytes (a pair of them takes four).
  if (text.length * 3 <= maxBytes) return text
  // encodeInto never writes a part of a character.
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes))
  return text.slice(0, read)
}

/** Stands where a value may not be shown, as it may be a credential: for a field that nobody knows, say. */
export const notShown = 'not shown'
