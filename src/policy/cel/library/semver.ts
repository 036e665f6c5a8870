import { Comparable } from '../compare.ts'
import { CelError } from '../error.ts'
import { binary, type FunctionEntry, instance, type Kind, type Overload, text, truth, unary } from '../overload.ts'
import { intOf } from '../values.ts'

class Semver extends Comparable {
  readonly typeName = 'kubernetes.Semver'
  readonly numbers: readonly bigint[]
  readonly prerelease: readonly string[]

  constructor(numbers: readonly bigint[], prerelease: readonly string[]) {
    super()
    this.numbers = numbers
    this.prerelease = prerelease
  }

  compareWith(other: unknown): number | undefined {
    if (!(other instanceof Semver)) return undefined
    for (const [index, number] of this.numbers.entries()) {
      const theirs = other.numbers[index] ?? 0n
      if (number !== theirs) return number < theirs ? -1 : 1
    }
    return comparePrereleases(this.prerelease, other.prerelease)
  }
}

const version: Kind<Semver> = instance('kubernetes.Semver', Semver)
const grammar = /^(0|[1-9]\d{0,19})\.(0|[1-9]\d{0,19})\.(0|[1-9]\d{0,19})(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/
const longestVersion = 256

/** Kubernetes' semantic versions; with true as a second argument `v1.2` and `01.2.3` are read as well. */
export const semverFunctions: readonly FunctionEntry[] = [
  [
    'isSemver',
    unary(text, 'bool', (value) => parse(value) !== undefined),
    binary(text, truth, 'bool', (value, lenient) => parse(lenient ? normalized(value) : value) !== undefined),
  ],
  [
    'semver',
    unary(text, 'kubernetes.Semver', demand),
    binary(text, truth, 'kubernetes.Semver', (value, lenient) => demand(lenient ? normalized(value) : value)),
  ],
  ['.major', numberAt(0)],
  ['.minor', numberAt(1)],
  ['.patch', numberAt(2)],
  ['.isLessThan', binary(version, version, 'bool', (left, right) => (left.compareWith(right) ?? 0) < 0)],
  ['.isGreaterThan', binary(version, version, 'bool', (left, right) => (left.compareWith(right) ?? 0) > 0)],
  ['.compareTo', binary(version, version, 'int', (left, right) => left.compareWith(right) ?? 0)],
]

function numberAt(index: number): Overload {
  return unary(version, 'int', (value) => intOf(value.numbers[index] ?? 0n))
}

function demand(value: string): Semver {
  const parsed = parse(value)
  if (parsed === undefined) throw new CelError('semver(): the text is no semantic version')
  return parsed
}

function parse(value: string): Semver | undefined {
  const match = value.length > longestVersion ? null : grammar.exec(value)
  if (match === null) return undefined
  const prerelease = match[4]?.split('.') ?? []
  const build = match[5]?.split('.') ?? []
  if (prerelease.some((part) => part === '' || /^0\d+$/.test(part)) || build.includes('')) return undefined
  return new Semver(
    [match[1], match[2], match[3]].map((digits) => BigInt(digits ?? 0)),
    prerelease,
  )
}

/** What semver.ParseTolerant reads: no leading v, zeros or spaces, and absent numbers as zero. */
function normalized(value: string): string {
  const trimmed = value.trim().replace(/^v/, '')
  const core = /^[0-9.]*/.exec(trimmed)?.[0] ?? ''
  const numbers = core.split('.').map((digits) => (digits === '' ? digits : digits.replace(/^0+(?=\d)/, '')))
  if (numbers.length > 3 || numbers.includes('')) return ''
  if (numbers.length < 3 && trimmed.length > core.length) return ''
  return [...numbers, '0', '0'].slice(0, 3).join('.') + trimmed.slice(core.length)
}

function comparePrereleases(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return Math.sign(right.length - left.length)
  for (const [index, part] of left.entries()) {
    const theirs = right[index]
    if (theirs === undefined) return 1
    const order = compareParts(part, theirs)
    if (order !== 0) return order
  }
  return left.length < right.length ? -1 : 0
}

function compareParts(left: string, right: string): number {
  const numeric = /^\d+$/
  const leftIsNumber = numeric.test(left)
  if (leftIsNumber !== numeric.test(right)) return leftIsNumber ? -1 : 1
  if (left === right) return 0
  const isLess = leftIsNumber ? BigInt(left) < BigInt(right) : left < right
  return isLess ? -1 : 1
}
