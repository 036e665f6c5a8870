import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml'
import { type Pointer, parsePointer } from '../kubernetes/pointer.ts'
import type { DocumentText, Manifest, Position } from './manifest.ts'
import { lineIndex } from './position.ts'
import { plainKey } from './scalar.ts'

/**
 * Where a place in a manifest is written: the key of a mapping entry, the item of a sequence. Aliases and merge keys
 * are followed to where the value stands. A place that does not exist is its deepest existing ancestor's: a missing
 * field is at the key of the mapping it is missing from. Reads the whole document each time; see {@link locator}.
 */
export function locate(manifest: Manifest, path: Pointer): Position {
  return locator(manifest.document)(manifest.pointer + path)
}

/**
 * Reads the positions of a document once and answers for any number of pointers, which start at the document's root
 * (`manifest.pointer + path`). A pointer that is none is answered with the root.
 */
export function locator(document: DocumentText): (pointer: Pointer) => Position {
  const position = lineIndex(document)
  const tree = parseDocument(document.text, {
    schema: 'failsafe',
    merge: false,
    uniqueKeys: false,
    strict: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const targets = aliasTargets(tree)
  return (pointer) => {
    const steps = pointer === '' || pointer.startsWith('/') ? parsePointer(pointer) : []
    return position(walk(tree, targets, steps))
  }
}

type Targets = ReadonlyMap<Alias, unknown>

/** What each alias stands for: the last node before it with that anchor. One pass, where `Alias.resolve` is one each. */
function aliasTargets(tree: Document): Targets {
  const anchors = new Map<string, unknown>()
  const targets = new Map<Alias, unknown>()
  visit(tree, {
    Alias: (_, alias) => void targets.set(alias, anchors.get(alias.source)),
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node)
    },
  })
  return targets
}

function walk(tree: Document, targets: Targets, steps: readonly string[]): number {
  let node: unknown = tree.contents
  let offset = startOf(node) ?? 0
  for (const step of steps) {
    node = isAlias(node) ? targets.get(node) : node
    const next = isMap(node) ? entry(node, step, targets, new Map()) : item(node, step)
    if (next === undefined) break
    offset = next.offset ?? offset
    node = next.value
  }
  return offset
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}

interface Place {
  readonly offset: number | undefined
  readonly value: unknown
}

function item(node: unknown, step: string): Place | undefined {
  if (!isSeq(node) || !/^(?:0|[1-9][0-9]{0,9})$/.test(step)) return undefined
  const value = node.items[Number(step)]
  // `- a: 1` in a flow sequence ([a: 1]) is a pair without a map around it.
  return value === undefined ? undefined : { offset: startOf(isPair(value) ? value.key : value), value }
}

/**
 * The entry of a mapping under a key, the last one that is written or merged in. `known` keeps what was found in each
 * mapping: mappings that merge one another twice would otherwise be read 2^n times.
 */
function entry(map: YAMLMap, key: string, targets: Targets, known: Map<YAMLMap, Place | undefined>): Place | undefined {
  if (known.has(map)) return known.get(map)
  known.set(map, undefined)
  let found: Place | undefined
  for (const pair of map.items) {
    if (isMergeKey(pair)) found = merged(pair.value, key, targets, known) ?? found
    else if (keyOf(pair.key, targets) === key) found = { offset: startOf(pair.key), value: pair.value }
  }
  known.set(map, found)
  return found
}

function isMergeKey({ key }: Pair): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<'
}

function merged(
  value: unknown,
  key: string,
  targets: Targets,
  known: Map<YAMLMap, Place | undefined>,
): Place | undefined {
  const source = isAlias(value) ? targets.get(value) : value
  for (const candidate of isSeq(source) ? source.items : [source]) {
    const map = isAlias(candidate) ? targets.get(candidate) : candidate
    const found = isMap(map) ? entry(map, key, targets, known) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function keyOf(key: unknown, targets: Targets): string | undefined {
  const node = isAlias(key) ? targets.get(key) : key
  if (!isScalar(node) || typeof node.value !== 'string') return undefined
  return node.type === 'PLAIN' && node.tag === undefined ? plainKey(node.value) : node.value
}
