import type { SecretMatch } from './collector.ts'
import type { SecretEntry } from './scan.ts'

/**
 * Searches the values of one object for credentials: `scanEntries`, or what stands in for it. Matches have fingerprints
 * where there is a key for them.
 */
export type SecretScanner = (
  entries: readonly SecretEntry[],
  fingerprintKey: string | undefined,
) => readonly SecretMatch[]

/** Searches with the key of the installation. */
export type BoundScanner = (entries: readonly SecretEntry[]) => readonly SecretMatch[]

/** Whether two lists of entries are the same, and so have the same matches. */
export function sameEntries(left: readonly SecretEntry[], right: readonly SecretEntry[]): boolean {
  return left.length === right.length && left.every((entry, index) => isSame(entry, right[index]))
}

function isSame(left: SecretEntry, right: SecretEntry | undefined): boolean {
  return (
    left.path === right?.path &&
    left.key === right.key &&
    left.encoding === right.encoding &&
    left.value === right.value
  )
}

/** Binds a scanner to a key. It remembers its last answer: two policies ask for the credentials of the same object. */
export function boundScanner(scan: SecretScanner, fingerprintKey: string | undefined): BoundScanner {
  let last: { readonly entries: readonly SecretEntry[]; readonly matches: readonly SecretMatch[] } | undefined
  return (entries) => {
    if (last === undefined || !sameEntries(last.entries, entries)) {
      last = { entries, matches: scan(entries, fingerprintKey) }
    }
    return last.matches
  }
}
