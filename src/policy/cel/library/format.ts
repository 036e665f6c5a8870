import type { Budget } from '../budget.ts'
import { CelError } from '../error.ts'
import { doubleOf, isDouble, isInt, isList, isMap, entryOf, keysOf, TypeValue, Uint } from '../values.ts'
import { quote } from './quote.ts'
import { formatDouble } from './standard.ts'
import { Duration, formatDuration, formatTimestamp, Timestamp } from './time.ts'

const clause = /%(?:%|(?:\.([0-9]{1,3}))?(.))/gsu

/** Fills `%s %d %f %b %o %x %X` of a text with the values of a list; throws {@link CelError} where they do not fit. */
export function formatText(pattern: string, values: readonly unknown[], budget: Budget): string {
  budget.spendOn(pattern)
  let used = 0
  const filled = pattern.replaceAll(
    clause,
    (whole: string, precision: string | undefined, verb: string | undefined) => {
      if (whole === '%%') return '%'
      const value = values[used]
      used += 1
      if (used > values.length) throw new CelError(`format(): index ${used - 1} out of range`)
      const written = writeClause(verb ?? '', value, precision === undefined ? 6 : Number(precision))
      budget.spendOn(written)
      return written
    },
  )
  return filled
}

function writeClause(verb: string, value: unknown, precision: number): string {
  switch (verb) {
    case 's':
      return writeString(value)
    case 'd':
      return wholeNumber(value).toString()
    case 'f':
      return writeFixed(value, precision)
    case 'b':
      return typeof value === 'boolean' ? String(Number(value)) : wholeNumber(value).toString(2)
    case 'o':
      return wholeNumber(value).toString(8)
    case 'x':
      return writeHexadecimal(value)
    case 'X':
      return writeHexadecimal(value).toUpperCase()
    default:
      throw new CelError('format(): the clauses are %s %d %f %b %o %x %X')
  }
}

function writeFixed(value: unknown, precision: number): string {
  if (!isDouble(value)) throw new CelError('format(): %f writes doubles only')
  const number = doubleOf(value)
  return Number.isFinite(number) ? number.toFixed(Math.min(precision, 100)) : nonFinite(number)
}

function nonFinite(number: number): string {
  if (Number.isNaN(number)) return 'NaN'
  return number > 0 ? 'Infinity' : '-Infinity'
}

function wholeNumber(value: unknown): bigint {
  if (value instanceof Uint) return value.value
  if (isInt(value)) return BigInt(value)
  throw new CelError('format(): the clause wants an integer')
}

function writeHexadecimal(value: unknown): string {
  if (typeof value === 'string') return hexadecimal(new TextEncoder().encode(value))
  return value instanceof Uint8Array ? hexadecimal(value) : wholeNumber(value).toString(16)
}

function hexadecimal(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('')
}

function writeString(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Duration) return formatDuration(value)
  if (value instanceof Timestamp) return formatTimestamp(value)
  if (value instanceof Uint8Array) return new TextDecoder().decode(value)
  return writeNested(value)
}

/** A value inside a list or a map, where texts stand in quotes. */
function writeNested(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isDouble(value)) {
    const number = doubleOf(value)
    return Number.isFinite(number) ? formatDouble(number) : nonFinite(number)
  }
  if (isInt(value) || value instanceof Uint) return wholeNumber(value).toString()
  if (value instanceof TypeValue) return value.name
  if (isList(value)) return `[${value.map(writeNested).join(', ')}]`
  if (!isMap(value)) throw new CelError('format(): %s cannot write a value of this type')
  const entries = keysOf(value).map((key) => `${writeNested(key)}:${writeNested(entryOf(value, key))}`)
  return `{${entries.sort().join(', ')}}`
}
