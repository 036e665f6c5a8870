/**
 * What becomes of a manifest, line by line, as the body of a unified diff that shows every line. Comments are kept: the
 * repaired object is written down without those of the original, but a repair takes no comment away.
 *
 * The work grows with the product of the lines that differ, which is fine for manifests that people write by hand.
 */
export function lineDiff(before: string, after: string): string {
  return withComments(difference(linesOf(before), linesOf(after)))
    .map(({ sign, line }) => `${sign}${line}`)
    .join('\n')
}

interface DiffLine {
  readonly sign: ' ' | '-' | '+'
  readonly line: string
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n+$/, '').split('\n')
}

function difference(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const common = commonLengths(before, after)
  const result: DiffLine[] = []
  let left = 0
  let right = 0
  while (left < before.length || right < after.length) {
    const [old, made] = [before[left], after[right]]
    if (old !== undefined && old === made) {
      result.push({ sign: ' ', line: old })
      left += 1
      right += 1
    } else if (
      old !== undefined &&
      (made === undefined || lengthAt(common, left + 1, right) >= lengthAt(common, left, right + 1))
    ) {
      result.push({ sign: '-', line: old })
      left += 1
    } else {
      result.push({ sign: '+', line: made ?? '' })
      right += 1
    }
  }
  return result
}

/** The length of the longest common subsequence of the lines from each pair of places on. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  let next: readonly number[] = after.map(() => 0)
  return before
    .toReversed()
    .map((line) => {
      const row: number[] = []
      for (let right = after.length - 1; right >= 0; right -= 1) {
        const longer = Math.max(next[right] ?? 0, row[right + 1] ?? 0)
        row[right] = line === after[right] ? (next[right + 1] ?? 0) + 1 : longer
      }
      next = row
      return row
    })
    .toReversed()
}

function lengthAt(common: readonly (readonly number[])[], left: number, right: number): number {
  return common[left]?.[right] ?? 0
}

function withComments(lines: readonly DiffLine[]): readonly DiffLine[] {
  return lines.map((entry) =>
    entry.sign === '-' && entry.line.trimStart().startsWith('#') ? { sign: ' ', line: entry.line } : entry,
  )
}
