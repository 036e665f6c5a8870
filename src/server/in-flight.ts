import { Refusal } from './answer.ts'

/** How much is done at a time. */
export interface InFlightLimits {
  /** Calls, from their first header to their answer: those whose body is still coming count as well. */
  readonly calls: number
  /** Bytes of their bodies, as far as they have come in. */
  readonly bytes: number
}

/**
 * One thread judges some thousand ordinary reviews a second: 256 are done in a tenth of one, and in a second and a half
 * where each takes 5 ms, which leaves time within the 5 s that API servers wait for us. An API server works on 200 changes
 * at a time by itself (--max-mutating-requests-inflight), and replicas share them. Most bodies are a few KiB; 256 of the
 * largest, 7 MiB, would be 1.8 GiB. So their bytes are limited as well: four of the largest. A body costs a multiple of
 * its bytes while it is parsed and judged: with room for nine, a process was measured at twice the memory.
 */
export const defaultInFlight: InFlightLimits = { calls: 256, bytes: 32 * 1024 * 1024 }

// Each piece of a body is an object by itself: a client that sends its body byte by byte must not take a multiple.
const pieceBytes = 256

/** Why a call was turned away: too many at a time, or too much of their bodies in memory. */
export type InFlightReason = 'in_flight' | 'memory'

/** One call that is let in, until it leaves. */
export interface Place {
  /** Counts one more piece of its body, of so many bytes. False: there is no room for them, and the call has to be turned away. */
  grow(bytes: number): boolean
  /** Makes room; again does no harm. */
  leave(): void
}

/**
 * The calls that are let in at a time. What comes beyond is turned away at once, while there is time to ask another
 * replica: a queue of ours would only be waited for until the time-out, when nobody wants its answers any more.
 */
export class InFlight {
  readonly #limits: InFlightLimits
  #calls = 0
  #bytes = 0

  constructor(limits: InFlightLimits) {
    this.#limits = limits
  }

  /** How many calls are in. */
  get calls(): number {
    return this.#calls
  }

  /** Lets a call in. Undefined: there are too many already. */
  enter(): Place | undefined {
    if (this.#calls >= this.#limits.calls) return undefined
    this.#calls += 1
    let held = 0
    let left = false
    return {
      grow: (bytes) => {
        const needed = bytes + pieceBytes
        if (left || this.#bytes + needed > this.#limits.bytes) return false
        this.#bytes += needed
        held += needed
        return true
      },
      leave: () => {
        if (left) return
        left = true
        this.#calls -= 1
        this.#bytes -= held
      },
    }
  }
}

const messages: Readonly<Record<InFlightReason, string>> = {
  in_flight: 'too many reviews at a time; try again',
  memory: 'the reviews that are under way leave no memory for this one; try again',
}

/** The call is turned away since there is no room for it. */
export class Overloaded extends Refusal {
  readonly reason: InFlightReason

  /**
   * With status 429, as the API server itself turns requests away. Any status but 200 is a failed call to it, which
   * failurePolicy decides about (ErrCallingWebhook in k8s.io/apiserver, admission/plugin/webhook/mutating/dispatcher.go):
   * an AdmissionReview would deny what is right, or let in what nobody judged. Before that, its client waits as long as
   * Retry-After says and asks again, ten times at most and within the webhook's timeoutSeconds (checkWait in
   * k8s.io/client-go, rest/with_retry.go); a second is the shortest wait but none.
   */
  constructor(reason: InFlightReason) {
    super(429, messages[reason], { 'retry-after': '1' })
    this.reason = reason
  }
}
