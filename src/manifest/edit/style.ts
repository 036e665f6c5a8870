import { type MappingNode, type Node, resolved, type SequenceNode } from '../tree.ts'

/** How a document is laid out, so that what is added looks like what is there. */
export interface Style {
  readonly lineBreak: '\n' | '\r\n'
  /** How many columns a mapping stands to the right of the one it is in. */
  readonly step: number
  /** How many columns the dashes of a list stand to the right of its key: often 0. */
  readonly dashes: number
  /** Whether it is JSON, and has to stay so. */
  readonly json: boolean
}

/** The layout of a document, as the first places of each sort have it; two columns where there are none. */
export function styleOf(text: string, tree: Node): Style {
  const found: { step?: number; dashes?: number } = {}
  measure(text, tree, found)
  const { step = 2, dashes = step } = found
  return { lineBreak: text.includes('\r\n') ? '\r\n' : '\n', step, dashes, json: isJson(text) }
}

/** Whether a text is JSON, which YAML is not as a rule. */
export function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function measure(text: string, node: Node, found: { step?: number; dashes?: number }): void {
  if (node.type === 'sequence') for (const item of node.items) measure(text, item, found)
  if (node.type !== 'mapping') return
  for (const { key, value } of node.entries) {
    if (found.step !== undefined && found.dashes !== undefined) return
    if (!isBlock(value)) continue
    const indent = columnOf(text, value.type === 'sequence' ? dashOf(text, value, 0) : value.start)
    const offset = indent - columnOf(text, key.outset)
    if (value.type === 'sequence') found.dashes ??= Math.max(offset, 0)
    else if (offset > 0) found.step ??= offset
    measure(text, value, found)
  }
}

/** Whether a node is a mapping or a list written line by line. */
export function isBlock(node: Node): node is MappingNode | SequenceNode {
  return (node.type === 'mapping' || node.type === 'sequence') && !node.flow
}

/** How many code units of its line stand before a place. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStartOf(text, offset)
}

/** Where the line of a place begins. */
export function lineStartOf(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** Where the line of a place ends, before its line break. */
export function lineEndOf(text: string, offset: number): number {
  const found = text.indexOf('\n', offset)
  if (found < 0) return text.length
  return found > offset && text[found - 1] === '\r' ? found - 1 : found
}

/** Where the line after a place begins: behind its line break, or at the end of the text. */
export function nextLineOf(text: string, offset: number): number {
  const found = text.indexOf('\n', offset)
  return found < 0 ? text.length : found + 1
}

/** Where the dash of an item of a block sequence is. */
export function dashOf(text: string, sequence: SequenceNode, index: number): number {
  const item = sequence.items[index]
  if (item === undefined) return sequence.start
  return text.lastIndexOf('-', item.type === 'scalar' && item.omitted ? item.start : item.outset - 1)
}

/** Where the text that makes a node's value ends: the line breaks that end a block of text belong to its layout. */
export function contentEnd(text: string, node: Node): number {
  if (node.type === 'mapping' && !node.flow) return lastEnd(text, node, node.entries.at(-1)?.value)
  if (node.type === 'sequence' && !node.flow) return lastEnd(text, node, node.items.at(-1))
  if (node.type !== 'scalar' || node.style !== 'block' || node.keepsEnd) return node.end
  let end = node.end
  while (end > node.outset && (text[end - 1] === '\n' || text[end - 1] === '\r')) end -= 1
  return end
}

function lastEnd(text: string, node: Node, last: Node | undefined): number {
  return last === undefined ? node.end : contentEnd(text, last)
}

/** Every scalar of a tree that is written in it, keys too; aliases are not followed. */
export function* scalarsOf(node: Node): Generator<Node & { readonly type: 'scalar' }, void, undefined> {
  switch (node.type) {
    case 'scalar':
      yield node
      return
    case 'mapping':
      for (const { key, value } of node.entries) {
        yield* scalarsOf(key)
        yield* scalarsOf(value)
      }
      return
    case 'sequence':
      for (const item of node.items) yield* scalarsOf(item)
      return
    case 'alias':
      return
    default:
      node satisfies never
  }
}

/** The name of an anchor that an alias in a node refers to; undefined where it holds none. */
export function aliasIn(node: Node): string | undefined {
  if (node.type === 'alias') return resolved(node)?.anchor
  const inside =
    node.type === 'mapping' ? node.entries.map(({ value }) => value) : node.type === 'sequence' ? node.items : []
  for (const value of inside) {
    const found = aliasIn(value)
    if (found !== undefined) return found
  }
  return undefined
}
