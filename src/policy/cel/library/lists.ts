import { addInts } from '../arithmetic.ts'
import type { Budget } from '../budget.ts'
import { compare, equals } from '../compare.ts'
import { CelError } from '../error.ts'
import { binary, element, type FunctionEntry, integer, kind, list, ternary, unary } from '../overload.ts'
import { Double, doubleOf, indexOf, type Int, isDouble, isList, Optional, Uint } from '../values.ts'
import { Duration } from './time.ts'
import { allInts } from './standard.ts'

const nested = kind('list<dyn>', isList)

/** Kubernetes' list functions and the parts of cel-go's lists extension that Kubernetes enables. */
export const listFunctions: readonly FunctionEntry[] = [
  ['.isSorted', unary(list, 'bool', isSorted)],
  ['.sum', unary(list, 'T', sum)],
  ['.min', unary(list, 'T', (values, budget) => extreme('min', values, budget))],
  ['.max', unary(list, 'T', (values, budget) => extreme('max', values, budget))],
  ['.indexOf', binary(list, element, 'int', (values, wanted, budget) => find(values, wanted, budget))],
  ['.lastIndexOf', binary(list, element, 'int', (values, wanted, budget) => findLast(values, wanted, budget))],
  ['.slice', ternary([list, integer, integer], 'list<T>', slice)],
  [
    '.flatten',
    unary(nested, 'list<dyn>', (values, budget) => flatten(values, 1, budget)),
    binary(nested, integer, 'list<dyn>', (values, depth, budget) => flattenTo(values, depth, budget)),
  ],
  ['.distinct', unary(list, 'list<T>', distinct)],
  ['.sort', unary(list, 'list<T>', sort)],
  ['.reverse', unary(list, 'list<T>', (values, budget) => (budget.spendOn(values), values.toReversed()))],
  ['.first', unary(list, 'optional<T>', (values) => new Optional(values[0]))],
  ['.last', unary(list, 'optional<T>', (values) => new Optional(values.at(-1)))],
  ['lists.range', unary(integer, 'list<int>', range)],
]

function isSorted(values: readonly unknown[], budget: Budget): boolean {
  budget.spendOn(values)
  return values.every((value, index) => index === 0 || compare(values[index - 1], value) <= 0)
}

function sum(values: readonly unknown[], budget: Budget): unknown {
  budget.spendOn(values)
  if (allInts(values)) return values.reduce(addInts, 0)
  if (values.every(isDouble)) return new Double(values.map(doubleOf).reduce((total, value) => total + value, 0))
  if (values.every((value) => value instanceof Uint)) {
    return values.reduce((total, value) => new Uint(total.value + value.value), new Uint(0n))
  }
  if (values.every((value) => value instanceof Duration)) {
    return values.reduce((total, value) => total.plus(value), new Duration(0n))
  }
  throw new CelError('sum(): the elements are not numbers of one type')
}

function extreme(name: 'min' | 'max', values: readonly unknown[], budget: Budget): unknown {
  budget.spendOn(values)
  if (values.length === 0) throw new CelError(`${name} called on empty list`)
  const sign = name === 'min' ? 1 : -1
  return values.reduce((best, value) => (compare(value, best) * sign < 0 ? value : best))
}

function find(values: readonly unknown[], wanted: unknown, budget: Budget): number {
  budget.spendOn(values)
  return values.findIndex((value) => equals(value, wanted, budget))
}

function findLast(values: readonly unknown[], wanted: unknown, budget: Budget): number {
  budget.spendOn(values)
  return values.findLastIndex((value) => equals(value, wanted, budget))
}

function slice(values: readonly unknown[], start: Int, end: Int, budget: Budget): readonly unknown[] {
  budget.spendOn(values)
  const from = indexOf(start)
  const to = indexOf(end)
  if (!(from >= 0 && from <= to && to <= values.length)) throw new CelError('slice(): index out of range')
  return values.slice(from, to)
}

function flattenTo(values: readonly unknown[], depth: Int, budget: Budget): readonly unknown[] {
  if (depth < 0) throw new CelError('flatten(): level must be non-negative')
  return flatten(values, indexOf(depth), budget)
}

function flatten(values: readonly unknown[], depth: number, budget: Budget): readonly unknown[] {
  budget.spendOn(values)
  if (depth === 0) return values
  return values.flatMap((value) => (isList(value) ? flatten(value, depth - 1, budget) : [value]))
}

function distinct(values: readonly unknown[], budget: Budget): readonly unknown[] {
  const kept: unknown[] = []
  for (const value of values) {
    budget.spend(1 + kept.length)
    if (!kept.some((other) => equals(other, value, budget))) kept.push(value)
  }
  return kept
}

function sort(values: readonly unknown[], budget: Budget): readonly unknown[] {
  budget.spend(values.length * Math.log2(values.length + 2))
  const types = new Set(values.map((value) => typeof value))
  if (types.size > 1) throw new CelError('sort(): list elements must have the same type')
  return values.toSorted(compare)
}

function range(count: Int, budget: Budget): readonly number[] {
  const length = Math.max(indexOf(count), 0)
  budget.spend(length)
  return Array.from({ length }, (_, index) => index)
}
