import { RE2JS } from 're2js'
import { CelError } from './error.ts'

const mostPatterns = 32
const longestPattern = 1024

/**
 * The compiled regular expressions of one CEL expression: RE2 syntax, matched in linear time. Only as many as
 * an author writes are kept; patterns that come from data are compiled anew once the cache is full.
 */
export class PatternCache {
  readonly #compiled = new Map<string, RE2JS>()

  /** The compiled pattern; throws {@link CelError} for one that is over 1024 characters or not RE2's syntax. */
  get(pattern: string): RE2JS {
    const known = this.#compiled.get(pattern)
    if (known !== undefined) return known
    const compiled = compilePattern(pattern)
    if (this.#compiled.size < mostPatterns) this.#compiled.set(pattern, compiled)
    return compiled
  }
}

function compilePattern(pattern: string): RE2JS {
  if (pattern.length > longestPattern) throw new CelError(`a regular expression is over ${longestPattern} characters`)
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    throw new CelError(`invalid regular expression: ${error instanceof Error ? error.message : 'not RE2 syntax'}`)
  }
}
