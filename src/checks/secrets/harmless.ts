import { nameExpressions } from './names.ts'

/** What short values that no detector has anything to say about look like. */
export const harmlessExpressions = {
  /** A word, a number, a host, a path: nothing quoted, assigned, piped or encoded. */
  plain: /^[\w.:/,-]{0,64}$/,
  /** As long as the shortest token or encoded text that detectors take up. */
  run: /[\w-]{12}/,
  /** A line of libpq's pgpass: `host:5432:database:user:password`. */
  fields: /:.{0,64}:.{0,64}:.{0,64}:/,
} as const

/**
 * Whether a value under a name can hold no credential that the detectors find, told at once: most variables of a
 * container are `true`, `8080` or a service's name. What is not told here is scanned.
 */
export function isHarmless(name: string, value: string): boolean {
  const { plain, run, fields } = harmlessExpressions
  const { hint } = nameExpressions
  return plain.test(value) && !run.test(value) && !fields.test(value) && !hint.test(name) && !hint.test(value)
}
