/** A line as a frame shows it, and the 0-based column of what it points at. */
export interface ShownLine {
  readonly text: string
  readonly column: number
}

/** Words in a key that announce a value nobody should read in a log. */
const sensitiveWords = ['value', 'pass', 'pwd', 'secret', 'token', 'key', 'credential', 'auth', 'cert']

/**
 * A line without the values on it: `  password: hunter2` with the place at the key is `  password: …`. Only blanks
 * and dashes before the place, and the key that begins there, are kept.
 */
export function concealLine(text: string, column: number): ShownLine {
  const before = text.slice(0, column)
  const kept = /^[\s-]*$/.test(before) ? before : '… '
  return { text: kept + (keyAt(text, column) ?? '…'), column: kept.length }
}

/** The 0-based column of the key that a line begins with; undefined where it begins with a value. */
export function keyColumn(text: string): number | undefined {
  const column = text.search(/[^\s-]/)
  return keyAt(text, column) === undefined ? undefined : column
}

/** The key that begins at a column, with an ellipsis for its value; undefined where a value begins there. */
function keyAt(text: string, column: number): string | undefined {
  const rest = text.slice(column)
  const key = /^(?:"[^"]*"|'[^']*')/.exec(rest)?.[0] ?? /^[^\s:,{}[\]"']+(?=:\s|:$)/.exec(rest)?.[0]
  return key !== undefined && rest.startsWith(':', key.length) ? `${key}: …` : undefined
}

/**
 * A line of context: shown as it is where its key is an everyday one. The values of keys such as `value` or
 * `password` are left out, and so is text without a key, which may be the inside of a block of text.
 */
export function concealContext(text: string): string {
  const colon = text.indexOf(':')
  const label = (colon < 0 ? text : text.slice(0, colon)).trim().toLowerCase()
  const isSensitive = sensitiveWords.some((word) => label.includes(word))
  if (colon >= 0) return isSensitive && text.slice(colon + 1).trim() !== '' ? `${text.slice(0, colon)}: …` : text
  const isItem = /^[-#{}[\]"]/.test(label) && !isSensitive
  return isItem ? text : `${text.slice(0, text.length - text.trimStart().length)}…`
}
