const quote = 0x22
const backslash = 0x5c

// `[` and `{` differ from each other, and `]` and `}` as well, in this one bit only.
const braceBit = 0x20
const openingBrace = 0x7b
const closingBrace = 0x7d

/**
 * Whether arrays and objects in a JSON text are nested more than `limit` levels deep. The text need not be valid.
 * Recursive code may overflow its stack on what JSON.parse reads without effort, so this is asked first.
 */
export function isDeeperThan(text: Uint8Array, limit: number): boolean {
  // What has no more than so many brackets cannot be deeper: one pass without branches settles nearly every body.
  let openers = 0
  const { length } = text
  for (let index = 0; index < length; index += 1) {
    openers += ((text[index] ?? 0) | braceBit) === openingBrace ? 1 : 0
  }
  return openers > limit && depthExceeds(text, limit)
}

function depthExceeds(text: Uint8Array, limit: number): boolean {
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
