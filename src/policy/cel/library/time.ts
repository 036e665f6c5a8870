import { Comparable } from '../compare.ts'
import { CelError } from '../error.ts'
import { type FunctionEntry, instance, integer, type Kind, text, unary } from '../overload.ts'
import { type Int, intOf } from '../values.ts'

const second = 1_000_000_000n
const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', second],
  ['m', 60n * second],
  ['h', 3_600n * second],
])

/** A span of time in nanoseconds. */
export class Duration extends Comparable {
  readonly typeName = 'google.protobuf.Duration'
  readonly nanos: bigint

  constructor(nanos: bigint) {
    super()
    if (nanos > 2n ** 63n - 1n || nanos < -(2n ** 63n)) throw new CelError('duration out of range')
    this.nanos = nanos
  }

  compareWith(other: unknown): number | undefined {
    return other instanceof Duration ? Number(this.nanos - other.nanos) : undefined
  }

  plus(other: Duration): Duration {
    return new Duration(this.nanos + other.nanos)
  }
}

/** A point in time in nanoseconds since 1970, between the years 1 and 9999. */
export class Timestamp extends Comparable {
  readonly typeName = 'google.protobuf.Timestamp'
  readonly nanos: bigint

  constructor(nanos: bigint) {
    super()
    if (nanos < -62_135_596_800n * second || nanos >= 253_402_300_800n * second) {
      throw new CelError('timestamp out of range')
    }
    this.nanos = nanos
  }

  compareWith(other: unknown): number | undefined {
    return other instanceof Timestamp ? Number(this.nanos - other.nanos) : undefined
  }

  /** The date, to the millisecond. */
  get date(): Date {
    return new Date(Number(floorDivide(this.nanos, 1_000_000n)))
  }
}

/** The kind of durations. */
export const duration: Kind<Duration> = instance('google.protobuf.Duration', Duration)
/** The kind of timestamps. */
export const timestamp: Kind<Timestamp> = instance('google.protobuf.Timestamp', Timestamp)

/** Durations and timestamps; the getters take no time zone: they answer in UTC. */
export const timeFunctions: readonly FunctionEntry[] = [
  ['duration', unary(text, 'google.protobuf.Duration', parseDuration), unary(duration, duration.type.name, same)],
  [
    'timestamp',
    unary(text, 'google.protobuf.Timestamp', parseTimestamp),
    unary(integer, timestamp.type.name, (seconds) => new Timestamp(BigInt(seconds) * second)),
    unary(timestamp, timestamp.type.name, same),
  ],
  ['string', unary(duration, 'string', formatDuration), unary(timestamp, 'string', formatTimestamp)],
  ['int', unary(timestamp, 'int', (value) => intOf(floorDivide(value.nanos, second)))],
  ['.getFullYear', unary(timestamp, 'int', (value) => value.date.getUTCFullYear())],
  ['.getMonth', unary(timestamp, 'int', (value) => value.date.getUTCMonth())],
  ['.getDate', unary(timestamp, 'int', (value) => value.date.getUTCDate())],
  ['.getDayOfMonth', unary(timestamp, 'int', (value) => value.date.getUTCDate() - 1)],
  ['.getDayOfWeek', unary(timestamp, 'int', (value) => value.date.getUTCDay())],
  ['.getDayOfYear', unary(timestamp, 'int', dayOfYear)],
  ['.getHours', unary(timestamp, 'int', (value) => value.date.getUTCHours()), total(3_600n * second)],
  ['.getMinutes', unary(timestamp, 'int', (value) => value.date.getUTCMinutes()), total(60n * second)],
  ['.getSeconds', unary(timestamp, 'int', (value) => value.date.getUTCSeconds()), total(second)],
  ['.getMilliseconds', unary(timestamp, 'int', (value) => value.date.getUTCMilliseconds()), total(1_000_000n)],
]

function same<T>(value: T): T {
  return value
}

function total(unit: bigint): ReturnType<typeof unary> {
  return unary(duration, 'int', (value): Int => intOf(value.nanos / unit))
}

function parseDuration(value: string): Duration {
  const match = /^([+-]?)(0|(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(value.slice(0, 200))
  if (match === null || value.length > 200) throw new CelError('duration(): the text is no duration')
  let nanos = 0n
  for (const [, whole = '', fraction = '', unit = ''] of (match[2] ?? '').matchAll(durationPart)) {
    nanos += (BigInt(whole + fraction) * (units.get(unit) ?? 0n)) / 10n ** BigInt(fraction.length)
  }
  return new Duration(match[1] === '-' ? -nanos : nanos)
}

const durationPart = /([0-9]*)(?:\.([0-9]*))?([a-zµμ]+)/g
const rfc3339 = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/

function parseTimestamp(value: string): Timestamp {
  const match = rfc3339.exec(value)
  const milliseconds = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}${match[4]}`)
  if (match === null || Number.isNaN(milliseconds) || !isRealDate(match[1] ?? '') || match[2]?.startsWith('24')) {
    throw new CelError('timestamp(): the text is no RFC 3339 time')
  }
  return new Timestamp(BigInt(milliseconds) * 1_000_000n + BigInt((match[3] ?? '').padEnd(9, '0')))
}

function isRealDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date)
}

/** A timestamp as RFC 3339 writes it, in UTC. */
export function formatTimestamp(value: Timestamp): string {
  const fraction = value.nanos - floorDivide(value.nanos, second) * second
  const digits = String(fraction).padStart(9, '0').replace(/0+$/, '')
  return `${value.date.toISOString().slice(0, 19)}${digits === '' ? '' : `.${digits}`}Z`
}

/** A duration in seconds: `5400s`, `1.5s`. */
export function formatDuration({ nanos }: Duration): string {
  const absolute = nanos < 0n ? -nanos : nanos
  const digits = String(absolute % second)
    .padStart(9, '0')
    .replace(/0+$/, '')
  return `${nanos < 0n ? '-' : ''}${absolute / second}${digits === '' ? '' : `.${digits}`}s`
}

function dayOfYear(value: Timestamp): number {
  const year = new Date(value.date)
  year.setUTCMonth(0, 1)
  year.setUTCHours(0, 0, 0, 0)
  return Math.floor((value.date.getTime() - year.getTime()) / 86_400_000)
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor
  return value % divisor < 0n ? quotient - 1n : quotient
}
