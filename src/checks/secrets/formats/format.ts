import type { SecretKind } from '../kind.ts'

/** A token that says by its form what it is. */
export interface TokenFormat {
  readonly kind: SecretKind
  /** The public beginnings, case-sensitive: searched as plain text before any expression runs. */
  readonly prefixes: readonly string[]
  /** What follows a prefix: sticky, without an unbounded repetition. */
  readonly body: RegExp
  /** Whether the prefix may follow a letter or a digit: it stands inside the token, not at its beginning. */
  readonly inside?: true
  /** What stands right before the prefix, where that is in the middle of the token. At most 80 characters are looked at. */
  readonly lead?: RegExp
  /** Who says so: the vendor's page, or the rule of an open rule set that describes the format. */
  readonly source: string
}

/** A kind of token: every known format is of high confidence. */
export function tokenKind(id: string, title: string): SecretKind {
  return { id, title, confidence: 'high' }
}
