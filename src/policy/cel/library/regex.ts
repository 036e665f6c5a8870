import type { RE2JS } from 're2js'
import type { Budget } from '../budget.ts'
import { binary, type FunctionEntry, integer, ternary, text } from '../overload.ts'
import { indexOf } from '../values.ts'

const matches = binary(text, text, 'bool', (value, pattern, budget) => prepare(value, pattern, budget).test(value))

/** `matches` and Kubernetes' `find` and `findAll`; patterns are RE2's and match anywhere in the text. */
export const regexFunctions: readonly FunctionEntry[] = [
  ['.matches', matches],
  ['matches', matches],
  [
    '.find',
    binary(text, text, 'string', (value, pattern, budget) => {
      const matcher = prepare(value, pattern, budget).matcher(value)
      return matcher.find() ? (matcher.group() ?? '') : ''
    }),
  ],
  [
    '.findAll',
    binary(text, text, 'list<string>', (value, pattern, budget) => findAll(value, pattern, -1, budget)),
    ternary([text, text, integer], 'list<string>', (value, pattern, limit, budget) =>
      findAll(value, pattern, indexOf(limit), budget),
    ),
  ],
]

/** The functions whose last text parameter is a pattern that can be checked when it is written out. */
export const patternParameter: ReadonlyMap<string, number> = new Map([
  ['.matches', 1],
  ['matches', 1],
  ['.find', 1],
  ['.findAll', 1],
])

function prepare(value: string, pattern: string, budget: Budget): RE2JS {
  const compiled = budget.patterns.get(pattern)
  // Matching takes text × program steps at worst; `(a{1,30}){1,30}` is a short pattern, but a long program.
  budget.spend(((value.length + 1) * (compiled.programSize() + 10)) / 100)
  return compiled
}

function findAll(value: string, pattern: string, limit: number, budget: Budget): readonly string[] {
  const matcher = prepare(value, pattern, budget).matcher(value)
  const found: string[] = []
  const most = limit < 0 ? Infinity : limit
  while (found.length < most && matcher.find()) {
    budget.spend(1)
    found.push(matcher.group() ?? '')
  }
  return found
}
