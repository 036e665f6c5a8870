/**
 * What one scan may cost. Each is a bound on work, not on what counts as a secret: whatever is cut off is reported as
 * `scan-incomplete`, so that padding never hides a credential.
 */
export const limits = {
  /** UTF-16 code units scanned of one value. A ConfigMap holds 1 MiB at most; files in Git may be longer. */
  valueLength: 2 * 1024 * 1024,
  /** Layers of base64 or gzip that are taken off. */
  depth: 3,
  /** Bytes decoded in one scan, all layers and entries together. 1 MiB of base64 four layers deep is less. */
  decodedBytes: 2 * 1024 * 1024,
  /** Matches of one scan. */
  matches: 200,
  /** Characters of a name inside a value that a message shows. */
  shownName: 80,
  /** Characters of a single-line value that is judged by the name it stands under. */
  literal: 8192,
} as const
