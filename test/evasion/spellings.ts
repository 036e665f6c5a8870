import { type Arbitrary, array, bigInt, boolean, constantFrom, tuple } from 'fast-check'
import type { JsonValue } from '../../src/kubernetes/json.ts'

/** Ways to write a path on a node that the kernel reads as the same one; with `..` only where the caller wants it. */
export function pathSpellings(path: string, dots: 'with ..' | 'without ..'): Arbitrary<string> {
  const segments = path.split('/').filter((segment) => segment !== '')
  const separators = ['/', '//', '/./', ...(dots === 'with ..' ? ['/tmp/../', '/a/b/../../'] : [])]
  const starts = dots === 'with ..' ? ['', '/opt/shared/data/../../..', '/..'] : ['']
  const ends = dots === 'with ..' ? ['', '/', '/.', '//', '/x/..'] : ['', '/', '/.', '//']
  return tuple(
    constantFrom(...starts),
    array(constantFrom(...separators), { minLength: segments.length, maxLength: segments.length }),
    constantFrom(...ends),
  ).map(([start, between, end]) => {
    const spelled = start + segments.map((segment, index) => (between[index] ?? '/') + segment).join('') + end
    return spelled === '' ? '/' : spelled
  })
}

const units: readonly (readonly [suffix: string, factor: bigint])[] = [
  ['', 1n],
  ['Ki', 2n ** 10n],
  ['Mi', 2n ** 20n],
  ['Gi', 2n ** 30n],
  ['Ti', 2n ** 40n],
  ['Pi', 2n ** 50n],
  ['k', 10n ** 3n],
  ['M', 10n ** 6n],
  ['G', 10n ** 9n],
  ['T', 10n ** 12n],
  ['P', 10n ** 15n],
  ['e3', 10n ** 3n],
  ['E9', 10n ** 9n],
  ['e+6', 10n ** 6n],
]

/** Units below one: the number grows instead. */
const fractions: readonly (readonly [suffix: string, factor: bigint])[] = [
  ['m', 10n ** 3n],
  ['u', 10n ** 6n],
  ['e-3', 10n ** 3n],
]

/** Ways to write exactly so many bytes as a Kubernetes quantity: any unit, decimals, signs, zeros, a bare number. */
export function quantitySpellings(bytes: Arbitrary<bigint>): Arbitrary<JsonValue> {
  const writers = [
    ...units.map(
      ([suffix, factor]) =>
        (amount: bigint): JsonValue =>
          quotient(amount, factor) + suffix,
    ),
    ...fractions.map(
      ([suffix, factor]) =>
        (amount: bigint): JsonValue =>
          `${amount * factor}${suffix}`,
    ),
    (amount: bigint): JsonValue => Number(amount),
  ]
  return tuple(bytes, constantFrom(...writers), constantFrom('', '+', '00')).map(([amount, write, before]) => {
    const written = write(amount)
    return typeof written === 'string' ? before + written : written
  })
}

/** A division by 2^n or 10^n, written out: its decimals end. */
function quotient(amount: bigint, divisor: bigint): string {
  let rest = amount % divisor
  let decimals = ''
  while (rest > 0n) {
    decimals += String((rest * 10n) / divisor)
    rest = (rest * 10n) % divisor
  }
  return `${amount / divisor}${decimals === '' ? '' : `.${decimals}`}`
}

/** Whole numbers of bytes from the first to the last. */
export function bytesBetween(first: bigint, last: bigint): Arbitrary<bigint> {
  return bigInt({ min: first, max: last })
}

const pair = tuple(constantFrom(...Array.from('BKMRTWbdghkmpqrtvw')), constantFrom(...Array.from('23456789'))).map(
  (characters) => characters.join(''),
)

/**
 * A text that looks like a password and like nothing else: letters and digits in turn form no word and no known token,
 * and of 4n + 2 characters no base64.
 */
export const passwords: Arbitrary<string> = tuple(pair, array(tuple(pair, pair), { minLength: 2, maxLength: 4 })).map(
  ([first, rest]) => first + rest.flat().join(''),
)

/** Names that say that a password follows, in the styles of environment variables and configuration files. */
export const passwordNames: Arbitrary<string> = tuple(
  constantFrom('db', 'redis', 'smtp', 'billing', 'postgres'),
  constantFrom(
    (of: string) => `${of.toUpperCase()}_PASSWORD`,
    (of: string) => `${of}_password`,
    (of: string) => `${of}-password`,
    (of: string) => `${of}.password`,
    (of: string) => `${of}Password`,
    () => 'password',
  ),
).map(([of, style]) => style(of))

/** Names of environment variables that say that a password follows. */
export const passwordVariables: Arbitrary<string> = tuple(
  constantFrom('DB', 'REDIS', 'SMTP', 'POSTGRES', 'MYSQL_ROOT'),
  boolean(),
).map(([of, lower]) => (lower ? `${of.toLowerCase()}_password` : `${of}_PASSWORD`))

/** What stands where a password will be put, or says where it is. */
export const placeholders: Arbitrary<string> = constantFrom(
  '${DB_PASSWORD}',
  '$(DB_PASSWORD)',
  '{{ .Values.password }}',
  '<password>',
  'changeme',
  'vault:secret/data/db#password',
  '/run/secrets/db/password',
)
