import { formatStep, type Pointer } from '../../kubernetes/pointer.ts'
import type { EntryNode, MappingNode, Node, SequenceNode } from '../tree.ts'
import { type Comment, commentsOf } from './comments.ts'
import type { Plan, Target } from './target.ts'
import { replaceValue } from './replace.ts'
import { columnOf, contentEnd, dashOf, lineEndOf, lineStartOf, nextLineOf } from './style.ts'

/** One entry or item among its neighbours. */
interface Part {
  /** Where it begins: its key, its dash, or its value in brackets. */
  readonly begin: number
  /** Where its content ends. */
  readonly end: number
  readonly whole: Node
  readonly removed: boolean
  readonly path: Pointer
}

/** Takes entries out of a mapping; with none left, and none to come (`refill`), it becomes `{}`. */
export function removeEntries(
  plan: Plan,
  target: Target & { readonly node: MappingNode },
  { removed, refill }: { readonly removed: ReadonlySet<EntryNode>; readonly refill: boolean },
): void {
  const { node, path } = target
  const parts = node.entries.map((entry) => ({
    begin: entry.key.outset,
    end: contentEnd(plan.text, entry.value),
    whole: entry.value,
    removed: removed.has(entry),
    path: path + formatStep(entry.name ?? ''),
  }))
  if (node.flow) removeFromFlow(plan, node, parts)
  else if (parts.some((part) => !part.removed)) removeLines(plan, parts)
  else if (!refill) replaceValue(plan, { ...target, after: {} })
}

/** Takes items out of a list; with none left it becomes `[]`. */
export function removeItems(
  plan: Plan,
  target: Target & { readonly node: SequenceNode },
  removed: ReadonlySet<number>,
): void {
  const { node, path } = target
  const parts = node.items.map((item, index) => ({
    begin: node.flow ? item.outset : dashOf(plan.text, node, index),
    end: contentEnd(plan.text, item),
    whole: item,
    removed: removed.has(index),
    path: path + formatStep(index),
  }))
  if (node.flow) removeFromFlow(plan, node, parts)
  else if (parts.some((part) => !part.removed)) removeLines(plan, parts)
  else replaceValue(plan, { ...target, after: [] })
}

/** Takes whole lines out. Comments on them, and between them, are kept on lines of their own. */
function removeLines(plan: Plan, parts: readonly Part[]): void {
  const { text, edits } = plan
  for (const [index, part] of parts.entries()) {
    if (!part.removed) continue
    const lineStart = lineStartOf(text, part.begin)
    const isFirstOnLine = text.slice(lineStart, part.begin).trim() === ''
    const next = parts[index + 1]
    if (!isFirstOnLine && next === undefined) continue
    // The first entry of an item shares its line with the dash, to which the next one moves up.
    const begin = isFirstOnLine ? lineStart : part.begin
    const end = isFirstOnLine ? nextLineOf(text, lastOf(part)) : (next?.begin ?? part.end)
    const kept = commentsWithin(plan, part, end).map((comment) =>
      commentLine(plan, comment.text, part.begin, isFirstOnLine),
    )
    edits.push({ ...withoutLastBreak(text, begin, end, kept.join('')), paths: [part.path] })
  }
}

function lastOf({ whole, end }: Part): number {
  return whole.type === 'scalar' && whole.keepsEnd ? Math.max(whole.end - 1, end) : end
}

function commentsWithin({ text }: Plan, { begin, whole }: Part, end: number): readonly Comment[] {
  return commentsOf(text.slice(0, end), whole).filter(({ offset }) => offset > begin && offset < end)
}

function commentLine({ text, style }: Plan, comment: string, begin: number, isFirstOnLine: boolean): string {
  const margin = ' '.repeat(columnOf(text, begin))
  return isFirstOnLine ? `${margin}${comment}${style.lineBreak}` : `${comment}${style.lineBreak}${margin}`
}

/** A file that ends without a line break still does where its last line is taken out. */
function withoutLastBreak(
  text: string,
  begin: number,
  end: number,
  kept: string,
): { readonly offset: number; readonly length: number; readonly text: string } {
  const isOpenEnd = end === text.length && !text.endsWith('\n') && kept === '' && begin > 0
  const offset = isOpenEnd ? lineEndOf(text, Math.max(begin - 2, 0)) : begin
  return { offset, length: end - offset, text: kept }
}

/** Takes entries out of brackets, each run of them with the comma before or behind it. */
function removeFromFlow({ edits }: Plan, node: Node, parts: readonly Part[]): void {
  for (const [index, part] of parts.entries()) {
    if (!part.removed || parts[index - 1]?.removed === true) continue
    const stop = parts.findIndex((later, at) => at > index && !later.removed)
    const run = parts.slice(index, stop < 0 ? parts.length : stop)
    const previous = parts[index - 1]
    const following = stop < 0 ? undefined : parts[stop]
    const begin = following !== undefined ? part.begin : (previous?.end ?? node.start + 1)
    const end = following?.begin ?? (previous === undefined ? node.end - 1 : (run.at(-1)?.end ?? part.end))
    edits.push({ offset: begin, length: end - begin, text: '', paths: run.map(({ path }) => path) })
  }
}
