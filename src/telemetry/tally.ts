import { Counter, Histogram, type Registry } from 'prom-client'

// prom-client sorts and joins the labels at every call, which takes a tenth of a whole request. So what happens with
// every request is counted here, and handed over when somebody looks.

/** What a counter is called, what it says, and its labels in the order in which values are given. */
export interface CounterNames {
  readonly name: string
  readonly help: string
  readonly labelNames: readonly string[]
}

/** Makes a counter that is cheap to count with: one value for each label, in their order. */
export function tallied(registry: Registry, { name, help, labelNames }: CounterNames): (...values: string[]) => void {
  const counts = new Map<string, { readonly values: readonly string[]; count: number }>()
  const counter = new Counter({
    name,
    help,
    labelNames,
    registers: [],
    collect() {
      for (const tally of counts.values()) {
        this.inc(labelled(labelNames, tally.values), tally.count)
        tally.count = 0
      }
    },
  })
  registry.registerMetric(counter)
  return (...values) => {
    const key = values.join(' ')
    const tally = counts.get(key)
    if (tally === undefined) counts.set(key, { values, count: 1 })
    else tally.count += 1
  }
}

/** Names that come from whoever reaches the port: so many get a time series, later ones are counted as `other`. */
export function firstNames(most: number): (name: string) => string {
  const seen = new Set<string>()
  return (name) => {
    if (seen.size < most) seen.add(name)
    return seen.has(name) ? name : 'other'
  }
}

/** The same of a histogram, and the upper bounds of its buckets in seconds. */
export interface HistogramNames extends CounterNames {
  readonly buckets: readonly number[]
}

/** Takes durations in seconds. */
export interface Durations {
  add(seconds: number): void
}

/** Makes a histogram that is cheap to observe: gives what takes the durations with these values of the labels. */
export function pooled(
  registry: Registry,
  { name, help, labelNames, buckets }: HistogramNames,
): (...values: string[]) => Durations {
  const pools = new Map<string, Pending>()
  const histogram = new Histogram({
    name,
    help,
    labelNames,
    buckets: [...buckets],
    registers: [],
    collect: () => pools.forEach((pool) => pool.flush()),
  })
  registry.registerMetric(histogram)
  return (...values) => {
    const key = values.join(' ')
    let pool = pools.get(key)
    if (pool === undefined) {
      const labels = labelled(labelNames, values)
      pool = new Pending((seconds) => histogram.observe(labels, seconds))
      pools.set(key, pool)
    }
    return pool
  }
}

function labelled(names: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
}

/** Durations in seconds that have not been handed over yet. */
class Pending implements Durations {
  readonly #hand: (seconds: number) => void
  readonly #seconds: number[] = []

  constructor(hand: (seconds: number) => void) {
    this.#hand = hand
  }

  add(seconds: number): void {
    // Where nobody looks, they are handed over in batches.
    if (this.#seconds.push(seconds) >= 1000) this.flush()
  }

  flush(): void {
    for (const seconds of this.#seconds) this.#hand(seconds)
    this.#seconds.length = 0
  }
}
