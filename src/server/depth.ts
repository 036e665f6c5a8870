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
  // What has no more than so many bytes or brackets cannot be deeper: this settles nearly every body.
  return text.length > limit && bracketsAtMost(text) > limit && depthExceeds(text, limit)
}

const everyBraceBit = 0x20202020
const openingBraces = 0x7b7b7b7b

/** An upper bound for the opening brackets of a text, from one pass over four bytes at a time. */
function bracketsAtMost(text: Uint8Array): number {
  const lead = Math.min(-text.byteOffset & 3, text.length)
  const words = new Int32Array(text.buffer, text.byteOffset + lead, (text.length - lead) >> 2)
  const rest = text.length - words.length * 4
  let hits = 0
  for (let index = 0; index < words.length; index += 1) {
    // Each byte that is a bracket becomes zero; the next line is the usual test for a zero byte in a word.
    const differences = ((words[index] ?? 0) | everyBraceBit) ^ openingBraces
    hits += ((differences - 0x01010101) & ~differences & 0x80808080) === 0 ? 0 : 1
  }
  return hits * 4 + rest
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
