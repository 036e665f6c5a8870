import { CelError } from '../error.ts'
import {
  anything,
  binary,
  float,
  type FunctionEntry,
  integer,
  list,
  map,
  octets,
  text,
  truth,
  unary,
  unsigned,
} from '../overload.ts'
import { Double, doubleOf, type Int, intOf, isInt, keysOf, TypeValue, typeNameOf, Uint } from '../values.ts'
import { codePointLength } from './code-points.ts'

const sizes = [
  unary(text, 'int', (value, budget) => {
    budget.spendOn(value)
    return codePointLength(value)
  }),
  unary(octets, 'int', (value) => value.length),
  unary(list, 'int', (value) => value.length),
  unary(map, 'int', (value) => keysOf(value).length),
]

/** CEL's own functions: sizes, type conversions and plain text tests. */
export const standardFunctions: readonly FunctionEntry[] = [
  ['size', ...sizes],
  ['.size', ...sizes],
  ['dyn', unary(anything, 'dyn', (value) => value)],
  ['type', unary(anything, 'type', (value) => new TypeValue(typeNameOf(value)))],
  ['bool', unary(truth, 'bool', (value) => value), unary(text, 'bool', toBool)],
  [
    'int',
    unary(integer, 'int', (value) => value),
    unary(unsigned, 'int', (value) => intOf(value.value)),
    unary(float, 'int', (value) => intFromDouble(doubleOf(value))),
    unary(text, 'int', toInt),
  ],
  [
    'uint',
    unary(unsigned, 'uint', (value) => value),
    unary(integer, 'uint', (value) => new Uint(BigInt(value))),
    unary(float, 'uint', (value) => uintFromDouble(doubleOf(value))),
    unary(text, 'uint', toUint),
  ],
  [
    'double',
    unary(float, 'double', (value) => value),
    unary(integer, 'double', (value) => new Double(Number(value))),
    unary(unsigned, 'double', (value) => new Double(Number(value.value))),
    unary(text, 'double', toDouble),
  ],
  [
    'string',
    unary(text, 'string', (value) => value),
    unary(truth, 'string', String),
    unary(integer, 'string', String),
    unary(unsigned, 'string', (value) => String(value.value)),
    unary(float, 'string', (value) => formatDouble(doubleOf(value))),
    unary(octets, 'string', decodeUtf8),
  ],
  ['bytes', unary(octets, 'bytes', (value) => value), unary(text, 'bytes', (value) => new TextEncoder().encode(value))],
  ['.contains', binary(text, text, 'bool', (value, part, budget) => (budget.spendOn(value), value.includes(part)))],
  ['.startsWith', binary(text, text, 'bool', (value, part) => value.startsWith(part))],
  ['.endsWith', binary(text, text, 'bool', (value, part) => value.endsWith(part))],
]

function toBool(value: string): boolean {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value)) return true
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value)) return false
  throw new CelError('bool(): the text is no truth value')
}

function toInt(value: string): Int {
  if (!/^[+-]?[0-9]{1,20}$/.test(value)) throw new CelError('int(): the text is no integer')
  return intOf(BigInt(value.replace(/^\+/, '')))
}

function toUint(value: string): Uint {
  if (!/^[0-9]{1,20}$/.test(value)) throw new CelError('uint(): the text is no unsigned integer')
  return new Uint(BigInt(value))
}

function toDouble(value: string): Double {
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(value)
  if (special !== null) {
    if (special[2]?.toLowerCase() === 'nan') return new Double(Number.NaN)
    return new Double(special[1] === '-' ? -Infinity : Infinity)
  }
  const number = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(value) ? Number(value) : Number.NaN
  if (!Number.isFinite(number)) throw new CelError('double(): the text is no number')
  return new Double(number)
}

function intFromDouble(value: number): Int {
  // Both ends are refused, as in cel-go: a double there may stand for an integer that is out of range.
  if (!(value > -(2 ** 63) && value < 2 ** 63)) throw new CelError('int(): integer overflow')
  return intOf(BigInt(Math.trunc(value)))
}

function uintFromDouble(value: number): Uint {
  if (!(value >= 0 && value < 2 ** 64)) throw new CelError('uint(): unsigned integer overflow')
  return new Uint(BigInt(Math.trunc(value)))
}

/** A double as Go's strconv 'g' format with the shortest digits writes it: `1e+06`, `0.5`, `1`, `+Inf`. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return Object.is(value, -0) ? '-0' : String(value)
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

function decodeUtf8(value: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value)
  } catch {
    throw new CelError('string(): the bytes are not UTF-8')
  }
}

/** Whether a list holds nothing but ints, which its sum may then be. */
export function allInts(values: readonly unknown[]): values is readonly Int[] {
  return values.every(isInt)
}
