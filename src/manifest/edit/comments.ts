import type { Node } from '../tree.ts'
import { scalarsOf } from './style.ts'

/** A comment: where it begins, and its text from the `#` to the end of its line. */
export interface Comment {
  readonly offset: number
  readonly text: string
}

/** The comments of a document, in order. What looks like one inside a scalar is none. */
export function commentsOf(text: string, tree: Node): readonly Comment[] {
  const scalars = [...scalarsOf(tree)].filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start)
  const comments: Comment[] = []
  let begin = 0
  for (const { start, end } of [...scalars, { start: text.length, end: text.length }]) {
    if (start > begin) addComments(text, begin, start, comments)
    begin = Math.max(begin, end)
  }
  return comments
}

function addComments(text: string, begin: number, end: number, into: Comment[]): void {
  for (let at = text.indexOf('#', begin); at >= 0 && at < end; at = text.indexOf('#', at)) {
    if (at > 0 && !/\s/.test(text.charAt(at - 1))) {
      at += 1
      continue
    }
    const lineEnd = text.indexOf('\n', at)
    const stop = lineEnd < 0 ? text.length : lineEnd
    into.push({ offset: at, text: text.slice(at, stop).trimEnd() })
    at = stop
  }
}
