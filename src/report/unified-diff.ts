import { structuredPatch } from 'diff'
import { applyEdits, type TextEdit } from '../manifest/text-edit.ts'
import type { DocumentText } from '../manifest/manifest.ts'
import { concealContext, concealLine, keyColumn } from './conceal.ts'
import type { Paint } from './paint.ts'
import { printable } from './printable.ts'

/** An edit as a diff shows it. */
export interface ShownEdit extends TextEdit {
  /** Whether the lines it changes may hold a value that nobody should read. */
  readonly concealed: boolean
}

/** A document and what becomes of it. */
export interface EditedDocument {
  readonly document: DocumentText
  readonly edits: readonly ShownEdit[]
  /** Lines of the file that must not be shown. */
  readonly hidden: ReadonlySet<number>
}

/** The two lines that name a file at the head of its part of a diff. */
export function diffHeader(file: string, paint: Paint): string {
  const name = printable(file)
  // As Git has it, which takes the first folder away again; a path from the root is no path of a repository.
  const [before, after] = name.startsWith('/') ? [name, name] : [`a/${name}`, `b/${name}`]
  return `${paint('bold', `--- ${before}`)}\n${paint('bold', `+++ ${after}`)}\n`
}

interface DiffLine {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
  /** Set for a line whose value is left out. */
  readonly concealed: boolean
  /** Whether the file ends with it, without a line break. */
  readonly endsOpen: boolean
}

/**
 * The hunks of a unified diff for the documents of one file, in order, with up to three lines of context. Context that
 * may hold a secret is left out, which ends its hunk; of changed lines that may, the value is.
 */
export function diffHunks(documents: readonly EditedDocument[], paint: Paint): string {
  let shift = 0
  const hunks = documents.map((edited) => {
    const written = documentHunks(edited, shift, paint)
    shift += addedLines(edited)
    return written
  })
  return hunks.join('')
}

function addedLines({ document, edits }: EditedDocument): number {
  const breaks = (text: string) => text.split('\n').length - 1
  return edits.reduce(
    (sum, { offset, length, text }) =>
      sum + breaks(text) - breaks(document.text.slice(offset - document.offset, offset - document.offset + length)),
    0,
  )
}

function documentHunks({ document, edits, hidden }: EditedDocument, shift: number, paint: Paint): string {
  const { text, offset, start } = document
  const after = applyEdits(
    text,
    edits.map((edit) => ({ ...edit, offset: edit.offset - offset })),
  )
  const concealed = new Set(
    edits.filter((edit) => edit.concealed).flatMap((edit) => linesBetween(edit.start.line, edit.end.line)),
  )
  const { hunks } = structuredPatch('', '', text, after, undefined, undefined, { context: 3 })
  return hunks
    .map(({ oldStart, newStart, lines }) => {
      const first = start.line - 1 + oldStart
      return shownHunks(lines, { old: first, new: start.line - 1 + newStart + shift }, { hidden, concealed, paint })
    })
    .join('')
}

function linesBetween(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

interface Showing {
  readonly hidden: ReadonlySet<number>
  readonly concealed: ReadonlySet<number>
  readonly paint: Paint
}

interface Hunk {
  readonly old: number
  readonly new: number
  readonly lines: DiffLine[]
}

/** Writes a hunk, in parts where context between changes must not be shown. */
function shownHunks(
  lines: readonly string[],
  begin: { readonly old: number; readonly new: number },
  { hidden, concealed, paint }: Showing,
): string {
  const parts: Hunk[] = []
  let part: Hunk = { ...begin, lines: [] }
  let [oldLine, newLine] = [begin.old, begin.new]
  let isConcealing = false
  for (const line of lines) {
    const sign = line.startsWith('-') ? '-' : line.startsWith('+') ? '+' : ' '
    const text = line.slice(1)
    const last = part.lines.at(-1)
    if (line.startsWith('\\')) {
      if (last !== undefined) part.lines[part.lines.length - 1] = { ...last, endsOpen: true }
      continue
    }
    // What is added in the place of a concealed line is as concealed as that.
    isConcealing = sign === '+' ? isConcealing || concealed.has(oldLine) : concealed.has(oldLine)
    const isLeftOut = sign === ' ' && (hidden.has(oldLine) || concealContext(text) !== text)
    if (isLeftOut) {
      parts.push(part)
      part = { old: oldLine + 1, new: newLine + 1, lines: [] }
    } else part.lines.push({ sign, text, concealed: sign !== ' ' && isConcealing, endsOpen: false })
    if (sign !== '+') oldLine += 1
    if (sign !== '-') newLine += 1
  }
  return [...parts, part].map((hunk) => writtenHunk(hunk, paint)).join('')
}

function writtenHunk({ old, new: next, lines }: Hunk, paint: Paint): string {
  if (lines.every(({ sign }) => sign === ' ')) return ''
  const count = (left: DiffLine['sign']) => lines.filter(({ sign }) => sign !== left).length
  const head = paint('cyan', `@@ -${old},${count('+')} +${next},${count('-')} @@`)
  return `${[head, ...lines.map((line) => writtenLine(line, paint))].join('\n')}\n`
}

function writtenLine({ sign, text, concealed, endsOpen }: DiffLine, paint: Paint): string {
  // A carriage return belongs to the file: without it the diff would not fit.
  const [, content = '', end = ''] = /^(.*?)(\r?)$/s.exec(text) ?? []
  const shown = sign + printable(concealed ? withoutValue(content) : content)
  const painted = sign === ' ' ? shown : paint(sign === '-' ? 'red' : 'green', shown)
  return painted + end + (endsOpen ? '\n\\ No newline at end of file' : '')
}

function withoutValue(text: string): string {
  return concealLine(text, keyColumn(text) ?? text.length - text.trimStart().length).text
}
