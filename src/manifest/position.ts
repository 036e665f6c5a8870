import type { DocumentText, Position } from './manifest.ts'

/**
 * Finds a document's line breaks once and answers with the position in the file of any offset into its text; an offset
 * beyond the text is its nearest end.
 */
export function lineIndex({ text, start }: DocumentText): (offset: number) => Position {
  const lineStarts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1)
  return (offset) => {
    const end = Math.min(Math.max(offset, 0), text.length)
    const line = lastAtMost(lineStarts, end)
    const lineStart = lineStarts[line] ?? 0
    return { line: start.line + line, column: end - lineStart + (line === 0 ? start.column : 1) }
  }
}

/** The index of the last of ascending numbers, the first of which is 0, that is no more than `limit`. */
function lastAtMost(ascending: readonly number[], limit: number): number {
  let low = 0
  let high = ascending.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((ascending[middle] ?? 0) <= limit) low = middle
    else high = middle - 1
  }
  return low
}
