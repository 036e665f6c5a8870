import type { Position } from './manifest.ts'

/** One replacement in a file's text. */
export interface TextEdit {
  /** How many UTF-16 code units of the file come before it, a byte order mark included. */
  readonly offset: number
  /** How many of them are replaced; 0: something is inserted. */
  readonly length: number
  readonly text: string
  /** The position of its first character and the one after its last. */
  readonly start: Position
  readonly end: Position
}

/** A text with edits made. They must not overlap; their order does not matter. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = []
  let done = 0
  for (const { offset, length, text: replacement } of edits.toSorted((left, right) => left.offset - right.offset)) {
    parts.push(text.slice(done, offset), replacement)
    done = offset + length
  }
  return parts.concat(text.slice(done)).join('')
}
