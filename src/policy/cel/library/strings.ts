import type { Budget } from '../budget.ts'
import { CelError } from '../error.ts'
import {
  binary,
  type FunctionEntry,
  integer,
  list,
  type Overload,
  quaternary,
  ternary,
  text,
  textList,
  unary,
} from '../overload.ts'
import { indexOf, type Int } from '../values.ts'
import { codePointLength, codePointPosition, codePoints, codePointSlice, unitPosition } from './code-points.ts'
import { formatText } from './format.ts'
import { quote } from './quote.ts'

/** The strings extension of cel-go, as Kubernetes enables it. Positions count code points. */
export const stringFunctions: readonly FunctionEntry[] = [
  ['.charAt', binary(text, integer, 'string', (value, position, budget) => charAt(value, indexOf(position), budget))],
  [
    '.indexOf',
    binary(text, text, 'int', (value, part, budget) => find(value, part, 0, budget)),
    ternary([text, text, integer], 'int', (value, part, start, budget) => find(value, part, indexOf(start), budget)),
  ],
  [
    '.lastIndexOf',
    binary(text, text, 'int', (value, part, budget) => findLast(value, part, codePointLength(value), budget)),
    ternary([text, text, integer], 'int', (value, part, start, budget) =>
      findLastBefore(value, part, indexOf(start), budget),
    ),
  ],
  ['.lowerAscii', spending((value) => value.replaceAll(/[A-Z]+/g, (run) => run.toLowerCase()))],
  ['.upperAscii', spending((value) => value.replaceAll(/[a-z]+/g, (run) => run.toUpperCase()))],
  ['.trim', spending(trim)],
  [
    '.replace',
    ternary([text, text, text], 'string', (value, old, next, budget) => replace(value, old, next, -1, budget)),
    quaternary([text, text, text, integer], 'string', ([value, old, next, limit], budget) =>
      replace(value, old, next, indexOf(limit), budget),
    ),
  ],
  [
    '.split',
    binary(text, text, 'list<string>', (value, separator, budget) => split(value, separator, -1, budget)),
    ternary([text, text, integer], 'list<string>', (value, separator, limit, budget) =>
      split(value, separator, indexOf(limit), budget),
    ),
  ],
  [
    '.substring',
    binary(text, integer, 'string', (value, start, budget) => substring(value, start, codePointLength(value), budget)),
    ternary([text, integer, integer], 'string', substring),
  ],
  [
    '.join',
    unary(textList, 'string', (values, budget) => join(values, '', budget)),
    binary(textList, text, 'string', join),
  ],
  ['.format', binary(text, list, 'string', formatText)],
  ['strings.quote', spending(quote)],
]

function spending(call: (value: string) => string): Overload {
  return unary(text, 'string', (value, budget) => {
    budget.spendOn(value)
    return call(value)
  })
}

function charAt(value: string, position: number, budget: Budget): string {
  budget.spendOn(value)
  if (!(position >= 0 && position <= codePointLength(value))) throw outOfRange('charAt')
  return codePointSlice(value, position, position + 1)
}

function find(value: string, part: string, start: number, budget: Budget): number {
  budget.spendOn(value)
  if (start < 0) throw outOfRange('indexOf')
  if (part === '') return start
  if (start >= codePointLength(value)) return -1
  return codePointPosition(value, value.indexOf(part, unitPosition(value, start)))
}

function findLastBefore(value: string, part: string, start: number, budget: Budget): number {
  if (start < 0) throw outOfRange('lastIndexOf')
  if (part === '') return start
  return start >= codePointLength(value) ? -1 : findLast(value, part, start, budget)
}

function findLast(value: string, part: string, start: number, budget: Budget): number {
  budget.spendOn(value)
  return codePointPosition(value, value.lastIndexOf(part, unitPosition(value, start)))
}

function trim(value: string): string {
  let start = 0
  let end = value.length
  while (start < end && isSpace(value.charCodeAt(start))) start += 1
  while (end > start && isSpace(value.charCodeAt(end - 1))) end -= 1
  return value.slice(start, end)
}

// Unicode's White_Space; unlike JavaScript's trim it has U+0085 and leaves U+FEFF.
const spaces = new Set([0x20, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000])

function isSpace(unit: number): boolean {
  return (unit >= 9 && unit <= 13) || (unit >= 0x2000 && unit <= 0x200a) || spaces.has(unit)
}

function replace(value: string, old: string, next: string, limit: number, budget: Budget): string {
  const parts = old === '' ? ['', ...codePoints(value), ''] : value.split(old)
  budget.spend(value.length / 10 + (parts.length * (next.length + 10)) / 10)
  if (limit < 0 || limit >= parts.length - 1) return parts.join(next)
  return [...parts.slice(0, limit), parts.slice(limit).join(old)].join(next)
}

function split(value: string, separator: string, limit: number, budget: Budget): readonly string[] {
  budget.spendOn(value)
  if (limit === 0) return []
  const parts = separator === '' ? codePoints(value) : value.split(separator)
  budget.spendOn(parts)
  if (limit < 0 || limit >= parts.length) return parts
  return [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)]
}

function substring(value: string, start: Int, end: Int, budget: Budget): string {
  budget.spendOn(value)
  const from = indexOf(start)
  const to = indexOf(end)
  if (!(from >= 0 && from <= to && to <= codePointLength(value))) throw outOfRange('substring')
  return codePointSlice(value, from, to)
}

function join(values: readonly unknown[], separator: string, budget: Budget): string {
  let length = 0
  for (const value of values) {
    if (typeof value !== 'string') throw new CelError('join(): the list has an element that is no string')
    length += value.length + separator.length
  }
  budget.spend(values.length + length / 10)
  return values.join(separator)
}

function outOfRange(name: string): CelError {
  return new CelError(`${name}(): index out of range`)
}
