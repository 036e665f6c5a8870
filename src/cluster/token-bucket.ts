/** How often something may happen: so often at once, then so often a second. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
  /** Milliseconds from any fixed moment. */
  readonly now: number
}

/** Lets something happen at a limited rate. It begins full. */
export class TokenBucket {
  readonly #rate: Rate
  #tokens: number
  #at: number

  constructor(rate: Rate) {
    this.#rate = rate
    this.#tokens = rate.burst
    this.#at = rate.now
  }

  /** How long until it may happen, in milliseconds; 0: now. */
  waitMs(now: number): number {
    this.#fill(now)
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) / this.#rate.perSecond) * 1000)
  }

  /** Whether it may happen now; if so, it counts. */
  take(now: number): boolean {
    this.#fill(now)
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }

  #fill(now: number): void {
    const { burst, perSecond } = this.#rate
    // A clock that is set back gives nothing.
    const passed = Math.max(0, now - this.#at)
    this.#tokens = Math.min(burst, this.#tokens + (passed / 1000) * perSecond)
    this.#at = now
  }
}
