import type { CompileInput } from '../policy/compile.ts'
import type { PolicySet } from '../policy/compiled.ts'
import { expiredExceptions } from '../policy/exception.ts'
import type { LoadError, LoadProblem } from '../policy/problem.ts'
import type { Readiness } from '../server/health.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'

/** What is judged by. */
export interface PoliciesInForce {
  readonly policies: PolicySet
  /** What the files say: what a policy that is applied as a custom resource is read against. */
  readonly files: CompileInput
  /** What is wrong with custom resources that were left out; each is told once. */
  readonly refused: readonly LoadProblem[]
}

/** Where policies come from: the set at start, and whatever replaces it later. */
export interface PolicyFeed {
  readonly initial: PoliciesInForce
  /** Whether nothing is waiting to be put into force. */
  isCurrent(): boolean
  /** Calls back for each new set and each refused one; the last good one stays in force. Returns the way to stop. */
  watch(onLoaded: (policies: PoliciesInForce) => void, onRefused: (error: LoadError) => void): () => void
}

/** The policies in force, as they change. */
export interface PolicyFollower {
  readonly policies: () => PolicySet
  readonly files: () => CompileInput
  readonly isCurrent: () => boolean
  stop(): void
}

/** Follows a feed, counts and logs what comes of it. */
export function followPolicies(feed: PolicyFeed, logger: Logger, metrics: Metrics, now: () => Date): PolicyFollower {
  let inForce = feed.initial
  const loaded = (): void => {
    const { policies, refused } = inForce
    metrics.policiesLoaded({ loaded: policies.policies.length, refused: refused.length })
    for (const problem of refused) logger.error({ ...problem }, 'a policy or exception of the cluster is left out')
    for (const { policy, owner, expires } of expiredExceptions(policies.exceptions, now())) {
      logger.warn({ policy, owner, expires }, 'an exception has ended and covers nothing any more')
    }
  }
  loaded()
  const stop = feed.watch(
    (next) => {
      inForce = next
      loaded()
      logger.info({ policies: next.policies.policies.length }, 'policies reloaded')
    },
    ({ problems }) => {
      metrics.policiesLoaded({ loaded: inForce.policies.policies.length, refused: problems.length })
      for (const problem of problems) logger.error({ ...problem }, 'policies not reloaded; those in force stay')
    },
  )
  return {
    policies: () => inForce.policies,
    files: () => inForce.files,
    isCurrent: () => feed.isCurrent(),
    stop,
  }
}

/** Ready once all policies there are at the start are in force, and from then on as ready as the inventory is. */
export function readyWith(inventory: { ready(): Readiness }, { isCurrent }: PolicyFollower): () => Readiness {
  let complete = false
  return () => {
    const readiness = inventory.ready()
    complete ||= readiness.ready && isCurrent()
    if (complete || !readiness.ready) return readiness
    return { ready: false, reasons: ['the policies of the cluster are not in force yet'] }
  }
}
