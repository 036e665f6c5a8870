import type { KubeConfig } from '@kubernetes/client-node'
import type { Inventory } from '../kubernetes/inventory.ts'
import type { Logger } from '../telemetry/logger.ts'
import { apiSource } from './api-source.ts'
import { type Clock, systemClock } from './clock.ts'
import { ageOf, troubleOf } from './kind-state.ts'
import { usableKubeConfig } from './kube-config.ts'
import { Reflector } from './reflector.ts'
import { snapshots } from './snapshot.ts'
import type { Source } from './source.ts'
import { type WatchedKind, watchedKinds } from './watched-kind.ts'

/** The objects of a cluster that rules look up, kept up to date until it is stopped. Nothing in it throws. */
export interface ClusterInventory {
  /**
   * What is known now; the same value as long as that does not change. A kind is complete from its first list until
   * nothing was heard of it for six minutes (staleAfterMs); its objects stay known even then.
   */
  current(): Inventory
  /**
   * Seconds since the kind that is furthest behind was last known to be up to date; up to a minute is usual, as quiet
   * kinds are only heard of that often. Undefined until all kinds are known; forbidden and absent ones do not count.
   */
  ageSeconds(): number | undefined
  /**
   * Ready once every kind was listed, is absent or is forbidden, and from then on: old knowledge is better than no
   * webhook. The reasons say what is missing, and also, while ready, which kinds are forbidden or no longer up to date.
   */
  ready(): { readonly ready: boolean; readonly reasons: readonly string[] }
  /** Waits until it is ready. False if it is not in time (milliseconds) or is stopped meanwhile. */
  synced(timeoutMs: number): Promise<boolean>
  /** Ends all requests and timers. What is known stays readable and grows old. */
  stop(): Promise<void>
}

/** What is the same for every source of objects. */
export interface FollowOptions {
  /** What to follow; the kinds of the built-in policies by default. */
  readonly kinds?: readonly WatchedKind[]
  readonly logger: Logger
  /** How often everything is listed again whatever the watches say, in milliseconds, at least 1000; ten minutes by default. */
  readonly relistEveryMs?: number
  /** A number from 0 to 1 that spreads retries; Math.random by default. */
  readonly random?: () => number
}

/** How to reach the cluster: `default` takes what kubectl or a pod would. */
export interface InventoryOptions extends FollowOptions {
  readonly kubeConfig: KubeConfig | 'default'
  readonly now: () => Date
}

/**
 * Begins to follow the cluster's objects. Resolves at once, whether or not the API server is there: see `synced`.
 *
 * Rejects with an Error only where no kubeconfig can be used.
 */
export async function connectInventory({ kubeConfig, now, ...options }: InventoryOptions): Promise<ClusterInventory> {
  const usable = usableKubeConfig(kubeConfig)
  return followKinds((kind) => apiSource(usable, kind), systemClock(now), options)
}

const tenMinutesMs = 10 * 60_000
const shortestRelistMs = 1000

// What setTimeout takes; it runs anything longer at once.
const longestTimerMs = 2 ** 31 - 1

/** Begins to follow kinds, each from its source. */
export function followKinds(
  sourceOf: (kind: WatchedKind) => Source,
  clock: Clock,
  { kinds = watchedKinds, logger, relistEveryMs = tenMinutesMs, random = Math.random }: FollowOptions,
): ClusterInventory {
  const { onChange, waitFor } = changes(clock)
  const everyMs = Math.min(Math.max(relistEveryMs, shortestRelistMs), longestTimerMs)
  const reflectors = kinds.map(
    (kind) => new Reflector({ kind, source: sourceOf(kind), logger, clock, relistEveryMs: everyMs, random, onChange }),
  )
  for (const reflector of reflectors) reflector.start()
  const ready = (): ReturnType<ClusterInventory['ready']> => readiness(reflectors, clock.now())
  let stopped: Promise<void> | undefined
  return {
    current: snapshots(reflectors, clock),
    ageSeconds: () => oldest(reflectors, clock.now()),
    ready,
    synced: (timeoutMs) =>
      waitFor(() => stopped !== undefined || ready().ready, timeoutMs).then(
        () => stopped === undefined && ready().ready,
      ),
    stop() {
      stopped ??= Promise.all(reflectors.map((reflector) => reflector.stop())).then(() => undefined)
      onChange()
      return stopped
    },
  }
}

function changes(clock: Clock) {
  const listeners = new Set<() => void>()
  return {
    onChange(this: void): void {
      for (const listener of listeners) listener()
    },
    /** Resolves once the condition holds after a change, or when the time is over. */
    waitFor(this: void, condition: () => boolean, timeoutMs: number): Promise<void> {
      return new Promise((resolve) => {
        const finish = (): void => {
          callOff()
          listeners.delete(onChange)
          resolve()
        }
        const onChange = (): void => {
          if (condition()) finish()
        }
        const callOff = clock.after(timeoutMs, finish)
        listeners.add(onChange)
        onChange()
      })
    },
  }
}

function readiness(reflectors: readonly Reflector[], now: Date): ReturnType<ClusterInventory['ready']> {
  const states = reflectors.map((reflector) => ({ kind: reflector.kind, state: reflector.state() }))
  return {
    ready: states.every(({ state }) => state.known || state.condition === 'forbidden'),
    reasons: states.map(({ kind, state }) => troubleOf(kind, state, now)).filter((trouble) => trouble !== undefined),
  }
}

function oldest(reflectors: readonly Reflector[], now: Date): number | undefined {
  let oldestMs: number | undefined
  for (const reflector of reflectors) {
    const state = reflector.state()
    if (state.condition === 'absent' || (state.condition === 'forbidden' && !state.known)) continue
    const age = ageOf(state, now)
    if (age === undefined) return undefined
    oldestMs = Math.max(oldestMs ?? 0, age)
  }
  return oldestMs === undefined ? undefined : oldestMs / 1000
}
