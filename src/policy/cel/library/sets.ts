import type { Budget } from '../budget.ts'
import { equals } from '../compare.ts'
import { binary, type FunctionEntry, list } from '../overload.ts'

type List = readonly unknown[]

/** cel-go's sets extension: lists read as sets. */
export const setFunctions: readonly FunctionEntry[] = [
  ['sets.contains', binary(list, list, 'bool', containsAll)],
  [
    'sets.equivalent',
    binary(
      list,
      list,
      'bool',
      (left, right, budget) => containsAll(left, right, budget) && containsAll(right, left, budget),
    ),
  ],
  [
    'sets.intersects',
    binary(list, list, 'bool', (left, right, budget) => {
      budget.spend(left.length * right.length)
      return left.some((value) => right.some((other) => equals(value, other, budget)))
    }),
  ],
]

function containsAll(whole: List, part: List, budget: Budget): boolean {
  budget.spend(whole.length * part.length)
  return part.every((value) => whole.some((other) => equals(value, other, budget)))
}
