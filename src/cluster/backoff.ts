const firstMs = 500
const longestMs = 30_000
const maxDoublings = 10

/**
 * How long to wait before the next attempt, in milliseconds: 0.5 s after the first failure, doubled with each further
 * one up to 30 s, and from that 50 to 100 %, so that replicas do not all come back at once.
 *
 * @param failures how many attempts have failed in a row, at least 1.
 * @param random a number from 0 to 1.
 */
export function backoffMs(failures: number, random: number): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, maxDoublings))
  return Math.round(whole * (0.5 + random / 2))
}
