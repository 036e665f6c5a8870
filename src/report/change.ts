import { lineOf } from '../manifest/excerpt.ts'
import type { Excerpt } from '../manifest/manifest.ts'
import type { Position } from '../manifest/manifest.ts'
import { applyEdits, type TextEdit } from '../manifest/text-edit.ts'
import { concealContext } from './conceal.ts'
import { lineDiff } from './line-diff.ts'
import { printable } from './printable.ts'
import type { CheckResult } from './result.ts'

// A longer line (minified JSON) says less than the words of the fix.
const longestLine = 160

/**
 * The lines that the edits of a result change, as the body of a diff. Undefined where there are none, where the lines
 * are not at hand, and where one is among those that must not be shown.
 */
export function changeOf(result: CheckResult, secret: ReadonlySet<number>): string | undefined {
  const { edits, excerpt } = result
  if (edits.length === 0) return undefined
  const lines = excerpt === undefined ? undefined : touchedLines(result, excerpt, secret)
  const diff = lines === undefined ? inserted(edits) : lineDiff(lines.before, lines.after)
  const shown = diff?.split('\n').map((line) => printable(line.replaceAll('\t', '  ').trimEnd()))
  return shown === undefined || shown.some(({ length }) => length > longestLine) ? undefined : shown.join('\n')
}

interface Touched {
  readonly before: string
  readonly after: string
}

function touchedLines(
  { edits, line }: CheckResult,
  excerpt: Excerpt,
  secret: ReadonlySet<number>,
): Touched | undefined {
  const first = Math.min(...edits.map(({ start }) => start.line))
  const last = Math.max(...edits.map(({ end }) => end.line))
  const lines: string[] = []
  for (let number = first; number <= last; number += 1) {
    const text = lineOf(excerpt, number)
    if (text === undefined || secret.has(number)) return undefined
    // A finding's own line is shown in every format; for others what is shown beside it has to do.
    if (number !== line && concealContext(text) !== text) return undefined
    lines.push(text)
  }
  const before = lines.join('\n')
  const offsetOf = (position: Position) =>
    lines.slice(0, position.line - first).reduce((sum, text) => sum + text.length + 1, 0) + position.column - 1
  const moved = edits.map((edit): TextEdit => {
    const offset = offsetOf(edit.start)
    return { ...edit, offset, length: offsetOf(edit.end) - offset, text: withoutReturns(edit.text) }
  })
  return { before, after: applyEdits(before, moved) }
}

/** Whole lines that are inserted: they can be told without those around them. */
function inserted(edits: readonly TextEdit[]): string | undefined {
  const texts = edits.map(({ text }) => withoutReturns(text))
  const isWhole = edits.every(({ length }) => length === 0) && texts.every((text) => /^\n|\n$/.test(text))
  if (!isWhole) return undefined
  return texts
    .flatMap((text) => text.replace(/^\n/, '').replace(/\n$/, '').split('\n'))
    .map((line) => `+${line}`)
    .join('\n')
}

function withoutReturns(text: string): string {
  return text.replaceAll('\r\n', '\n')
}
