import { closestMatch } from 'leven'

// Comparing takes time in proportion to the length, and no name of Kubernetes is as long.
const longestWord = 200

/** The candidate that a misspelt word most likely meant; undefined where none is near (a third of its letters may differ). */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > longestWord) return undefined
  return closestMatch(word, [...candidates], { maxDistance: Math.max(2, Math.ceil(word.length / 3)) })
}

/**
 * `did you mean "rules"?` for the candidate that a misspelt word most likely meant; undefined where none is near (a
 * third of its letters may differ).
 */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const closest = nearest(word, candidates)
  return closest === undefined ? undefined : `did you mean "${closest}"?`
}

/**
 * Whether a misspelt word is so near to a candidate that it can mean nothing else: the same but for upper and lower
 * case, hyphens and underscores, off by one letter (two in a word of fourteen or more), or with two neighbours swapped.
 */
export function isSurely(word: string, candidate: string): boolean {
  if (word.length > longestWord) return false
  if (plain(word) === plain(candidate)) return true
  const maxDistance = word.length >= 14 ? 2 : 1
  if (word.length < 5) return false
  return closestMatch(word, [candidate], { maxDistance }) !== undefined || isSwapped(word, candidate)
}

/** Whether two words differ in the order of two neighbouring letters only: `Deploymnet`. */
function isSwapped(word: string, candidate: string): boolean {
  let at = 0
  while (at < word.length && word[at] === candidate[at]) at += 1
  return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2) === candidate
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-_]/g, '')
}
