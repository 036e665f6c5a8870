/**
 * Tells whether a whole text matches a glob pattern. `*` stands for any run of characters, also none and
 * also `/`; `?` stands for exactly one UTF-16 unit; every other character stands for itself (there is no escape).
 * Greedy two-pointer matching: at most pattern length × text length steps, no recursion, no backtracking stack.
 */
export function globMatches(pattern: string, text: string): boolean {
  const last = pattern[pattern.length - 1]
  // Most patterns end in a name, and most texts in another one.
  if (last !== undefined && last !== '*' && last !== '?' && last !== text[text.length - 1]) return false
  let patternIndex = 0
  let textIndex = 0
  let starIndex = -1
  let starTextIndex = 0
  while (textIndex < text.length) {
    const wanted = pattern[patternIndex]
    if (wanted === '*') {
      starIndex = patternIndex
      starTextIndex = textIndex
      patternIndex += 1
    } else if (wanted === '?' || wanted === text[textIndex]) {
      patternIndex += 1
      textIndex += 1
    } else if (starIndex >= 0) {
      // The last star takes one character more; earlier stars never need to, as their run was the shortest one.
      starTextIndex += 1
      textIndex = starTextIndex
      patternIndex = starIndex + 1
    } else {
      return false
    }
  }
  while (pattern[patternIndex] === '*') patternIndex += 1
  return patternIndex === pattern.length
}
