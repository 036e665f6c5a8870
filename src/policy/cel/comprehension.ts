import type { ASTNode } from '@marcbachmann/cel-js'
import { bool, type CelType, formatType, listOf } from './cel-type.ts'
import type { Code, Compiler, Frame } from './code.ts'
import { compare } from './compare.ts'
import { CelError, CostError } from './error.ts'
import { isMap, keysOf, entryOf, mapKey } from './values.ts'

/** What a comprehension goes over: binds each item to its slots and visits it, as long as the visit says to go on. */
export interface Range {
  readonly elementType: CelType
  readonly each: (frame: Frame, visit: () => boolean) => void
}

interface Body {
  readonly node: ASTNode
  readonly code: Code
}

interface Comprehension {
  readonly name: string
  readonly bodies: readonly Body[]
  readonly loop: Range
  readonly keySlot: number
  readonly compiler: Compiler
}

interface Form {
  readonly parameters: number
  readonly variables: 1 | 2
}

const quantifier: readonly Form[] = [
  { parameters: 2, variables: 1 },
  { parameters: 3, variables: 2 },
]
const transformation: readonly Form[] = [
  { parameters: 3, variables: 2 },
  { parameters: 4, variables: 2 },
]

/** The comprehensions: how many parameters each takes, and how many of them are names of variables. */
export const comprehensions: ReadonlyMap<string, readonly Form[]> = new Map([
  ['all', quantifier],
  ['exists', quantifier],
  ['exists_one', quantifier],
  ['existsOne', [{ parameters: 3, variables: 2 }]],
  ['filter', [{ parameters: 2, variables: 1 }]],
  ['sortBy', [{ parameters: 2, variables: 1 }]],
  [
    'map',
    [
      { parameters: 2, variables: 1 },
      { parameters: 3, variables: 1 },
    ],
  ],
  ['transformList', transformation],
  ['transformMap', transformation],
  ['transformMapEntry', transformation],
])

/** Compiles a comprehension whose variables are bound already; its last body is the predicate or the result. */
export function compileComprehension(comprehension: Comprehension): Code {
  const { name, bodies, loop, keySlot } = comprehension
  const last = bodies.at(-1)
  if (last === undefined) throw new CelError(`${name}() has no body`)
  switch (name) {
    case 'all':
      return { type: bool, run: quantify(loop, condition(comprehension, last), false) }
    case 'exists':
      return { type: bool, run: quantify(loop, condition(comprehension, last), true) }
    case 'exists_one':
    case 'existsOne':
      return { type: bool, run: count(loop, condition(comprehension, last)) }
    case 'filter':
      return compileFilter(loop, condition(comprehension, last), keySlot)
    case 'sortBy':
      return compileSortBy(loop, last.code, keySlot)
    default:
      return compileTransformation(comprehension, last)
  }
}

type Test = (frame: Frame) => boolean

function condition({ compiler, name }: Comprehension, { node, code }: Body): Test {
  if (code.type.name !== 'bool' && code.type.name !== 'dyn') {
    compiler.fail(node, `the predicate of ${name}() must be bool, not '${formatType(code.type)}'`)
  }
  return (frame) => {
    const result = code.run(frame)
    if (typeof result !== 'boolean') throw new CelError(`no such overload: the predicate of ${name}() is not bool`)
    return result
  }
}

/** `exists` (decisive is true) and `all` (false): one decisive item settles it, whatever errors the others raise. */
function quantify(loop: Range, test: Test, decisive: boolean): (frame: Frame) => boolean {
  return (frame) => {
    let isDecided = false
    let error: CelError | undefined
    loop.each(frame, () => {
      try {
        isDecided = test(frame) === decisive
      } catch (caught) {
        if (!(caught instanceof CelError) || caught instanceof CostError) throw caught
        error ??= caught
      }
      return !isDecided
    })
    if (!isDecided && error !== undefined) throw error
    return isDecided === decisive
  }
}

function count(loop: Range, test: Test): (frame: Frame) => boolean {
  return (frame) => {
    let matches = 0
    loop.each(frame, () => {
      if (test(frame)) matches += 1
      return true
    })
    return matches === 1
  }
}

function compileFilter(loop: Range, test: Test, slot: number): Code {
  return {
    type: listOf(loop.elementType),
    run: (frame) => {
      const kept: unknown[] = []
      loop.each(frame, () => {
        if (test(frame)) kept.push(frame.slots[slot])
        return true
      })
      return kept
    },
  }
}

function compileSortBy(loop: Range, key: Code, slot: number): Code {
  return {
    type: listOf(loop.elementType),
    run: (frame) => {
      const pairs: { readonly key: unknown; readonly item: unknown }[] = []
      loop.each(frame, () => {
        pairs.push({ key: key.run(frame), item: frame.slots[slot] })
        return true
      })
      frame.budget.spend(pairs.length * Math.log2(pairs.length + 2))
      return pairs.sort((left, right) => compare(left.key, right.key)).map(({ item }) => item)
    },
  }
}

function compileTransformation(comprehension: Comprehension, { node, code: result }: Body): Code {
  const { name, bodies, loop, keySlot } = comprehension
  const [first] = bodies
  const test = bodies.length === 2 && first !== undefined ? condition(comprehension, first) : () => true
  const each = (frame: Frame, add: (value: unknown) => void): void =>
    loop.each(frame, () => {
      if (test(frame)) add(result.run(frame))
      return true
    })
  if (name === 'map' || name === 'transformList') {
    return { type: listOf(result.type), run: (frame) => collectList(frame, each) }
  }
  const entries = name === 'transformMapEntry'
  if (entries && result.type.name !== 'map' && result.type.name !== 'dyn') {
    comprehension.compiler.fail(node, 'transformMapEntry() wants a map for each item')
  }
  const type = entries ? result.type : { name: 'map', parameters: [loop.elementType, result.type] }
  return {
    type,
    run: (frame) => {
      const map = new Map<unknown, unknown>()
      each(frame, (value) => (entries ? addEntries(map, value) : map.set(mapKey(frame.slots[keySlot]), value)))
      return map
    },
  }
}

function collectList(frame: Frame, each: (frame: Frame, add: (value: unknown) => void) => void): readonly unknown[] {
  const values: unknown[] = []
  each(frame, (value) => values.push(value))
  return values
}

function addEntries(map: Map<unknown, unknown>, value: unknown): void {
  if (!isMap(value)) throw new CelError('no such overload: transformMapEntry() wants a map for each item')
  for (const key of keysOf(value)) {
    if (map.has(key)) throw new CelError('transformMapEntry(): a key is there twice')
    map.set(key, entryOf(value, key))
  }
}
