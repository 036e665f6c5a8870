import { deepEqual, isArray, isObject, type JsonObject, type JsonValue, member } from '../../kubernetes/json.ts'
import { child, parsePointer, type Pointer, resolve } from '../../kubernetes/pointer.ts'
import { DocumentFault } from '../fault.ts'
import { childOf } from '../locate.ts'
import type { DocumentText } from '../manifest.ts'
import { parseDocument } from '../parse.ts'
import { lineIndex } from '../position.ts'
import { applyEdits, type TextEdit } from '../text-edit.ts'
import { type Node, readTree } from '../tree.ts'
import { commentsOf } from './comments.ts'
import { planChange } from './plan.ts'
import { aliasIn, isJson, styleOf } from './style.ts'
import type { Plan, RawEdit } from './target.ts'

/** What an object of a document is to become. */
export interface Change {
  /** Where in the document the object is: '' or `/items/0`. */
  readonly pointer: Pointer
  /** The object as it was read, and as it is to be read afterwards. */
  readonly before: JsonObject
  readonly after: JsonObject
}

/** An edit of a file, and the places in the document's value that it changes. */
export interface PlacedEdit extends TextEdit {
  readonly paths: readonly Pointer[]
}

/** The edits of a document, or why they cannot be made without touching anything else. */
export type Edited = { readonly edits: readonly PlacedEdit[] } | { readonly refusal: string }

/**
 * Finds the edits that make changes in a document's text, and change nothing else: comments, order, quotes, anchors,
 * indentation and line breaks stay as they are. Pure; proves each answer by reading the edited text again.
 */
export function editDocument(document: DocumentText, changes: readonly Change[]): Edited {
  const { text } = document
  const tree = readTree(text)
  const value = valueOf(text)
  if (tree === undefined || value === undefined) return { refusal: 'the document cannot be read' }
  const plan: Plan = { text, style: styleOf(text, tree), edits: [], quoted: new Map() }
  let wanted = value
  for (const { pointer, before, after } of changes) {
    const written = resolve(value, pointer)
    const node = nodeAt(tree, pointer)
    if (node === undefined || !isObject(written)) return { refusal: 'the object is not written out in the document' }
    const whole = asWritten(written, before, after)
    planChange(plan, { node, before: written, after: whole, path: pointer, slot: { in: 'document' } })
    wanted = withValue(wanted, parsePointer(pointer), whole)
  }
  for (const [path, source] of plan.quoted) wanted = withValue(wanted, parsePointer(path), source)
  const edits = located(document, normalized(plan.edits, plan.style.lineBreak))
  return refusalOf(document, tree, edits, wanted) ?? { edits }
}

function valueOf(text: string): JsonValue | undefined {
  const parsed = parseDocument({ text, start: { line: 1, column: 1 }, offset: 0 })
  return parsed instanceof DocumentFault ? undefined : parsed.value
}

function nodeAt(tree: Node, pointer: Pointer): Node | undefined {
  let node: Node | undefined = tree
  for (const step of parsePointer(pointer)) node = node === undefined ? undefined : childOf(node, step)?.value
  return node
}

/** An item of a StorageClassList may leave its type to the list: what it does not state, it does not get. */
function asWritten(written: JsonObject, before: JsonObject, after: JsonObject): JsonObject {
  const kept = Object.entries(after).filter(
    ([key, value]) => Object.hasOwn(written, key) || !deepEqual(member(before, key), value),
  )
  return Object.fromEntries(kept)
}

function withValue(value: JsonValue, steps: readonly string[], replacement: JsonValue): JsonValue {
  const [step, ...rest] = steps
  if (step === undefined) return replacement
  const inner = withValue(child(value, step) ?? null, rest, replacement)
  if (isArray(value)) return value.map((item, index) => (String(index) === step ? inner : item))
  return isObject(value) ? { ...value, [step]: inner } : value
}

/** Edits in order, none inside another: what is inserted at one place, or into what is taken out, is one edit. */
function normalized(edits: readonly RawEdit[], lineBreak: string): readonly RawEdit[] {
  const result: RawEdit[] = []
  // A stable sort: at one place the order of planning counts, in which what is inside comes first.
  for (const edit of edits.toSorted((left, right) => left.offset - right.offset)) {
    const last = result.at(-1)
    const isInserted = edit.length === 0 && last !== undefined
    const isAtSamePlace = isInserted && last.length === 0 && last.offset === edit.offset
    const isInside = isInserted && edit.offset < last.offset + last.length
    if (!isAtSamePlace && !isInside) {
      result.push(edit)
      continue
    }
    const added = isInside ? `${edit.text.slice(lineBreak.length)}${lineBreak}` : edit.text
    result[result.length - 1] = { ...last, text: last.text + added, paths: [...last.paths, ...edit.paths] }
  }
  return result
}

function located(document: DocumentText, edits: readonly RawEdit[]): readonly PlacedEdit[] {
  const position = lineIndex(document)
  return edits.map(({ offset, length, text, paths }) => ({
    offset: document.offset + offset,
    length,
    text,
    start: position(offset),
    end: position(offset + length),
    paths,
  }))
}

function refusalOf(
  { text, offset }: DocumentText,
  tree: Node,
  edits: readonly PlacedEdit[],
  wanted: JsonValue,
): Edited | undefined {
  const edited = applyEdits(
    text,
    edits.map((edit) => ({ ...edit, offset: edit.offset - offset })),
  )
  if (!deepEqual(valueOf(edited), wanted) || (isJson(text) && !isJson(edited))) {
    const anchor = aliasIn(tree)
    const reason =
      anchor === undefined
        ? 'it cannot be changed here without changing something else'
        : `it is shared through the anchor &${anchor}, or stands where no other way of writing is known to be safe`
    return { refusal: reason }
  }
  const after = readTree(edited)
  const before = commentsOf(text, tree).map((comment) => comment.text)
  const kept = after === undefined ? [] : commentsOf(edited, after).map((comment) => comment.text)
  return deepEqual(before.sort(), kept.sort()) ? undefined : { refusal: 'a comment would be lost' }
}
