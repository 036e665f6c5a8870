import { CelError } from './error.ts'

// How a CEL value looks at evaluation:
//   int        an integral JavaScript number, or a bigint where a number would lose digits
//   double     a Double, or a fractional number as JSON gives it
//   string, bool, null, bytes   string, boolean, null, Uint8Array
//   list       an array;  map: a plain object (JSON) or a Map (a literal)
//   all else   an instance of a subclass of Opaque

/** A CEL int: a safe integer as a number, any other 64-bit integer as a bigint (or as the number JSON gave). */
export type Int = number | bigint

/** A JSON object, as the context gives it. */
type PlainMap = Readonly<Record<string, unknown>>

/** A CEL map: a JSON object, or a Map with keys made by {@link mapKey}. */
export type CelMap = PlainMap | Map<unknown, unknown>

/** Base of every value that is not JSON; `typeName` is what `type(value)` is called. */
export abstract class Opaque {
  abstract readonly typeName: string
}

/** A double that a computation or a literal made; wrapped, because 1.0 and 1 are one and the same JavaScript number. */
export class Double extends Opaque {
  readonly typeName = 'double'
  readonly value: number
  constructor(value: number) {
    super()
    this.value = value
  }
}

/** An unsigned 64-bit integer. */
export class Uint extends Opaque {
  readonly typeName = 'uint'
  readonly value: bigint
  constructor(value: bigint) {
    super()
    if (value < 0n || value > 2n ** 64n - 1n) throw new CelError('unsigned integer overflow')
    this.value = value
  }
}

/** A type as a value: what `type(x)` gives and what names such as `int` stand for. */
export class TypeValue extends Opaque {
  readonly typeName = 'type'
  readonly name: string
  constructor(name: string) {
    super()
    this.name = name
  }
}

/** An optional value; `value` is undefined where there is none. */
export class Optional extends Opaque {
  readonly typeName = 'optional_type'
  readonly value: unknown
  constructor(value: unknown) {
    super()
    this.value = value
  }
}

const minimumInt = -(2n ** 63n)
const maximumInt = 2n ** 63n - 1n
const intLimit = 2 ** 63

/** Whether a value is a CEL int. */
export function isInt(value: unknown): value is Int {
  return typeof value === 'number'
    ? Number.isInteger(value) && value < intLimit && value >= -intLimit
    : typeof value === 'bigint'
}

/** Whether a value is a CEL double. */
export function isDouble(value: unknown): value is Double | number {
  return value instanceof Double || (typeof value === 'number' && !isInt(value))
}

/** The number of a CEL double. */
export function doubleOf(value: Double | number): number {
  return typeof value === 'number' ? value : value.value
}

/** A CEL int from an exact result; throws {@link CelError} beyond 64 bits. */
export function intOf(value: bigint): Int {
  if (value < minimumInt || value > maximumInt) throw new CelError('integer overflow')
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** The number where it is an index or another small count; any other int becomes an infinity, out of every range. */
export function indexOf(value: Int): number {
  if (typeof value === 'number') return value
  return value < 0n ? -Infinity : Infinity
}

/** Whether a value is a CEL list. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

/** Whether a value is a map that came as JSON. */
function isPlainMap(value: unknown): value is PlainMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Opaque) &&
    !(value instanceof Map) &&
    !(value instanceof Uint8Array)
  )
}

/** Whether a value is a CEL map. */
export function isMap(value: unknown): value is CelMap {
  return value instanceof Map || isPlainMap(value)
}

/** The key under which a Map keeps a CEL value: equal numbers are one key. Undefined for what is no key. */
export function mapKey(value: unknown): string | boolean | Int | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (value instanceof Uint) return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : value.value
  if (value instanceof Double) return isInt(value.value) ? value.value + 0 : undefined
  return isInt(value) ? value : undefined
}

/** The entry of a map, or undefined where the map has no such key. A JSON object has string keys only, its own. */
export function entryOf(map: CelMap, key: unknown): unknown {
  if (map instanceof Map) return map.get(mapKey(key))
  return typeof key === 'string' && Object.hasOwn(map, key) ? map[key] : undefined
}

/** The keys of a map. */
export function keysOf(map: CelMap): readonly unknown[] {
  return map instanceof Map ? [...map.keys()] : Object.keys(map)
}

/** The CEL name of a value's type, as `type(value)` reports it. */
export function typeNameOf(value: unknown): string {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (value === null) return 'null_type'
  if (isInt(value)) return 'int'
  if (typeof value === 'number') return 'double'
  if (isList(value)) return 'list'
  if (value instanceof Opaque) return value.typeName
  if (value instanceof Uint8Array) return 'bytes'
  return isMap(value) ? 'map' : 'unknown'
}
