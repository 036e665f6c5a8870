import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../../src/cluster/clock.ts'

/** A clock that stands still until it is told how much time passes. */
export interface FakeClock extends Clock {
  /** Lets time pass (milliseconds): runs what is due, each at its time, and everything that follows from it. */
  advance(milliseconds: number): Promise<void>
  /** How many timers are waiting. */
  pending(): number
}

/** A clock that begins at midnight of the first of January 2026. */
export function fakeClock(): FakeClock {
  let time = Date.UTC(2026, 0, 1)
  const timers = new Set<{ readonly at: number; readonly run: () => void }>()

  function nextBefore(end: number) {
    return [...timers].filter(({ at }) => at <= end).sort((left, right) => left.at - right.at)[0]
  }

  return {
    now: () => new Date(time),
    after(milliseconds, run) {
      const timer = { at: time + milliseconds, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(milliseconds) {
      const end = time + milliseconds
      await nextTurn()
      for (let timer = nextBefore(end); timer !== undefined; timer = nextBefore(end)) {
        timers.delete(timer)
        time = Math.max(time, timer.at)
        timer.run()
        await nextTurn()
      }
      time = end
    },
    pending: () => timers.size,
  }
}
