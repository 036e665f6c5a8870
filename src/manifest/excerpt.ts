import type { DocumentText, Excerpt, Position } from './manifest.ts'

/** The line of a place in a document's file, with the one before and the one after where the document has them. */
export function excerptAt(document: DocumentText, { line }: Position): Excerpt {
  const { text, start } = document
  const wanted = line - start.line
  const lines: string[] = []
  let begin = 0
  for (let number = 0; number <= wanted + 1 && begin <= text.length; number += 1) {
    const found = text.indexOf('\n', begin)
    const end = found < 0 ? text.length : found
    if (number >= wanted - 1) lines.push(text.slice(begin, end).replace(/\r$/, ''))
    begin = end + 1
  }
  return { first: Math.max(start.line, line - 1), lines }
}

/** A line of an excerpt by its number in the file; undefined outside it. */
export function lineOf({ first, lines }: Excerpt, number: number): string | undefined {
  return lines[number - first]
}
