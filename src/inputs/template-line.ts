import { type Pointer, parsePointer } from '../kubernetes/pointer.ts'
import type { Position } from '../manifest/manifest.ts'

/** A line of a template as far as it is YAML. */
export interface TemplateLine extends Position {
  readonly text: string
  /** The key that the line begins with, after the dashes of list items. */
  readonly key: string | undefined
  /** The keys that it stands below, by its indentation. */
  readonly parents: readonly string[]
  /** Which of the file's documents it is in. */
  readonly document: number
}

/** A place in a manifest that was rendered from a template. */
export interface RenderedPlace {
  /** The text of its line. */
  readonly line: string
  /** From the root of its document. */
  readonly pointer: Pointer
  readonly kind: string
}

/** The lines of a template that may stand for lines of manifests. What is only a template's, or a comment, is left out. */
export function templateLines(template: string): readonly TemplateLine[] {
  const lines: TemplateLine[] = []
  let above: readonly (Pick<Position, 'column'> & { readonly key: string })[] = []
  let document = 0
  for (const [index, raw] of template.split('\n').entries()) {
    if (raw.startsWith('---')) {
      document += 1
      above = []
    }
    const text = raw.trim()
    if (text === '' || text.startsWith('#') || text.startsWith('{{') || raw.startsWith('---')) continue
    const column = Math.max(raw.search(/[^ -]|-[^ ]/), 0) + 1
    const key = keyOf(raw.slice(column - 1))
    above = above.filter((parent) => parent.column < column)
    lines.push({ line: index + 1, column, text, key, parents: above.map((parent) => parent.key), document })
    if (key !== undefined) above = [...above, { column, key }]
  }
  return lines
}

function keyOf(text: string): string | undefined {
  const colon = /:(?:\s|$)/.exec(text)?.index
  if (colon === undefined || colon === 0) return undefined
  const key = text.slice(0, colon).trimEnd()
  return /^(["']).*\1$/.test(key) ? key.slice(1, -1) : key
}

/**
 * The line of a template that a place in a rendered manifest comes from, as far as it can be told: the one line with the
 * same text, or with the same key, or with the key nearest above; where several have it, the one below the same keys.
 * Else the line with the object's kind, else the first one.
 */
export function templatePosition(lines: readonly TemplateLine[], place: RenderedPlace): Position {
  const own = linesOfKind(lines, place.kind)
  const keys = keysOf(place)
  const same = own.filter(({ text }) => text === place.line.trim())
  const filled = own.filter(({ key, text }) => key === keys.at(-1) && text.includes('{{'))
  const isElsewhere = same.length === 0 && filled.length === 0 && own.some(({ key }) => key === keys.at(-1))
  return (
    one(same, keys) ??
    one(filled, keys) ??
    // Text without a template in it stays as it is, so a line that says something else belongs to another item.
    keyPosition(own, isElsewhere ? listKeysOf(place) : keys) ??
    own.find(({ key }) => key === 'kind') ?? { line: 1, column: 1 }
  )
}

/** The keys that lead to a line: not all of the pointer's where something is missing, and its place is above. */
function keysOf(place: RenderedPlace): readonly string[] {
  const keys = parsePointer(place.pointer).filter(isKey)
  const own = keyOf(place.line.replace(/^[ -]*/, ''))
  if (own === undefined) return keys
  return keys.includes(own) ? keys.slice(0, keys.lastIndexOf(own) + 1) : listKeysOf(place)
}

/** The keys that lead to the innermost list. */
function listKeysOf({ pointer }: RenderedPlace): readonly string[] {
  const steps = parsePointer(pointer)
  return steps
    .slice(
      0,
      Math.max(
        0,
        steps.findLastIndex((step) => !isKey(step)),
      ),
    )
    .filter(isKey)
}

function isKey(step: string): boolean {
  return !/^\d+$/.test(step)
}

function keyPosition(lines: readonly TemplateLine[], keys: readonly string[]): TemplateLine | undefined {
  for (let depth = keys.length; depth > 0; depth -= 1) {
    const wanted = keys.slice(0, depth)
    const candidates = lines.filter(({ key }) => key === wanted.at(-1))
    const found = one(candidates, wanted)
    if (found !== undefined) return found
  }
  return undefined
}

/** The only one of lines, or the only one of them below the given keys. */
function one(lines: readonly TemplateLine[], keys: readonly string[]): TemplateLine | undefined {
  const below = lines.length > 1 ? lines.filter((line) => isBelow(line, keys)) : lines
  return below.length === 1 ? below[0] : undefined
}

/** The lines of the documents that say to be of a kind; all of them where none does, as where a value says it. */
function linesOfKind(lines: readonly TemplateLine[], kind: string): readonly TemplateLine[] {
  const documents = new Set(
    lines
      .filter(({ key, text, column }) => key === 'kind' && column === 1 && text.slice(5).trim() === kind)
      .map(({ document }) => document),
  )
  return documents.size === 0 ? lines : lines.filter(({ document }) => documents.has(document))
}

/** Whether a line's own key and those above are the given ones; of a list's item, whether those above are. */
function isBelow({ key, parents }: TemplateLine, keys: readonly string[]): boolean {
  const own = key === undefined ? parents : [...parents, key]
  return own.length === keys.length && own.every((name, index) => name === keys[index])
}
