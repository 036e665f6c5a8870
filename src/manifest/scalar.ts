/*
 * How kubectl reads a plain (unquoted) scalar: YAML 1.1 booleans and octals, but no timestamps and no sexagesimals.
 * Measured with kubectl 1.32, which uses sigs.k8s.io/yaml; the table is in scalar.test.ts.
 */

/** What a scalar can be. */
export type ScalarValue = null | boolean | number | string

const words = new Map<string, ScalarValue>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'yes', 'true', 'on'].flatMap((word) => spellings(word, true)),
  ...['n', 'no', 'false', 'off'].flatMap((word) => spellings(word, false)),
])

function spellings(word: string, value: boolean): readonly (readonly [string, boolean])[] {
  const capitalised = word.charAt(0).toUpperCase() + word.slice(1)
  return [word, capitalised, word.toUpperCase()].map((spelling) => [spelling, value] as const)
}

const notFinite = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const integer = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const pointFloat = /^\.[0-9][0-9_]*(?:[eE][-+]?[0-9][0-9_]*)?$/
const strayUnderscore = /__|_$|_[eE]/

/**
 * The value of a plain scalar as kubectl reads it; what is nothing else is a string.
 * Undefined for an infinity or NaN, which JSON does not have (kubectl refuses the document).
 */
export function readPlain(source: string): ScalarValue | undefined {
  const word = source.length <= 5 ? words.get(source) : undefined
  if (word !== undefined) return word
  const first = source.charCodeAt(0)
  const isNumeric = (first >= 48 && first <= 57) || first === 43 || first === 45
  if (!isNumeric && first !== 46) return source
  if (notFinite.test(source)) return undefined
  return (isNumeric ? readNumber(source.replaceAll('_', '')) : readPointFloat(source)) ?? source
}

function readNumber(digits: string): number | undefined {
  return (integer.test(digits) ? readInteger(digits) : undefined) ?? finite(digits, float)
}

/** What begins with a point: Go lets single underscores stand between its digits. */
function readPointFloat(source: string): number | undefined {
  return pointFloat.test(source) && !strayUnderscore.test(source)
    ? finite(source.replaceAll('_', ''), float)
    : undefined
}

function finite(digits: string, form: RegExp): number | undefined {
  const value = form.test(digits) ? Number(digits) : Number.NaN
  return Number.isFinite(value) ? value + 0 : undefined
}

/** An integer of 64 bits; a larger one is read as a float where it can be, else it is a string, as in Go. */
function readInteger(digits: string): number | undefined {
  const unsigned = digits.replace(/^[-+]/, '')
  const octal = /^0[oO]?([0-7]+)$/.exec(unsigned)
  const text = octal?.[1] === undefined ? unsigned.toLowerCase() : `0o${octal[1]}`
  // 64 binary digits are the longest that fit; beyond, the conversion itself would cost.
  if (text.replace(/^0[xob]?0*/, '').length > 64) return undefined
  const value = digits.startsWith('-') ? -BigInt(text) : BigInt(text)
  const most = digits === unsigned ? 2n ** 64n : 2n ** 63n
  return value >= -(2n ** 63n) && value < most ? Number(value) : undefined
}

/**
 * The key that a plain scalar makes: kubectl writes booleans and numbers as text, so `yes: 1` has the key `true`.
 * Undefined for what cannot be a key (null, an infinity).
 */
export function plainKey(source: string): string | undefined {
  const value = readPlain(source)
  return value === null || value === undefined ? undefined : String(value)
}
