import { asString, at, type JsonObject } from '../kubernetes/json.ts'
import type { Logger } from '../telemetry/logger.ts'
import { backoffMs } from './backoff.ts'
import { beginCall, type Call } from './call.ts'
import type { Clock } from './clock.ts'
import type { Condition, KindState } from './kind-state.ts'
import { listAll } from './list-all.ts'
import { createObjectStore, type Objects } from './object-store.ts'
import { hasStatus, type Source, StatusError, type WatchEvent } from './source.ts'
import type { WatchedKind } from './watched-kind.ts'

/** What a reflector works with. */
export interface ReflectorOptions {
  readonly kind: WatchedKind
  readonly source: Source
  readonly logger: Logger
  readonly clock: Clock
  /** Everything is listed again after so many milliseconds, whatever the watch says. */
  readonly relistEveryMs: number
  /** A number from 0 to 1, to spread retries. */
  readonly random: () => number
  /** Called after the state has changed in more than its time. */
  readonly onChange: () => void
}

/** How long the API server is asked to keep a watch open, in seconds. */
const watchSeconds = 300

/** A watch without an event for so long is taken for dead. Bookmarks come about once a minute. */
export const silenceMs = (watchSeconds + 30) * 1000

const openMs = 30_000
const listMs = 120_000

// Whoever installs the kind waits for what rules look up in it; asking costs one short request.
const absentMs = 60_000

// A watch that ends sooner has failed: without a pause, one that is always closed at once would be a tight loop.
const lastingMs = 10_000

/**
 * Keeps the objects of one kind as they are in the cluster: lists them, watches from there, takes the watch up again
 * where it ended, and starts over with a list when that is no longer possible.
 *
 * Instead of the library's informer and Watch (@kubernetes/client-node 2.0.1): the informer stops at the first error
 * and leaves starting again to its user (issues 364, 596, 958, 1933), and never lists again by itself. Watch hands out
 * what aborts it only after the API server has answered, cuts a connection that is quiet for 30 s (bookmarks come once
 * a minute) and makes a TLS agent for each that is never closed. What is left of an informer is this loop.
 */
export class Reflector {
  readonly #options: ReflectorOptions
  readonly #store = createObjectStore()
  #condition: Condition = 'starting'
  #known = false
  #upToDateAt: Date | undefined
  #resumeFrom: string | undefined
  #listedAt: Date | undefined
  #failures = 0
  #stopped = false
  #call: Call | undefined
  #wake: (() => void) | undefined
  #running: Promise<void> | undefined

  constructor(options: ReflectorOptions) {
    this.#options = options
  }

  get kind(): string {
    return this.#options.kind.kind
  }

  /** All objects as last known, trimmed; the same value as long as nothing changes. */
  objects(): Objects {
    return this.#store.current()
  }

  state(): KindState {
    return { condition: this.#condition, known: this.#known, upToDateAt: this.#upToDateAt }
  }

  /** Begins; once only. Never throws. */
  start(): void {
    this.#running ??= this.#run()
  }

  /** Ends every request and timer. What was known stays readable. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#call?.abort(new Error('stopped'))
    this.#wake?.()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const pauseMs = await this.#attempt()
      if (pauseMs > 0 && !this.#stopped) await this.#pause(pauseMs)
    }
  }

  /** Lists if need be, watches until the end of the watch, and says how long to wait before the next attempt. */
  async #attempt(): Promise<number> {
    const call = beginCall(this.#options.clock)
    this.#call = call
    try {
      const resumeFrom = this.#relistDueMs() > 0 ? this.#resumeFrom : undefined
      if (resumeFrom !== undefined) return await this.#follow(resumeFrom, true, call)
      return await this.#follow(await this.#list(call), false, call)
    } catch (error) {
      return this.#stopped ? 0 : this.#failed(error)
    } finally {
      call.end()
    }
  }

  async #list(call: Call): Promise<string> {
    const { source, kind, clock } = this.#options
    const listedAt = clock.now()
    call.within(listMs, 'the list took too long')
    const { objects, resourceVersion } = await listAll(source, kind, call.signal)
    this.#store.replace(objects)
    this.#listedAt = listedAt
    this.#resumeFrom = resourceVersion
    // What changed while it was being listed is not in it.
    this.#upToDateAt = listedAt
    this.#known = true
    this.#enter('following')
    return resourceVersion
  }

