/** The value that a share of the sorted values does not exceed; NaN where there are none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** The middle of some values in any order; NaN where there are none. */
export function median(values: readonly number[]): number {
  return percentile(
    [...values].sort((left, right) => left - right),
    0.5,
  )
}

/** A value measured in several rounds. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** The middle of some values and what they range over. */
export function spread(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) }
}
