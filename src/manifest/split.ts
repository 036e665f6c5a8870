import type { DocumentText } from './manifest.ts'
import { lineIndex } from './position.ts'

/**
 * Splits a text of YAML documents at its markers: `---` and `...` at the start of a line, followed by a blank or the
 * line's end. YAML ends a document there even inside a block scalar. A document keeps its own `---` line, since a
 * value may stand on it, and the directives (`%YAML 1.2`) before it. A byte order mark is left out.
 */
export function splitDocuments(text: string): readonly DocumentText[] {
  return [...splitChunks([text])]
}

/** Like {@link splitDocuments}, of a text that comes in pieces: each document is given as soon as it is whole. */
export function* splitChunks(chunks: Iterable<string>): Generator<DocumentText, void, undefined> {
  const state: Splitting = { text: '', offset: 0, next: 0, line: 1, beginLine: 1, documents: [] }
  for (const chunk of chunks) {
    state.text += state.offset === 0 && state.text === '' ? withoutMark(state, chunk) : chunk
    const begin = passLines(state, state.text.lastIndexOf('\n') + 1)
    yield* state.documents.splice(0)
    state.text = state.text.slice(begin)
    state.offset += begin
    state.next -= begin
  }
  const begin = passLines(state, state.text.length)
  close(state, begin, state.text.length)
  yield* state.documents
}

/** A text as it is split; it lives for one call of `splitChunks`. */
interface Splitting {
  /** What is not given yet: from the beginning of the document that is being read. */
  text: string
  /** How much of the file comes before it. */
  offset: number
  /** Where in it the first line begins that was not looked at, and the number of that line. */
  next: number
  line: number
  /** The line that the document being read begins on. */
  beginLine: number
  /** What is whole. */
  readonly documents: DocumentText[]
}

function withoutMark(state: Splitting, chunk: string): string {
  if (!chunk.startsWith('\uFEFF')) return chunk
  state.offset = 1
  return chunk.slice(1)
}

/** Looks at every line before `end`; where in the text the document begins that is not whole yet. */
function passLines(state: Splitting, end: number): number {
  let begin = 0
  while (state.next < end) {
    const { text, next: start } = state
    const lineEnd = text.indexOf('\n', start)
    const next = lineEnd < 0 ? text.length : lineEnd + 1
    if (isMarker(text, start, '---') && !isPreamble(text, begin, start)) {
      close(state, begin, start)
      begin = start
      state.beginLine = state.line
    } else if (isMarker(text, start, '...')) {
      close(state, begin, start)
      begin = next
      state.beginLine = state.line + 1
    }
    state.next = next
    state.line += 1
  }
  return begin
}

function close({ text, offset, beginLine, documents }: Splitting, begin: number, end: number): void {
  if (end <= begin) return
  documents.push({ text: text.slice(begin, end), start: { line: beginLine, column: 1 }, offset: offset + begin })
}

function isMarker(text: string, start: number, marker: string): boolean {
  if (!text.startsWith(marker, start)) return false
  const after = text[start + marker.length]
  return after === undefined || after === '\n' || after === '\r' || after === ' ' || after === '\t'
}

/** Whether everything from `begin` to `end` is directives, comments and blank lines: what may precede a `---`. */
function isPreamble(text: string, begin: number, end: number): boolean {
  if (isMarker(text, begin, '---')) return false
  return text
    .slice(begin, end)
    .split('\n')
    .every((line) => line.startsWith('%') || line.trimStart().startsWith('#') || line.trim() === '')
}

/**
 * Splits JSON values that follow one another with nothing but blanks between them (JSON lines, `kubectl get -o json`
 * twice in a file). Undefined where the document is not two or more of them.
 */
export function splitJson(document: DocumentText): readonly DocumentText[] | undefined {
  const { text } = document
  const values: DocumentText[] = []
  const position = lineIndex(document)
  let begin = skipBlanks(text, 0)
  while (begin < text.length) {
    const end = endOfJson(text, begin)
    if (end === undefined) return undefined
    values.push({ text: text.slice(begin, end), start: position(begin), offset: document.offset + begin })
    begin = skipBlanks(text, end)
  }
  return values.length < 2 ? undefined : values
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1
  return at
}

/** Where the object or array that begins at `begin` ends; undefined where none begins or it never ends. */
function endOfJson(text: string, begin: number): number | undefined {
  let depth = 0
  for (let at = begin; at < text.length; at += 1) {
    const character = text[at]
    if (character === '"') at = endOfString(text, at)
    else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') depth -= 1
    if (depth === 0) return character === '}' || character === ']' ? at + 1 : undefined
  }
  return undefined
}

function endOfString(text: string, quote: number): number {
  let at = quote + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}
