import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { at } from '../../src/kubernetes/json.ts'
import { type Api, dryRun } from './api.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { claim } from './objects.ts'

/** What became of a load: how many calls were made, and what went wrong with those that were not answered right. */
export interface LoadResult {
  readonly calls: number
  readonly failures: readonly string[]
  /** How many calls were right only when they were made again. */
  readonly repeated: number
}

/** A load that goes on. */
export interface Load {
  /** Waits for that many more answers. */
  more(calls: number): Promise<void>
  /** Ends it, once what is under way is answered. */
  end(): Promise<LoadResult>
}

/** How many calls are under way at a time. */
export interface LoadOptions {
  readonly workers: number
  /** Makes a call that failed once more after so many milliseconds, as people and GitOps controllers do. */
  readonly againAfterMs?: number
}

// A machine of two cores is to serve, and not to be worn out: some hundred calls a second, and an end in any case.
const pauseMs = 10
const atMost = 6000

/**
 * Creates claims with sensitive data, one after the other in each worker, as dry runs. Every one needs both webhooks: it
 * is admitted only where the validating one agrees, and comes back with another access mode than it was sent with.
 */
export function startLoad(api: Api, { workers, againAfterMs }: LoadOptions): Load {
  const state = { calls: 0, failures: new Array<string>(), repeated: 0, ended: false }
  const work = async (): Promise<void> => {
    while (!state.ended && state.calls < atMost) {
      let failure = await failureOf(api)
      if (failure !== undefined && againAfterMs !== undefined) {
        await sleep(againAfterMs)
        failure = await failureOf(api)
        if (failure === undefined) state.repeated += 1
      }
      state.calls += 1
      if (failure !== undefined) state.failures.push(failure)
      await sleep(pauseMs)
    }
  }
  const done = Promise.all(Array.from({ length: workers }, work))
  return {
    async more(calls) {
      const until = state.calls + calls
      await waitFor(() => state.calls >= until, { timeoutMs: 30_000, intervalMs: pauseMs, what: `${calls} answers` })
    },
    async end() {
      state.ended = true
      await done
      return state
    },
  }
}

async function failureOf(api: Api): Promise<string | undefined> {
  const labels = { 'data-classification': 'confidential' }
  try {
    const { code, body } = await api.create(claim('loaded', {}, { labels }), dryRun)
    if (code !== 201) return `${code}: ${JSON.stringify(body['message'])}`
    const modes = at(body, 'spec', 'accessModes')
    return isDeepStrictEqual(modes, ['ReadWriteOncePod']) ? undefined : `not patched: ${JSON.stringify(modes)}`
  } catch (error) {
    return String(error)
  }
}
