import type { Budget } from './budget.ts'
import { CelError } from './error.ts'
import {
  type CelMap,
  Double,
  doubleOf,
  entryOf,
  type Int,
  isDouble,
  isInt,
  isList,
  isMap,
  keysOf,
  Opaque,
  TypeValue,
  Uint,
  Optional,
} from './values.ts'

/** An opaque value that knows which others it is equal to and how it is ordered; undefined: not comparable. */
export abstract class Comparable extends Opaque {
  /** Negative, zero or positive as this value is before, equal to or after the other. */
  abstract compareWith(other: unknown): number | undefined
}

/** CEL's equality: by value, numbers across their types, different types unequal. */
export function equals(left: unknown, right: unknown, budget: Budget): boolean {
  if (typeof left === 'string') return left === right && (budget.spendOn(left), true)
  if (typeof left === 'boolean' || left === null) return left === right
  if (isNumeric(left)) return isNumeric(right) && compareNumbers(left, right) === 0
  if (isList(left)) return isList(right) && listsEqual(left, right, budget)
  if (isMap(left)) return isMap(right) && mapsEqual(left, right, budget)
  if (left instanceof TypeValue) return right instanceof TypeValue && left.name === right.name
  if (left instanceof Optional) return right instanceof Optional && optionalsEqual(left, right, budget)
  if (left instanceof Uint8Array) return right instanceof Uint8Array && bytesEqual(left, right)
  return left instanceof Comparable && left.compareWith(right) === 0
}

function listsEqual(left: readonly unknown[], right: readonly unknown[], budget: Budget): boolean {
  budget.spendOn(left)
  return left.length === right.length && left.every((item, index) => equals(item, right[index], budget))
}

function mapsEqual(left: CelMap, right: CelMap, budget: Budget): boolean {
  const keys = keysOf(left)
  budget.spendOn(keys)
  return (
    keys.length === keysOf(right).length &&
    keys.every((key) => {
      const other = entryOf(right, key)
      return other !== undefined && equals(entryOf(left, key), other, budget)
    })
  )
}

function optionalsEqual(left: Optional, right: Optional, budget: Budget): boolean {
  if (left.value === undefined || right.value === undefined) return left.value === right.value
  return equals(left.value, right.value, budget)
}

function bytesEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index])
}

/** CEL's order: negative, zero or positive; NaN where a NaN is involved. Throws {@link CelError} for what has none. */
export function compare(left: unknown, right: unknown): number {
  if (isNumeric(left) && isNumeric(right)) return compareNumbers(left, right)
  if (typeof left === 'string' && typeof right === 'string') return compareStrings(left, right)
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right)
  if (left instanceof Uint8Array && right instanceof Uint8Array) return compareBytes(left, right)
  const order = left instanceof Comparable ? left.compareWith(right) : undefined
  if (order === undefined) throw new CelError('no such overload: these values have no order')
  return order
}

type Numeric = Int | Double | Uint

function isNumeric(value: unknown): value is Numeric {
  return isInt(value) || isDouble(value) || value instanceof Uint
}

function compareNumbers(left: Numeric, right: Numeric): number {
  const a = left instanceof Double || left instanceof Uint ? left.value : left
  const b = right instanceof Double || right instanceof Uint ? right.value : right
  // JavaScript compares a bigint with a number exactly.
  if (a < b) return -1
  if (a > b) return 1
  return Number.isNaN(doubleIn(left)) || Number.isNaN(doubleIn(right)) ? Number.NaN : 0
}

function doubleIn(value: Numeric): number {
  return isDouble(value) ? doubleOf(value) : 0
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** Orders texts by code points; JavaScript's own order puts surrogate pairs before U+E000. */
function compareStrings(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index)
    const b = right.charCodeAt(index)
    if (a !== b) return rank(a) - rank(b)
  }
  return left.length - right.length
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