  /** Watches until the watch ends. Answers how long to wait; throws where that counts as a failure. */
  async #follow(resourceVersion: string, resumed: boolean, call: Call): Promise<number> {
    const { clock } = this.#options
    const began = clock.now().getTime()
    const relist = new Error('time to list again')
    const callOff = clock.after(this.#relistDueMs(), () => call.abort(relist))
    try {
      await this.#takeEvents(resourceVersion, call)
      if (clock.now().getTime() - began < lastingMs) throw new Error('the watch was closed at once')
    } catch (error) {
      if (this.#stopped) return 0
      if (call.signal.reason === relist) {
        this.#resumeFrom = undefined
        return 0
      }
      if (hasStatus(error, 410) || hasStatus(error, 404)) {
        this.#resumeFrom = undefined
        if (resumed) return 0
      }
      if (clock.now().getTime() - began < lastingMs) throw error
      this.#options.logger.debug({ kind: this.kind, error }, 'a watch broke off')
    } finally {
      callOff()
    }
    this.#failures = 0
    return 0
  }

  async #takeEvents(resourceVersion: string, call: Call): Promise<void> {
    const { source } = this.#options
    call.within(openMs, 'the watch was not accepted in time')
    const events = await source.watch({ resourceVersion, timeoutSeconds: watchSeconds }, call.signal)
    // An API server that accepts a resource version sends at once what has happened since.
    this.#upToDate(call)
    this.#enter('following')
    for await (const event of events) {
      this.#take(event)
      this.#upToDate(call)
    }
  }

  #upToDate(call: Call): void {
    this.#upToDateAt = this.#options.clock.now()
    call.within(silenceMs, 'the watch was silent for too long')
  }

  #take({ type, object }: WatchEvent): void {
    if (type === 'ERROR') throw errorOf(object)
    if (type === 'ADDED' || type === 'MODIFIED') this.#store.put(this.#options.kind.trim(object))
    if (type === 'DELETED') this.#store.remove(object)
    this.#resumeFrom = asString(at(object, 'metadata', 'resourceVersion')) ?? this.#resumeFrom
  }

  #failed(error: unknown): number {
    const { kind, relistEveryMs, random } = this.#options
    if (kind.optional && hasStatus(error, 404)) {
      this.#store.replace([])
      this.#known = true
      this.#upToDateAt = this.#options.clock.now()
      this.#resumeFrom = undefined
      this.#failures = 0
      this.#enter('absent')
      return Math.min(relistEveryMs, absentMs)
    }
    this.#failures += 1
    // An API server that is away says nothing new about what it forbade before.
    const forbidden = hasStatus(error, 403) || (this.#condition === 'forbidden' && !this.#known)
    this.#enter(forbidden ? 'forbidden' : 'failing', error)
    return backoffMs(this.#failures, random())
  }

  /** Logged here alone, so a change is one line and a fault that lasts is one line too. */
  #enter(condition: Condition, error?: unknown): void {
    if (condition === this.#condition) return
    this.#condition = condition
    const { logger, onChange } = this.#options
    const { kind } = this
    if (condition === 'forbidden') logger.warn({ kind, error }, 'RBAC forbids to list or watch a kind')
    else if (condition === 'failing') logger.warn({ kind, error }, 'cannot follow a kind; trying again')
    else if (condition === 'absent') logger.info({ kind }, 'the cluster does not have a kind')
    else logger.info({ kind }, 'following a kind')
    onChange()
  }

  #relistDueMs(): number {
    if (this.#listedAt === undefined) return 0
    const { clock, relistEveryMs } = this.#options
    // Never longer than that, even if the clock was set back.
    return Math.min(relistEveryMs, this.#listedAt.getTime() + relistEveryMs - clock.now().getTime())
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const callOff = this.#options.clock.after(milliseconds, resolve)
      this.#wake = () => {
        callOff()
        resolve()
      }
    })
  }
}

function errorOf(status: JsonObject): StatusError {
  const code = at(status, 'code')
  return new StatusError(typeof code === 'number' ? code : 500, asString(at(status, 'message')) ?? '')
}
