/** Something that is waited for. */
export interface Wait {
  /** When the wait is over, in milliseconds of `performance.now`. */
  readonly due: number
  /** Called once, at most {@link sweepMs} after it is due, unless the wait was ended before. */
  expire(): void
}

/** How often waits are looked at: API servers' time-outs are seconds. */
export const sweepMs = 20

/** Ends waits whose time is up, all with one timer: most requests are there at once and need none of their own. */
export class Deadlines {
  readonly #waits = new Set<Wait>()
  #timer: NodeJS.Timeout | undefined

  add(wait: Wait): void {
    this.#waits.add(wait)
    this.#timer ??= setInterval(() => this.#sweep(), sweepMs).unref()
  }

  /** Ends a wait without calling it back. */
  delete(wait: Wait): void {
    this.#waits.delete(wait)
  }

  #sweep(): void {
    const now = performance.now()
    for (const wait of this.#waits) {
      if (wait.due > now) continue
      this.#waits.delete(wait)
      wait.expire()
    }
    if (this.#waits.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
