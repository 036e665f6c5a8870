import { isArray, isObject, type JsonValue } from '../../kubernetes/json.ts'
import { type Node, skipBlanks } from '../tree.ts'
import type { Plan, Slot, Target } from './target.ts'
import { columnOf, contentEnd, isBlock, lineEndOf, lineStartOf, nextLineOf } from './style.ts'
import { blockValue, flowText, type Quotes, scalarText } from './write-value.ts'

/** Puts a value in the place of another, in the layout of the old one as far as it can have it. */
export function replaceValue(plan: Plan, { node, after, path, slot }: Target): void {
  // What an alias stands for is changed where its anchor is, or not at all.
  if (node.type === 'alias' && (isObject(after) || isArray(after))) return
  const colon = colonOf(plan.text, slot)
  if (isBlock(node)) replaceBlock(plan, { node, after, path, colon })
  else if (colon !== undefined && isLong(after)) replaceByBlock(plan, { node, after, path, slot, colon })
  else {
    const offset = node.anchor === undefined ? headOf(plan.text, node, colon) : node.start
    const space = node.end === offset && offset > 0 && !/\s/.test(plan.text.charAt(offset - 1)) ? ' ' : ''
    const text = space + valueText(node, after, plan.style.json || isQuoted(plan.text, slot))
    plan.edits.push({ offset, length: contentEnd(plan.text, node) - offset, text, paths: [path] })
  }
}

interface Replacement {
  readonly node: Node
  readonly after: JsonValue
  readonly path: string
  readonly colon: number
}

/** Lines become a value behind the colon, or in the place of the lines where there is none. */
function replaceBlock(
  plan: Plan,
  { node, after, path, colon }: Omit<Replacement, 'colon'> & { readonly colon: number | undefined },
): void {
  const { text, edits } = plan
  const end = contentEnd(text, node)
  const value = flowText(after, false)
  const begin = lineStartOf(text, node.start)
  if (colon === undefined || begin <= colon) {
    edits.push({ offset: node.start, length: end - node.start, text: value, paths: [path] })
    return
  }
  edits.push({ offset: colon, length: 0, text: ` ${value}`, paths: [path] })
  edits.push({ offset: begin, length: nextLineOf(text, end) - begin, text: '', paths: [path] })
}

/** A scalar becomes lines below its key; a comment behind it stays behind the key. */
function replaceByBlock(
  { text, style, edits }: Plan,
  { node, after, path, slot, colon }: Replacement & { readonly slot: Slot },
): void {
  if (slot.in !== 'mapping') return
  const end = contentEnd(text, node)
  const lines = blockValue(after, columnOf(text, slot.entry.key.outset), style)
  if (end > colon) edits.push({ offset: colon, length: end - colon, text: '', paths: [path] })
  edits.push({ offset: lineEndOf(text, end), length: 0, text: lines, paths: [path] })
}

/** Behind the colon of an entry that is written line by line. */
function colonOf(text: string, slot: Slot): number | undefined {
  if (slot.in !== 'mapping' || slot.mapping.flow) return undefined
  const at = skipBlanks(text, slot.entry.key.end)
  return text[at] === ':' ? at + 1 : undefined
}

/** Where a value's text begins, with the mark of a block of text (`|`). */
function headOf(text: string, node: Node, colon: number | undefined): number {
  if (node.type !== 'scalar' || node.style !== 'block') return node.outset
  return colon === undefined ? node.outset : skipBlanks(text, colon)
}

function isLong(value: JsonValue): boolean {
  return isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0
}

/** Whether the keys around are in quotes. */
function isQuoted(text: string, slot: Slot): boolean {
  return slot.in === 'mapping' && slot.mapping.flow && text[slot.entry.key.start] === '"'
}

function valueText(node: Node, after: JsonValue, json: boolean): string {
  if (json || typeof after !== 'string') return flowText(after, json)
  return scalarText(after, quotesOf(node))
}

function quotesOf(node: Node): Quotes {
  return node.type === 'scalar' && (node.style === 'single' || node.style === 'double') ? node.style : 'plain'
}
