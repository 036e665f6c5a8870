import { Worker } from 'node:worker_threads'
import type { SecretMatch } from '../checks/secrets/collector.ts'
import type { ScanJob } from '../checks/secrets/deferred.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { StateMetrics } from '../telemetry/state-metrics.ts'

export interface ScanThreadOptions {
  readonly logger: Logger
  readonly metrics: Pick<StateMetrics, 'scanned'>
  /** Starts the thread that scans; {@link startWorker} but in tests. */
  readonly start?: () => Worker
  /** How many jobs may wait. */
  readonly maxWaiting?: number
}

/** What a job comes to: undefined where it was not done in time, or not at all. */
type Outcome = readonly SecretMatch[] | undefined

interface Task {
  readonly job: ScanJob
  readonly settle: (outcome: Outcome) => void
}

// Each holds the values of an object, 1.5 MiB as a rule and 7 MiB at most; one takes some 0.1 s.
const defaultMaxWaiting = 128

const failure = 'the thread that scans for credentials failed; the next scan starts another'

// Source and build differ in it; neither is looked for where the other runs.
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'

/** Starts a thread that scans. It gets no environment, and ends where it needs more memory than any scan. */
export function startWorker(): Worker {
  return new Worker(new URL(`./scan-worker.${extension}`, import.meta.url), {
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  })
}

/**
 * Searches large values on a thread of its own, which starts with the first of them, one job at a time. A thread that
 * is too slow or that breaks is replaced; its job comes to nothing, which its caller takes for an incomplete scan.
 */
export class ScanThread {
  readonly #logger: Logger
  readonly #metrics: ScanThreadOptions['metrics']
  readonly #start: () => Worker
  readonly #maxWaiting: number
  readonly #waiting: Task[] = []
  #worker: Worker | undefined
  #running: Task | undefined

  constructor({ logger, metrics, start = startWorker, maxWaiting = defaultMaxWaiting }: ScanThreadOptions) {
    this.#logger = logger
    this.#metrics = metrics
    this.#start = start
    this.#maxWaiting = maxWaiting
  }

  /** Does a job within so many milliseconds. Undefined: it was not done in time, or there was no room for it. Never rejects. */
  scan(job: ScanJob, milliseconds: number): Promise<Outcome> {
    if (milliseconds <= 0 || this.#waiting.length >= this.#maxWaiting) {
      this.#metrics.scanned('refused')
      return Promise.resolve(undefined)
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#giveUp(task), milliseconds)
      const task: Task = {
        job,
        settle: (outcome) => {
          clearTimeout(timer)
          this.#metrics.scanned(outcome === undefined ? 'lost' : 'done')
          resolve(outcome)
        },
      }
      this.#waiting.push(task)
      this.#next()
    })
  }

  /** How many jobs wait for the one that is done. */
  waiting(): number {
    return this.#waiting.length
  }

  /** Ends the thread. What was not done comes to nothing. */
  async stop(): Promise<void> {
    for (const task of this.#waiting.splice(0)) task.settle(undefined)
    await this.#replace()
  }

  #next(): void {
    if (this.#running !== undefined) return
    const task = this.#waiting.shift()
    if (task === undefined) return
    this.#running = task
    try {
      this.#worker ??= this.#begin()
      this.#worker.postMessage(task.job, [])
    } catch (error) {
      this.#logger.error({ error }, failure)
      this.#finish(undefined)
    }
  }

  #begin(): Worker {
    const worker = this.#start()
    // A server that has stopped serving does not wait for it.
    worker.unref()
    worker.on('message', (matches: readonly SecretMatch[]) => {
      if (worker === this.#worker) this.#finish(matches)
    })
    worker.on('error', (error: unknown) => this.#failed(worker, error))
    worker.on('exit', () => this.#failed(worker, undefined))
    return worker
  }

  #finish(outcome: Outcome): void {
    const task = this.#running
    this.#running = undefined
    task?.settle(outcome)
    this.#next()
  }

  #failed(worker: Worker, error: unknown): void {
    if (worker !== this.#worker) return
    this.#logger.error({ error }, failure)
    this.#worker = undefined
    this.#finish(undefined)
  }

  #giveUp(task: Task): void {
    if (task === this.#running) {
      this.#logger.warn({ values: task.job.entries.length }, 'a scan for credentials took too long and was given up')
      void this.#replace().then(() => this.#next())
      return
    }
    this.#waiting.splice(this.#waiting.indexOf(task), 1)
    task.settle(undefined)
  }

  /** Ends the thread and what it does; the next job starts another. */
  async #replace(): Promise<void> {
    const worker = this.#worker
    const task = this.#running
    this.#worker = undefined
    this.#running = undefined
    task?.settle(undefined)
    await worker?.terminate()
  }
}
