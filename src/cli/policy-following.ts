import type { PolicySet } from '../policy/compiled.ts'
import { expiredExceptions } from '../policy/exception.ts'
import type { LoadError } from '../policy/problem.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'

/** Where policies come from: the set at start, and whatever replaces it later. */
export interface PolicyFeed {
  readonly initial: PolicySet
  /** Calls back for each new set and each refused one; the last good one stays in force. Returns the way to stop. */
  watch(onLoaded: (policies: PolicySet) => void, onRefused: (error: LoadError) => void): () => void
}

/** The policies in force, as they change. */
export interface PolicyFollower {
  readonly policies: () => PolicySet
  stop(): void
}

/** Follows a feed, counts and logs what comes of it. */
export function followPolicies(feed: PolicyFeed, logger: Logger, metrics: Metrics, now: () => Date): PolicyFollower {
  let policies = feed.initial
  const loaded = (): void => {
    metrics.policiesLoaded({ loaded: policies.policies.length, refused: 0 })
    for (const { policy, owner, expires } of expiredExceptions(policies.exceptions, now())) {
      logger.warn({ policy, owner, expires }, 'an exception has ended and covers nothing any more')
    }
  }
  loaded()
  const stop = feed.watch(
    (next) => {
      policies = next
      loaded()
      logger.info({ policies: policies.policies.length }, 'policies reloaded')
    },
    ({ problems }) => {
      metrics.policiesLoaded({ loaded: policies.policies.length, refused: problems.length })
      for (const problem of problems) logger.error({ ...problem }, 'policies not reloaded; those in force stay')
    },
  )
  return { policies: () => policies, stop }
}
