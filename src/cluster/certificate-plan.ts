import { type IssuedCertificate, isExpired } from './issued-certificate.ts'

/** What the Secret holds, and a replica keeps in hand: what is served, what is next, and whom to trust. */
export interface CertificateState {
  readonly serving: IssuedCertificate
  /** Since when it is served. */
  readonly servingSince: Date
  /** Made, and not to be served before every API server trusts its authority. */
  readonly next: IssuedCertificate | undefined
  /** PEM of every authority that webhook configurations are to trust: of these two, and of earlier ones. */
  readonly authorities: readonly string[]
}

/** What there is to go by. */
export interface Circumstances {
  /** What the Secret says; undefined where it is missing, empty or broken. */
  readonly stored: CertificateState | undefined
  /** What this replica serves with. */
  readonly inHand: CertificateState | undefined
  /** Authorities found in the Secret, whatever the rest of it is worth, and in webhook configurations. */
  readonly found: () => readonly string[]
  /** The names that the certificate must have. */
  readonly names: readonly string[]
  readonly now: Date
  /** Whether all webhook configurations have trusted this authority for long enough. */
  readonly isTrusted: (authority: string) => boolean
}

/** What to do with the Secret. */
export type Step =
  | { readonly step: 'keep'; readonly state: CertificateState }
  | { readonly step: 'store'; readonly state: CertificateState }
  | {
      readonly step: 'issue'
      readonly names: readonly string[]
      readonly complete: (issued: IssuedCertificate) => CertificateState
    }

/** Replaced authorities stay trusted so long, for replicas that could not read the Secret meanwhile. */
const overlapMs = 86_400_000

// A caBundle counts towards the 1.5 MB of its object, many times.
const maxAuthorities = 8

/**
 * The next step towards a certificate that is valid, has the right names, and is trusted before it is served: a next one
 * is made and its authority added to those to be trusted; once it is trusted it takes over; a day later the authorities
 * of earlier ones are dropped. Whoever carries a step out writes it only over the Secret that was read.
 */
export function nextStep(circumstances: Circumstances): Step {
  const { stored, inHand, found, names, now } = circumstances
  const usable = [stored, inHand].find((state) => state !== undefined && isUsable(state.serving, names, now))
  if (usable !== undefined) return stepFrom(usable, circumstances)
  // Nobody can be served by what there is. Those before may still serve with something: what was trusted stays so.
  const others = [...(inHand?.authorities ?? []), ...found()]
  // Replicas that go by other names, as long as they are being replaced, find theirs in it as well.
  const olderNames = stored === undefined || stored.serving.validTo <= now ? [] : stored.serving.names
  return {
    step: 'issue',
    names: [...new Set([...names, ...olderNames])],
    complete: (serving) => stateOf({ serving, servingSince: now, next: undefined }, others, now),
  }
}

function stepFrom(state: CertificateState, { stored, found, names, now, isTrusted }: Circumstances): Step {
  const { serving, next, authorities } = state
  if (state !== stored) {
    // Another replica may serve with what was in the Secret: it counts as replaced just now.
    return issueNext({ ...state, servingSince: now, authorities: [...authorities, ...found()] }, names, now)
  }
  if (next === undefined || !isUsable(next, names, now) || isDue(next, now)) {
    return isDue(serving, now) ? issueNext(state, names, now) : settled(state, now)
  }
  if (!isTrusted(next.authority)) return settled(state, now)
  return { step: 'store', state: stateOf({ serving: next, servingSince: now, next: undefined }, authorities, now) }
}

function issueNext(
  { serving, servingSince, authorities }: CertificateState,
  names: readonly string[],
  now: Date,
): Step {
  return {
    step: 'issue',
    names,
    complete: (next) => stateOf({ serving, servingSince, next }, authorities, now),
  }
}

/** The state as it is, without authorities whose time is over. */
function settled(state: CertificateState, now: Date): Step {
  const isOver = now.getTime() - state.servingSince.getTime() >= overlapMs
  const tidy = stateOf(state, isOver ? [] : state.authorities, now)
  return tidy.authorities.join() === state.authorities.join() ? { step: 'keep', state } : { step: 'store', state: tidy }
}

function stateOf(
  { serving, servingSince, next }: Omit<CertificateState, 'authorities'>,
  others: readonly string[],
  now: Date,
): CertificateState {
  const own = next === undefined ? [serving.authority] : [serving.authority, next.authority]
  const earlier = others.filter((authority) => !isExpired(authority, now))
  return { serving, servingSince, next, authorities: [...new Set([...own, ...earlier])].slice(0, maxAuthorities) }
}

// A certificate that is not valid yet counts: rather this clock is behind than the one of whoever made it ahead.
function isUsable({ names, validTo }: IssuedCertificate, wanted: readonly string[], now: Date): boolean {
  return now < validTo && wanted.every((name) => names.includes(name))
}

/** Whether no more than a third of its time is left. */
function isDue({ validFrom, validTo }: IssuedCertificate, now: Date): boolean {
  const lifetimeMs = validTo.getTime() - validFrom.getTime()
  return validTo.getTime() - now.getTime() <= lifetimeMs / 3
}
