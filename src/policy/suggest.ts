import { closestMatch } from 'leven'

/**
 * `did you mean "rules"?` for the candidate that a misspelt word most likely meant; undefined where none is near (a
 * third of its letters may differ).
 */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const closest = closestMatch(word, [...candidates], { maxDistance: Math.max(2, Math.ceil(word.length / 3)) })
  return closest === undefined ? undefined : `did you mean "${closest}"?`
}
