import type { JsonValue } from '../../kubernetes/json.ts'
import { formatStep, type Pointer } from '../../kubernetes/pointer.ts'
import { type EntryNode, type MappingNode, type SequenceNode, skipBlanks } from '../tree.ts'
import type { Plan } from './target.ts'
import { columnOf, contentEnd, dashOf, lineEndOf, lineStartOf } from './style.ts'
import { blockEntry, blockItem, flowEntry, flowText } from './write-value.ts'

/** A collection that is added to. */
interface Place<Kind> {
  readonly node: Kind
  readonly path: Pointer
}

/** Adds entries behind the last one that stays. A mapping of which none stays is left alone. */
export function insertEntries(
  plan: Plan,
  { node, path }: Place<MappingNode>,
  {
    added,
    removed,
  }: { readonly added: readonly (readonly [string, JsonValue])[]; readonly removed: ReadonlySet<EntryNode> },
): void {
  const paths = added.map(([key]) => path + formatStep(key))
  const first = node.entries[0]
  const last = node.entries.findLast((entry) => !removed.has(entry))
  if (node.flow) {
    const json = plan.style.json || plan.text[first?.key.start ?? node.start] === '"'
    const texts = added.map(([key, value]) => flowEntry(key, value, json))
    insertInFlow(plan, { node, last: last?.value.end, texts, paths })
    return
  }
  if (first === undefined || last === undefined) return
  const indent = columnOf(plan.text, first.key.outset)
  const texts = added.map(([key, value]) => blockEntry(key, value, indent, plan.style))
  insertLines(plan, { after: contentEnd(plan.text, last.value), whole: last.value.end, indent, texts, paths })
}

/** Adds items at the end of a list. */
export function insertItems(plan: Plan, { node, path }: Place<SequenceNode>, added: readonly JsonValue[]): void {
  const { text, style } = plan
  const paths = added.map((_, index) => path + formatStep(node.items.length + index))
  const last = node.items.at(-1)
  if (node.flow) {
    const json = style.json || text[last?.start ?? node.start] === '"'
    insertInFlow(plan, { node, last: last?.end, texts: added.map((item) => flowText(item, json)), paths })
    return
  }
  if (last === undefined) return
  const indent = columnOf(text, dashOf(text, node, 0))
  const texts = added.map((item) => blockItem(item, indent, style))
  insertLines(plan, { after: contentEnd(text, last), whole: last.end, indent, texts, paths })
}

interface Lines {
  /** Where the content ends that they are to follow. */
  readonly after: number
  /** The same with the line breaks that belong to it: those that a block of text keeps. */
  readonly whole: number
  readonly indent: number
  readonly texts: readonly string[]
  readonly paths: readonly Pointer[]
}

/** New lines below the line that something ends on, so that a comment behind it stays there. */
function insertLines({ text, style, edits }: Plan, { after, whole, indent, texts, paths }: Lines): void {
  const margin = ' '.repeat(indent)
  const isAtLineStart = whole > 0 && after === whole && text[whole - 1] === '\n'
  if (isAtLineStart) {
    const lines = texts.map((line) => `${margin}${line}${style.lineBreak}`).join('')
    edits.push({ offset: whole, length: 0, text: lines, paths })
    return
  }
  const lines = texts.map((line) => `${style.lineBreak}${margin}${line}`).join('')
  edits.push({ offset: lineEndOf(text, after), length: 0, text: lines, paths })
}

interface FlowInsertion {
  readonly node: MappingNode | SequenceNode
  /** Where the last entry that stays ends; undefined where none does. */
  readonly last: number | undefined
  readonly texts: readonly string[]
  readonly paths: readonly Pointer[]
}

function insertInFlow({ text, style, edits }: Plan, { node, last, texts, paths }: FlowInsertion): void {
  if (last === undefined) {
    edits.push({ offset: node.start + 1, length: 0, text: texts.join(', '), paths })
    return
  }
  const next = skipBlanks(text, last)
  const hasComma = text[next] === ','
  // What stands on lines of its own gets lines of its own.
  const margin = marginOf(text, node)
  const separator = margin === undefined ? ' ' : `${style.lineBreak}${margin}`
  const added = hasComma ? texts.map((entry) => `${separator}${entry},`) : texts.map((entry) => `,${separator}${entry}`)
  edits.push({ offset: hasComma ? next + 1 : last, length: 0, text: added.join(''), paths })
}

/** What stands before the last entry on its line, where that is only blanks. */
function marginOf(text: string, node: MappingNode | SequenceNode): string | undefined {
  const last = node.type === 'mapping' ? node.entries.at(-1)?.key : node.items.at(-1)
  if (last === undefined) return undefined
  const before = text.slice(lineStartOf(text, last.outset), last.outset)
  return before.trim() === '' && lineStartOf(text, last.outset) > node.start ? before : undefined
}
