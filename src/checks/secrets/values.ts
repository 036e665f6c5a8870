import { entropy } from './entropy.ts'

/** Shapes of values. A value is cut to 4096 characters before. */
export const valueExpressions = {
  space: /\s/,
  digit: /\d/,
  letter: /[A-Za-z]/,
  lower: /[a-z]/,
  upper: /[A-Z]/,
  symbol: /[^A-Za-z0-9]/,
  separator: /[-_./: ]/,
  separatorsAll: /[-_./: ]/g,
  constantName: /^[A-Z][A-Z0-9_]{0,200}$/,
  manyDigits: /\d{3}/,
  /** One part of a Kubernetes name: `orders`, `v2`, `1a2b3c`. */
  namePart: /^(?:[a-z]{2,63}\d{0,3}|v?\d{1,4}|[a-z0-9]{1,7})$/,
  lettersOnly: /^[A-Za-z]{1,63}$/,
  quantity: /^\d{1,20}(?:[.,:]\d{1,10}){0,4}(?:ms|[smhdMGkTP%]|[MGKT]i)?$/,
  host: /^[\w.-]{1,253}\.(?:svc|local|com|io|net|org|dev|internal)(?::\d{1,5})?(?:\/.{0,500})?$/,
  image: /^[\w.-]{1,253}(?:\/[\w./-]{1,300})(?::[\w.-]{1,128}|@sha256:\w{64})$/,
  hex: /^[a-fA-F0-9-]{1,512}$/,
  uuid: /^[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-/,
  digest: /^(?:sha\d{1,3}|md5)[:-]/,
  random: /^[A-Za-z0-9+/=_\-.~!@#$%^&*]{1,512}$/,
  camelWords: /^[a-z]{1,40}(?:[A-Z][a-z]{1,40}){0,12}$/,
  publicKey: /^(?:6L[\w-]{38}|pub[a-z0-9]{32})$/,
  /** Letters of one case, digits: what a value changes between. A capital belongs to the small letters behind it. */
  run: /[A-Z]?[a-z]{1,512}|[A-Z]{1,512}|\d{1,512}/g,
  /** What stands between the parts of a value. */
  notAlphanumeric: /[^A-Za-z0-9]/,
  /** No word of English or German has so many consonants in a row. */
  consonants: /[bcdfghjklmnpqrstvwxz]{6}|[BCDFGHJKLMNPQRSTVWXZ]{6}/,
  oneCase: /^(?:[a-z\d]{1,512}|[A-Z\d]{1,512})$/,
  digits: /\d{1,512}/g,
  hexDigits: /^(?:[a-f0-9]{24,512}|[A-F0-9]{24,512})$/,
  /** `6F1B-22C7-…`: groups of letters and digits, as licence keys and UUIDs have them. */
  groups: /^[A-Za-z0-9]{3,12}(?:[-.][A-Za-z0-9]{2,12}){2,7}$/,
  oneWord: /^(?:[a-z]{20,512}|[A-Z]{20,512})$/,
} as const

const { space, digit, letter, lower, upper, symbol, separator } = valueExpressions

/** Whether a value looks like a credential: not words, names, numbers, hosts or images, and not a pattern. */
export function looksLikeCredential(value: string, minimumLength = 8): boolean {
  if (value.length < minimumLength || value.length > 4096 || space.test(value)) return false
  if (isOrdinary(value)) return false
  const bits = entropy(value)
  const isMixed = lower.test(value) && upper.test(value)
  const hasLetter = letter.test(value)
  const composed =
    (digit.test(value) && hasLetter) || (symbol.test(value) && hasLetter && bits > 3) || (isMixed && value.length >= 20)
  return composed && bits >= Math.min(2.6, Math.log2(value.length) * 0.7)
}

/** Whether a value looks drawn at random: a credential of many different characters, no digest, no dotted name. */
export function looksRandom(value: string, minimumLength: number): boolean {
  if (value.length > 512 || !looksLikeCredential(value, minimumLength)) return false
  const { random, camelWords, digest, uuid, hex } = valueExpressions
  if (!random.test(value) || camelWords.test(value) || digest.test(value) || uuid.test(value)) return false
  const parts = value.split('.')
  if (parts.length > 1 && parts.every((item) => valueExpressions.lettersOnly.test(item))) return false
  return entropy(value) >= (hex.test(value) ? 2.8 : 3.4)
}

/**
 * Whether a part of a value without a separator was drawn by a machine: it changes between letters, digits and cases
 * more often than words, versions and names of types do, or holds consonants that nobody can say.
 */
export function looksDrawn(value: string, minimumLength: number): boolean {
  if (value.length < minimumLength) return false
  const part = longestPart(value)
  if (part.length < minimumLength || part.length > 512) return false
  return isUnspeakable(part) && entropy(part) >= 2.7
}

function isUnspeakable(part: string): boolean {
  const { run, consonants } = valueExpressions
  if (part.length >= (lower.test(part) ? 12 : 16) && consonants.test(part)) return true
  if (!digit.test(part) || !letter.test(part)) return false
  const perRun = part.length / (part.match(run)?.length ?? 1)
  return perRun <= 2.9 || isLongMixture(part, perRun) || isMixedHex(part)
}

/** Whether a value is one word of letters that is longer than words are. */
export function looksJumbled(value: string): boolean {
  return valueExpressions.oneWord.test(value) && entropy(value) >= 2.7
}

/** Whether a value is groups of letters and digits with a hyphen or a dot between them: a UUID, a licence key. */
export function looksGrouped(value: string): boolean {
  if (value.length < 20 || value.length > 64 || !valueExpressions.groups.test(value)) return false
  return countOf(value, digit) >= 6 && countOf(value, letter) >= 4
}

/** A long part with numbers in several places; up to 40 characters of one case only, as names of types have both. */
function isLongMixture(part: string, perRun: number): boolean {
  const { oneCase, digits } = valueExpressions
  if (part.length < 24 || perRun > 6) return false
  const numbers = part.match(digits)?.length ?? 0
  return (perRun <= 4.5 && numbers >= 3 && oneCase.test(part)) || (part.length >= 40 && numbers >= 5)
}

function isMixedHex(part: string): boolean {
  return valueExpressions.hexDigits.test(part) && countOf(part, digit) >= 4 && countOf(part, letter) >= 4
}

function longestPart(value: string): string {
  let longest = ''
  for (const part of value.split(valueExpressions.notAlphanumeric)) if (part.length > longest.length) longest = part
  return longest
}

function countOf(text: string, expression: RegExp): number {
  let count = 0
  for (const character of text) if (expression.test(character)) count += 1
  return count
}

/** Words, names of objects and constants, numbers with units, hosts, images, public keys. */
function isOrdinary(value: string): boolean {
  const { quantity, host, image, publicKey } = valueExpressions
  return [quantity, host, image, publicKey].some((shape) => shape.test(value)) || isName(value)
}

function isName(value: string): boolean {
  const { constantName, manyDigits, lettersOnly, namePart, separatorsAll } = valueExpressions
  if (value.includes('_') && constantName.test(value) && !manyDigits.test(value)) return true
  const parts = value.split(separatorsAll)
  if (parts.every((item) => lettersOnly.test(item))) {
    return value.length < 20 || separator.test(value) || !(lower.test(value) && upper.test(value))
  }
  return parts.length > 1 && !value.includes(' ') && parts.every((item) => namePart.test(item))
}
