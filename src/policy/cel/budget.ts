import { CostError } from './error.ts'
import type { PatternCache } from './pattern-cache.ts'

// Kubernetes' own limit for one expression (apiserver/pkg/apis/cel: PerCallLimit). A unit is one step of a
// comprehension, one element of a list or ten characters of a text; a million take about 50 ms here.
const largestCost = 1_000_000

/** What several evaluations may spend together. */
export class Allowance {
  spent = 0
}

/** What one evaluation may still spend; keeps untrusted data from making an expression run on. */
export class Budget {
  /** The regular expressions that the expression has compiled so far. */
  readonly patterns: PatternCache
  readonly #allowance: Allowance

  constructor(patterns: PatternCache, allowance = new Allowance()) {
    this.patterns = patterns
    this.#allowance = allowance
  }

  /** Counts work before it is done; throws {@link CostError} once the evaluation has spent too much. */
  spend(cost: number): void {
    this.#allowance.spent += cost
    if (this.#allowance.spent > largestCost)
      throw new CostError('evaluation is too costly: the expression does too much work')
  }

  /** Counts reading or writing a text or a list of some length. */
  spendOn(value: string | readonly unknown[]): void {
    this.spend(typeof value === 'string' ? value.length / 10 : value.length)
  }
}
