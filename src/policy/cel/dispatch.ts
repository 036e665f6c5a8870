import type { Budget } from './budget.ts'
import { accepts, type Bindings, type CelType, dyn, join, substitute } from './cel-type.ts'
import { CelError } from './error.ts'
import { type FunctionEntry, noMatch, type Overload } from './overload.ts'
import { typeNameOf } from './values.ts'

/** The overloads a call may mean, and the type of its result. */
interface Resolution {
  readonly candidates: readonly Overload[]
  readonly returns: CelType
}

/** The overloads of each function, by name. */
export function groupOverloads(entries: readonly FunctionEntry[]): ReadonlyMap<string, readonly Overload[]> {
  const table = new Map<string, readonly Overload[]>()
  for (const [name, ...overloads] of entries) table.set(name, [...(table.get(name) ?? []), ...overloads])
  return table
}

/** The overloads that take such parameters, or undefined where none does. */
export function resolve(overloads: readonly Overload[], types: readonly CelType[]): Resolution | undefined {
  const candidates: Overload[] = []
  let returns: CelType | undefined
  for (const overload of overloads) {
    const bindings: Bindings = new Map()
    const fits =
      overload.parameters.length === types.length &&
      overload.parameters.every((parameter, index) => accepts(parameter, types[index] ?? dyn, bindings))
    if (!fits) continue
    const result = substitute(overload.returns, bindings)
    returns = candidates.length === 0 ? result : (join(returns ?? dyn, result) ?? dyn)
    candidates.push(overload)
  }
  return returns === undefined ? undefined : { candidates, returns }
}

/** Calls the first overload that takes the values; throws {@link CelError} where none does. */
export function invoke(
  name: string,
  candidates: readonly Overload[],
  values: readonly unknown[],
  budget: Budget,
): unknown {
  budget.spend(1)
  for (const candidate of candidates) {
    const result = candidate.attempt(values, budget)
    if (result !== noMatch) return result
  }
  throw noOverload(name, values)
}

/** The error about values that a function or an operator does not take. */
export function noOverload(name: string, values: readonly unknown[]): CelError {
  return new CelError(`no such overload: ${name}(${values.map(typeNameOf).join(', ')})`)
}
