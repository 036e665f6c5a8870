import type { Page, Source, WatchEvent } from '../../src/cluster/source.ts'
import type { JsonObject } from '../../src/kubernetes/json.ts'

/** A watch that was accepted, from the server's side. */
export interface FakeWatch {
  send(type: string, object: JsonObject): void
  /** Closes it as the server does when its time is over. */
  close(): void
  /** Breaks it off. */
  fail(error: Error): void
}

/** A source whose answers a test decides. */
export interface FakeSource extends Source {
  /** What was asked, in order: `list`, `list limit=500 continue=x`, `watch from 7`. */
  readonly requests: readonly string[]
  /** What the next lists answer; the last one also answers all that follow. `hang` answers only to an abort. */
  lists(...answers: readonly (Page | Error | 'hang')[]): void
  /** What the next watches answer; `open` once these are used up. */
  watches(...answers: readonly (Error | 'hang' | 'open')[]): void
  /** The watch that is open; throws where none is. */
  watching(): FakeWatch
  /** How many requests have neither been answered nor ended. */
  open(): number
}

/** A source whose lists are empty, at resource version 1, and whose watches are accepted and quiet. */
export function fakeSource(): FakeSource {
  const requests: string[] = []
  let lists: readonly (Page | Error | 'hang')[] = [page([], '1')]
  let watches: readonly (Error | 'hang' | 'open')[] = []
  const streams = new Set<Stream>()
  let hanging = 0

  async function hang(signal: AbortSignal): Promise<never> {
    hanging += 1
    await aborted(signal)
    hanging -= 1
    throw signal.reason
  }

  return {
    requests,
    lists: (...answers) => void (lists = answers),
    watches: (...answers) => void (watches = answers),
    watching() {
      const [stream] = streams
      if (stream === undefined) throw new Error('no watch is open')
      return stream
    },
    open: () => streams.size + hanging,
    async list({ limit, continueToken }, signal) {
      requests.push(
        `list${limit === 500 ? '' : ` limit=${limit}`}${continueToken === undefined ? '' : ` continue=${continueToken}`}`,
      )
      const [answer = page([], '1'), ...others] = lists
      if (others.length > 0) lists = others
      if (answer === 'hang') return hang(signal)
      if (answer instanceof Error) throw answer
      return answer
    },
    async watch({ resourceVersion }, signal) {
      requests.push(`watch from ${resourceVersion}`)
      const [answer = 'open', ...others] = watches
      watches = others
      if (answer === 'hang') return hang(signal)
      if (answer instanceof Error) throw answer
      const stream = new Stream(signal, () => streams.delete(stream))
      streams.add(stream)
      return stream.events()
    },
  }
}

/** A page of a list; without a token it is the last. */
export function page(items: readonly JsonObject[], resourceVersion: string, continueToken?: string): Page {
  return { items, resourceVersion, continueToken }
}

type Step = { readonly event: WatchEvent } | { readonly error: Error } | 'closed'

class Stream implements FakeWatch {
  readonly #steps: Step[] = []
  readonly #ended: () => void
  #wake = (): void => undefined

  constructor(signal: AbortSignal, ended: () => void) {
    this.#ended = ended
    signal.addEventListener('abort', () => this.fail(signal.reason))
  }

  send(type: string, object: JsonObject): void {
    this.#push({ event: { type, object } })
  }

  close(): void {
    this.#push('closed')
  }

  fail(error: Error): void {
    this.#push({ error })
  }

  async *events(): AsyncGenerator<WatchEvent> {
    try {
      for (;;) {
        const step = this.#steps.shift()
        if (step === 'closed') return
        if (step === undefined) await new Promise<void>((resolve) => (this.#wake = resolve))
        else if ('error' in step) throw step.error
        else yield step.event
      }
    } finally {
      this.#ended()
    }
  }

  #push(step: Step): void {
    this.#steps.push(step)
    this.#wake()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
