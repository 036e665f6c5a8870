import { createHash } from 'node:crypto'
import { type EventNotice, eventNamespace, eventObject, type EventSubject } from '../kubernetes/event.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { EventDropReason, StateMetrics } from '../telemetry/state-metrics.ts'
import type { ApiClient } from './api-client.ts'
import { backoffMs } from './backoff.ts'
import type { Clock } from './clock.ts'
import { EventOwners } from './event-owners.ts'
import { StatusError } from './source.ts'
import { TokenBucket } from './token-bucket.ts'

export interface EventRecorderOptions {
  readonly client: Pick<ApiClient, 'apply' | 'get'>
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Pick<StateMetrics, 'eventWritten' | 'eventDropped'>
  /** The pod that writes: each has Events of its own, with counts of its own. */
  readonly instance: string
}

/** The same happening again and again: one Event with a count. */
interface Series {
  readonly subject: EventSubject
  readonly name: string
  notice: EventNotice
  count: number
  readonly first: Date
  last: Date
  /** When it may be written next, in milliseconds. */
  due: number
  failures: number
}

const maxWaiting = 256
const maxSeries = 1024
// The API server forgets an Event an hour after it was last written (--event-ttl).
const forgetMs = 60 * 60_000
// A count is brought up to date so often at most.
const updateMs = 10_000
// What the API server does not want is tried again so much later, if it still happens then.
const refusedMs = 5 * 60_000
const maxFailures = 5
const burst = 25
const perSecond = 1

/**
 * Writes Events one by one, slowly, and never makes anybody wait for it: what there is no room for is dropped and
 * counted. What happens again within an hour makes no other Event, but raises the count of the first.
 */
export class EventRecorder {
  readonly #options: EventRecorderOptions
  readonly #owners: EventOwners
  readonly #bucket: TokenBucket
  readonly #series = new Map<string, Series>()
  readonly #waiting = new Set<Series>()
  #callOff = (): void => undefined
  #writing = false
  #stopped = false
  #complained = false

  constructor(options: EventRecorderOptions) {
    this.#options = options
    this.#owners = new EventOwners(options.client)
    this.#bucket = new TokenBucket({ burst, perSecond, now: this.#now() })
  }

  /** Takes a notice; returns at once. */
  publish(notice: EventNotice): void {
    if (this.#stopped) return
    for (const subject of notice.subjects) {
      const series = this.#counted(notice, subject)
      if (this.#waiting.has(series)) continue
      if (this.#waiting.size < maxWaiting) this.#waiting.add(series)
      else this.#options.metrics.eventDropped('queue_full')
    }
    if (!this.#writing) this.#schedule()
  }

  /** Writes nothing from now on. */
  stop(): void {
    this.#stopped = true
    this.#callOff()
    this.#waiting.clear()
  }

  #now(): number {
    return this.#options.clock.now().getTime()
  }

  #counted(notice: EventNotice, subject: EventSubject): Series {
    const now = this.#options.clock.now()
    const { apiVersion, kind, namespace, name } = subject
    const key = JSON.stringify([notice.reason, notice.about, apiVersion, kind, namespace, name])
    const known = this.#series.get(key)
    const series =
      known !== undefined && now.getTime() - known.last.getTime() < forgetMs
        ? known
        : newSeries({ notice, subject, now, name: this.#nameOf(key, now) })
    series.notice = notice
    series.count += 1
    series.last = now
    // Put behind the others: the first is what has not happened for longest.
    this.#series.delete(key)
    this.#series.set(key, series)
    const [oldest] = this.#series.size > maxSeries ? this.#series.keys() : []
    if (oldest !== undefined) this.#series.delete(oldest)
    return series
  }

  #nameOf(key: string, now: Date): string {
    const hash = createHash('sha256').update(`${this.#options.instance} ${now.getTime()} ${key}`)
    return `holdfast.${hash.digest('hex').slice(0, 20)}`
  }

  /** Sets the timer for whatever may be written first. */
  #schedule(): void {
    this.#callOff()
    if (this.#stopped || this.#waiting.size === 0) return
    const now = this.#now()
    let due = Number.POSITIVE_INFINITY
    for (const series of this.#waiting) due = Math.min(due, series.due)
    const wait = Math.max(due - now, this.#bucket.waitMs(now), 0)
    this.#callOff = this.#options.clock.after(wait, () => void this.#writeNext())
  }

  async #writeNext(): Promise<void> {
    const now = this.#now()
    const series = [...this.#waiting].find(({ due }) => due <= now)
    if (series !== undefined && this.#bucket.take(now)) {
      this.#waiting.delete(series)
      this.#writing = true
      await this.#write(series)
      this.#writing = false
    }
    this.#schedule()
  }

  async #write(series: Series): Promise<void> {
    const { client, metrics, instance } = this.#options
    try {
      const subject = series.subject.claimed ? await this.#owners.find(series.subject, this.#now()) : series.subject
      if (subject === undefined) {
        this.#drop(series, 'no_owner')
        return
      }
      const path = `/api/v1/namespaces/${encodeURIComponent(eventNamespace(subject))}/events/${series.name}`
      await client.apply(path, eventObject(series.notice, subject, { name: series.name, series, instance }), 'holdfast')
      series.failures = 0
      series.due = this.#now() + updateMs
      this.#complained = false
      metrics.eventWritten()
    } catch (error) {
      this.#failed(series, error)
    }
  }

  #failed(series: Series, error: unknown): void {
    if (!this.#complained) this.#options.logger.warn({ error }, 'an Event could not be written')
    this.#complained = true
    if (isRefusal(error)) {
      this.#drop(series, 'refused')
      return
    }
    series.failures += 1
    if (series.failures >= maxFailures || this.#waiting.size >= maxWaiting) {
      this.#drop(series, 'unreachable')
      return
    }
    series.due = this.#now() + backoffMs(series.failures, 1)
    this.#waiting.add(series)
  }

  #drop(series: Series, reason: EventDropReason): void {
    series.failures = 0
    series.due = this.#now() + refusedMs
    this.#options.metrics.eventDropped(reason)
  }
}

function newSeries(given: Pick<Series, 'notice' | 'subject' | 'name'> & { readonly now: Date }): Series {
  const { notice, subject, name, now } = given
  return { notice, subject, name, count: 0, first: now, last: now, due: 0, failures: 0 }
}

/** Whether the API server would say the same again: no right, no namespace. Too many requests it takes later. */
function isRefusal(error: unknown): boolean {
  return error instanceof StatusError && error.code >= 400 && error.code < 500 && error.code !== 429
}
