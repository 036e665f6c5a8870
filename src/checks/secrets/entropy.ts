/** Shannon entropy of an ASCII text in bits a character; 0 for an empty one. Other characters count as some ASCII one. */
export function entropy(text: string): number {
  const counts = new Uint32Array(128)
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at) & 127
    counts[code] = (counts[code] ?? 0) + 1
  }
  let bits = 0
  // Over the text, not over all counts: most texts are shorter than the alphabet.
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at) & 127
    const share = (counts[code] ?? 0) / text.length
    if (share > 0) bits -= share * Math.log2(share)
    counts[code] = 0
  }
  return bits
}
