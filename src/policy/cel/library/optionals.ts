import { CelError } from '../error.ts'
import { element, type FunctionEntry, optional, unary } from '../overload.ts'
import { Double, isDouble, doubleOf, isList, isMap, keysOf, Optional, Uint } from '../values.ts'

/** Optional values. `or`, `orValue`, `optMap` and `optFlatMap` are macros: they evaluate only what they need. */
export const optionalFunctions: readonly FunctionEntry[] = [
  ['optional.of', unary(element, 'optional<T>', (value) => new Optional(value))],
  [
    'optional.ofNonZeroValue',
    unary(element, 'optional<T>', (value) => new Optional(isZero(value) ? undefined : value)),
  ],
  ['.hasValue', unary(optional, 'bool', (value) => value.value !== undefined)],
  ['.value', unary(optional, 'T', valueOf)],
]

function valueOf(value: Optional): unknown {
  if (value.value === undefined) throw new CelError('optional.none() dereference')
  return value.value
}

function isZero(value: unknown): boolean {
  if (value === null || value === false || value === '' || value === 0) return true
  if (value instanceof Double || isDouble(value)) return doubleOf(value) === 0
  if (value instanceof Uint) return value.value === 0n
  if (value instanceof Optional) return value.value === undefined
  if (isList(value) || value instanceof Uint8Array) return value.length === 0
  return isMap(value) && keysOf(value).length === 0
}
