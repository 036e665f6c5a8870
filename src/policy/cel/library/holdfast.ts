import { globMatches } from '../../../kubernetes/glob.ts'
import { imageMatchesAny } from '../../../kubernetes/image.ts'
import { labelSelectorMatches } from '../../../kubernetes/selector.ts'
import type { Budget } from '../budget.ts'
import { binary, type FunctionEntry, anything, kind, map, text } from '../overload.ts'
import { toJson } from '../json.ts'
import { type CelMap, entryOf, isList, keysOf } from '../values.ts'

const nothing = kind('null_type', (value): value is null => value === null)

/** Holdfast's own functions: `labels.matchesSelector(selectors)`, `text.glob(pattern)` and `image.matchesImage(patterns)`. */
export const holdfastFunctions: readonly FunctionEntry[] = [
  [
    '.matchesSelector',
    binary(map, anything, 'bool', matchesSelector),
    binary(nothing, anything, 'bool', (_, selectors, budget) => matchesSelector({}, selectors, budget)),
  ],
  [
    '.glob',
    binary(text, text, 'bool', (value, pattern, budget) => {
      budget.spend((value.length * pattern.length) / 40)
      return globMatches(pattern, value)
    }),
  ],
  ['.matchesImage', binary(text, anything, 'bool', matchesImage)],
]

function matchesImage(image: string, patterns: unknown, budget: Budget): boolean {
  const alternatives = (isList(patterns) ? patterns : [patterns]).filter((pattern) => typeof pattern === 'string')
  budget.spend((image.length * (1 + alternatives.length)) / 10)
  return imageMatchesAny(image, alternatives)
}

function matchesSelector(labels: CelMap, selectors: unknown, budget: Budget): boolean {
  const texts: Record<string, string> = Object.create(null)
  for (const key of keysOf(labels)) {
    const value = entryOf(labels, key)
    if (typeof key === 'string' && typeof value === 'string') texts[key] = value
  }
  const alternatives = isList(selectors) ? selectors : [selectors]
  budget.spendOn(alternatives)
  return alternatives.some((selector) => labelSelectorMatches(toJson(selector), texts))
}
