import { type Pointer, parsePointer } from '../kubernetes/pointer.ts'
import type { DocumentText, Position } from './manifest.ts'
import { lineIndex } from './position.ts'
import { type MappingNode, type Node, readTree, resolved } from './tree.ts'

/**
 * Where places in a document are written: the key of a mapping entry, the item of a sequence. Aliases and merge keys
 * are followed to where the value stands. A place that does not exist is its deepest existing ancestor's: a missing
 * field is at the key of the mapping it is missing from.
 *
 * Reads the document once and answers for any number of pointers, which start at the document's root
 * (`manifest.pointer + path`). A pointer that is none is answered with the root.
 */
export function locator(document: DocumentText): (pointer: Pointer) => Position {
  const position = lineIndex(document)
  const tree = readTree(document.text)
  return (pointer) => {
    const steps = pointer === '' || pointer.startsWith('/') ? parsePointer(pointer) : []
    return position(walk(tree, steps))
  }
}

function walk(tree: Node | undefined, steps: readonly string[]): number {
  let node = tree
  let offset = tree?.start ?? 0
  for (const step of steps) {
    const place = node === undefined ? undefined : childOf(node, step)
    if (place === undefined) break
    offset = place.offset
    node = place.value
  }
  return offset
}

/** A value in a tree, and where what names it begins: its key, or the value itself as an item. */
export interface ChildPlace {
  readonly offset: number
  readonly value: Node
}

/** What one step of a pointer leads to in a node; undefined where there is nothing. */
export function childOf(node: Node, step: string): ChildPlace | undefined {
  const whole = resolved(node)
  if (whole?.type === 'mapping') return entryOf(whole, step, new Map())
  if (whole?.type !== 'sequence' || !/^(?:0|[1-9][0-9]{0,9})$/.test(step)) return undefined
  const value = whole.items[Number(step)]
  return value === undefined ? undefined : { offset: value.start, value }
}

/**
 * The entry of a mapping under a key, the last one that is written or merged in. `known` keeps what was found in each
 * mapping: mappings that merge one another twice would otherwise be read 2^n times.
 */
function entryOf(
  mapping: MappingNode,
  key: string,
  known: Map<MappingNode, ChildPlace | undefined>,
): ChildPlace | undefined {
  if (known.has(mapping)) return known.get(mapping)
  known.set(mapping, undefined)
  let found: ChildPlace | undefined
  for (const entry of mapping.entries) {
    if (entry.merges) found = merged(entry.value, key, known) ?? found
    else if (entry.name === key) found = { offset: entry.key.start, value: entry.value }
  }
  known.set(mapping, found)
  return found
}

function merged(value: Node, key: string, known: Map<MappingNode, ChildPlace | undefined>): ChildPlace | undefined {
  const source = resolved(value)
  for (const candidate of source?.type === 'sequence' ? source.items : [source]) {
    const mapping = candidate === undefined ? undefined : resolved(candidate)
    const found = mapping?.type === 'mapping' ? entryOf(mapping, key, known) : undefined
    if (found !== undefined) return found
  }
  return undefined
}
