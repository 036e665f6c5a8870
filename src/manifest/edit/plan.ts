import { deepEqual, isArray, isObject, type JsonObject, type JsonValue, member } from '../../kubernetes/json.ts'
import { formatStep, type Pointer } from '../../kubernetes/pointer.ts'
import type { EntryNode, MappingNode, ScalarNode, SequenceNode } from '../tree.ts'
import { insertEntries, insertItems } from './insert.ts'
import { removeEntries, removeItems } from './remove.ts'
import { replaceValue } from './replace.ts'
import type { Plan, Target } from './target.ts'
import { scalarText } from './write-value.ts'

/**
 * Plans the edits that turn a value as it is written into another. What it cannot do it leaves out: whoever calls it has
 * to read the result again and compare.
 */
export function planChange(plan: Plan, target: Target): void {
  const { node, before, after } = target
  if (deepEqual(before, after)) return
  if (node.type === 'mapping' && isObject(before) && isObject(after))
    planMapping(plan, { ...target, node, before, after })
  else if (node.type === 'sequence' && isArray(before) && isArray(after))
    planSequence(plan, { ...target, node, before, after })
  else if (node.type === 'scalar' && isQuoting(node, before, after)) putInQuotes(plan, node, target.path)
  else replaceValue(plan, target)
}

/** A number or a boolean that is to be the text of it. */
function isQuoting(node: ScalarNode, before: JsonValue, after: JsonValue): boolean {
  const isBare = typeof before === 'number' || typeof before === 'boolean'
  return isBare && node.style === 'plain' && node.outset === node.start && after === String(before)
}

function putInQuotes(plan: Plan, { start, end }: ScalarNode, path: Pointer): void {
  plan.quoted.set(path, plan.text.slice(start, end))
  for (const offset of [start, end]) plan.edits.push({ offset, length: 0, text: '"', paths: [path] })
}

type MappingTarget = Omit<Target, 'node' | 'before' | 'after'> & {
  readonly node: MappingNode
  readonly before: JsonObject
  readonly after: JsonObject
}

function planMapping(plan: Plan, target: MappingTarget): void {
  const { node, before, after, path } = target
  const own = new Map(node.entries.filter(({ merges }) => !merges).map((entry) => [entry.name, entry]))
  const renamed = renamedKeys(before, after)
  const added: [string, JsonValue][] = []
  for (const [key, value = null] of Object.entries(after)) {
    const entry = own.get(key)
    const old = member(before, key)
    if (old !== undefined && entry !== undefined) {
      const slot = { in: 'mapping', mapping: node, entry } as const
      planChange(plan, { node: entry.value, before: old, after: value, path: path + formatStep(key), slot })
    } else if (!deepEqual(old, value) && !renamed.has(key)) added.push([key, value])
  }
  for (const [key, oldKey] of renamed) renameKey(plan, own.get(oldKey), { oldKey, key, path })
  const stays = new Set([...Object.keys(after), ...renamed.values()])
  const gone = new Set(Object.keys(before).filter((key) => !stays.has(key)))
  const removed = new Set(node.entries.filter(({ name, merges }) => !merges && name !== undefined && gone.has(name)))
  if (added.length > 0) insertEntries(plan, target, { added, removed })
  if (removed.size > 0) removeEntries(plan, target, { removed, refill: added.length > 0 })
}

/** Keys that only have another name now, by the new one. */
function renamedKeys(before: JsonObject, after: JsonObject): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>()
  for (const oldKey of Object.keys(before)) {
    if (Object.hasOwn(after, oldKey)) continue
    const key = Object.keys(after).find(
      (candidate) =>
        !Object.hasOwn(before, candidate) && !renamed.has(candidate) && deepEqual(after[candidate], before[oldKey]),
    )
    if (key !== undefined) renamed.set(key, oldKey)
  }
  return renamed
}

function renameKey(
  { text, edits }: Plan,
  entry: EntryNode | undefined,
  { oldKey, key, path }: { readonly oldKey: string; readonly key: string; readonly path: Pointer },
): void {
  if (entry === undefined) return
  const { start, end } = entry.key
  const quote = text[start]
  const name = quote === '"' ? JSON.stringify(key) : scalarText(key, quote === "'" ? 'single' : 'plain')
  const paths = [oldKey, key].map((step) => path + formatStep(step))
  edits.push({ offset: start, length: end - start, text: name, paths })
}

type SequenceTarget = Omit<Target, 'node' | 'before' | 'after'> & {
  readonly node: SequenceNode
  readonly before: readonly JsonValue[]
  readonly after: readonly JsonValue[]
}

function planSequence(plan: Plan, target: SequenceTarget): void {
  const { node, before, after, path } = target
  if (node.items.length !== before.length) return
  const kept = keptItems(before, after)
  if (kept !== undefined) {
    removeItems(plan, target, new Set([...before.keys()].filter((index) => !kept.has(index))))
    return
  }
  for (const [index, item] of node.items.entries()) {
    const [old, value] = [before[index], after[index]]
    if (old === undefined || value === undefined) continue
    const slot = { in: 'sequence', sequence: node } as const
    planChange(plan, { node: item, before: old, after: value, path: path + formatStep(index), slot })
  }
  if (after.length > before.length) insertItems(plan, target, after.slice(before.length))
  if (after.length < before.length) removeItems(plan, target, new Set([...before.keys()].slice(after.length)))
}

/** The items that stay where others are only taken out; undefined where anything else happens to the list. */
function keptItems(before: readonly JsonValue[], after: readonly JsonValue[]): ReadonlySet<number> | undefined {
  if (after.length >= before.length) return undefined
  const kept = new Set<number>()
  let wanted = 0
  for (const [index, item] of before.entries()) {
    if (wanted >= after.length || !deepEqual(item, after[wanted])) continue
    kept.add(index)
    wanted += 1
  }
  return wanted === after.length ? kept : undefined
}
