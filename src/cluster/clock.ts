/** What time it is and what comes later, as an argument: tests advance it by hand. */
export interface Clock {
  now(): Date
  /** Runs something once after so many milliseconds. The answer calls it off, and does nothing once it has run. */
  after(milliseconds: number, run: () => void): () => void
}

/** The process's own timers, with the given time of day. */
export function systemClock(now: () => Date): Clock {
  return {
    now,
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
  }
}
