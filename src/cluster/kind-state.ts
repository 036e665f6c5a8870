/**
 * How it is with a kind: `starting` before the first answer, `following` while a watch is open or about to be renewed,
 * `absent` where the cluster has no such kind, `forbidden` where RBAC denies it, `failing` on any other error.
 */
export type Condition = 'starting' | 'following' | 'absent' | 'forbidden' | 'failing'

/** What is known of a kind's objects, and since when. */
export interface KindState {
  readonly condition: Condition
  /** Whether all objects were known at some time. They are kept whatever happens afterwards. */
  readonly known: boolean
  /** When the API server last told something about the kind: a list, an accepted watch, an event or a bookmark. */
  readonly upToDateAt: Date | undefined
}

/**
 * How long a kind may go without a sign of the API server, in milliseconds. A quiet watch is renewed after five minutes
 * and given up after five and a half, so in a healthy cluster it never takes that long.
 */
export const staleAfterMs = 6 * 60_000

/** Milliseconds since a kind was last known to be up to date. 0 for an absent kind; undefined if it never was. */
export function ageOf({ condition, upToDateAt }: KindState, now: Date): number | undefined {
  if (condition === 'absent') return 0
  // A clock that was set back makes nothing newer than it is.
  return upToDateAt === undefined ? undefined : Math.max(0, now.getTime() - upToDateAt.getTime())
}

/**
 * Whether an object that is not known does not exist. No longer so once the kind is stale: a class that was made since
 * would be denied as missing.
 */
export function isCompleteAt(state: KindState, now: Date): boolean {
  return state.known && (ageOf(state, now) ?? Infinity) <= staleAfterMs
}

/** What is wrong with a kind, in plain words and without anything the API server said; undefined if nothing is. */
export function troubleOf(kind: string, state: KindState, now: Date): string | undefined {
  const age = ageOf(state, now)
  const stale = age !== undefined && age > staleAfterMs ? `, not up to date for ${Math.floor(age / 1000)} s` : ''
  if (state.condition === 'forbidden') return `${kind}: RBAC forbids to list or watch it${stale}`
  if (!state.known) return `${kind}: ${state.condition === 'failing' ? 'cannot be listed' : 'not listed yet'}`
  return stale === '' ? undefined : `${kind}: ${stale.slice(2)}`
}
