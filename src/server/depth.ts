const quote = 0x22
const backslash = 0x5c

// `[` and `{` differ from each other, and `]` and `}` as well, in this one bit only.
const braceBit = 0x20
const openingBrace = 0x7b
const closingBrace = 0x7d

/**
 * Whether arrays and objects in a JSON text are nested more than `limit` levels deep. The text need not be valid.
 * Recursive code may overflow its stack on what JSON.parse reads without effort.
 */
export function isDeeperThan(text: Uint8Array, limit: number): boolean {
  // What has no more bytes cannot be deeper.
  if (text.length <= limit) return false
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index += 1) {
    const byte = text[index] ?? 0
    if (inString) {
      if (byte === backslash) index += 1
      else if (byte === quote) inString = false
    } else if (byte === quote) inString = true
    else if ((byte | braceBit) === openingBrace) depth += 1
    else if ((byte | braceBit) === closingBrace) depth -= 1
    if (depth > limit) return true
  }
  return false
}
