/** A Kubernetes quantity, exact to the nano unit that Kubernetes itself keeps. */
export interface Quantity {
  readonly nanos: bigint
  /**
   * Whether Kubernetes' Quantity.AsInt64 gives a number. It looks at how the text was written, not at the value alone:
   * `1k` does, `1000m`, `1.0` and `0.5Gi` do not.
   */
  readonly isInteger: boolean
}

const nano = 1_000_000_000n
const maximum = 2n ** 63n - 1n
const binaryExponents: ReadonlyMap<string, bigint> = new Map(
  ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((suffix, index) => [suffix, BigInt(index + 1) * 10n]),
)
const decimalExponents: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
])
const grammar = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([A-Za-z]{0,2}|[eE][+-]?[0-9]{1,4})$/
const longestText = 512
const largestExponent = 1000

/**
 * Reads a quantity by the grammar of apimachinery's resource.Quantity: a signed decimal number and one suffix, binary
 * (Ki … Ei), decimal (n u m k M G T P E) or an exponent (e3, E-3). Digits below a nano round away from zero, as there.
 * Undefined for anything else, and for texts over 512 characters or exponents beyond ±1000, which nobody means.
 */
export function parseQuantity(text: string): Quantity | undefined {
  if (text === '' || text.length > longestText) return undefined
  const match = grammar.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match
  const digits = BigInt(whole + fraction)
  const mantissa = sign === '-' ? -digits : digits
  const binary = binaryExponents.get(suffix)
  if (binary !== undefined) {
    const nanos = capped(divideAwayFromZero(mantissa * 2n ** binary * nano, 10n ** BigInt(fraction.length)))
    // Kubernetes multiplies small numbers out; others become decimals, which AsInt64 does not look into.
    const isSmall = significant(whole) + Math.trunc((Number(binary) * 3) / 10) <= 14
    return { nanos, isInteger: fraction === '' && isSmall }
  }
  const exponent = decimalExponents.get(suffix) ?? readExponent(suffix)
  if (exponent === undefined) return undefined
  const scale = exponent - fraction.length
  const nanos = scaled(mantissa, scale + 9)
  // Up to 18 digits Kubernetes keeps number and scale apart and never caps the product.
  const isSmall = scale >= -9 && significant(whole) + fraction.length <= 18
  return { nanos: isSmall ? nanos : capped(nanos), isInteger: scale >= 0 && isSmall && fitsInt64(nanos) }
}

/** Orders two quantities: -1 where the first is smaller, 0 where they are the same amount, 1 where it is larger. */
export function compareQuantities(left: Quantity, right: Quantity): -1 | 0 | 1 {
  if (left.nanos === right.nanos) return 0
  return left.nanos < right.nanos ? -1 : 1
}

function significant(digits: string): number {
  return digits.replace(/^0+/, '').length
}

function readExponent(suffix: string): number | undefined {
  if (!/^[eE][+-]?[0-9]+$/.test(suffix)) return undefined
  const exponent = Number(suffix.slice(1))
  return Math.abs(exponent) <= largestExponent ? exponent : undefined
}

function scaled(value: bigint, exponent: number): bigint {
  const factor = 10n ** BigInt(Math.abs(exponent))
  return exponent >= 0 ? value * factor : divideAwayFromZero(value, factor)
}

function divideAwayFromZero(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor
  if (value % divisor === 0n) return quotient
  return value < 0n ? quotient - 1n : quotient + 1n
}

function capped(nanos: bigint): bigint {
  return nanos > maximum * nano ? maximum * nano : nanos
}

function fitsInt64(nanos: bigint): boolean {
  const value = nanos / nano
  return value <= maximum && value >= -maximum - 1n
}
