import { closestMatch } from 'leven'

/** The candidate that a misspelt word most likely meant, or undefined where none is near (a third of it may differ). */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  return closestMatch(word, [...candidates], { maxDistance: Math.max(2, Math.ceil(word.length / 3)) })
}
