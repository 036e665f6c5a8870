/** The parts of a SARIF log that an editor reads to apply its fixes. */
export interface SarifLog {
  readonly runs: readonly { readonly results: readonly { readonly fixes?: readonly SarifFix[] }[] }[]
}

/** One way to repair a result. */
export interface SarifFix {
  readonly artifactChanges: readonly {
    readonly artifactLocation: { readonly uri: string }
    readonly replacements: readonly Replacement[]
  }[]
}

/** One replacement in a file. */
export interface Replacement {
  readonly deletedRegion: Readonly<Record<'startLine' | 'startColumn' | 'endLine' | 'endColumn', number>>
  readonly insertedContent?: { readonly text: string }
}

/** Applies fixes as an editor does: by lines and columns in UTF-16 code units, a byte order mark not counted. */
export function withFixes(text: string, replacements: readonly Replacement[]): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  const content = text.slice(mark.length)
  const starts = [0, ...[...content.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const offset = (line: number, column: number): number => (starts[line - 1] ?? Number.NaN) + column - 1
  const changes = replacements.map(({ deletedRegion, insertedContent }) => ({
    from: offset(deletedRegion.startLine, deletedRegion.startColumn),
    to: offset(deletedRegion.endLine, deletedRegion.endColumn),
    text: insertedContent?.text ?? '',
  }))
  return mark + changes.toSorted((left, right) => right.from - left.from).reduce(withChange, content)
}

function withChange(text: string, change: { readonly from: number; readonly to: number; readonly text: string }) {
  return text.slice(0, change.from) + change.text + text.slice(change.to)
}
