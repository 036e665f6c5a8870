/** The offsets at which a text holds a needle, overlapping ones left out. */
export function* occurrences(text: string, needle: string): Generator<number> {
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) yield at
}

/** The match of a sticky expression that begins at an offset. */
export function matchAt(expression: RegExp, text: string, offset: number): RegExpExecArray | undefined {
  expression.lastIndex = offset
  return expression.exec(text) ?? undefined
}

/** Whether a character code is an ASCII letter, a digit or `_`. */
export function isWordCode(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95
}

/** Takes the characters of a set off the end of a text. */
export function trimEndOf(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

/** Gives the 1-based line of an offset; the text's lines are counted once, and only when one is asked for. */
export function lineCounter(text: string): (offset: number) => number {
  let starts: readonly number[] | undefined
  return (offset) => {
    starts ??= lineStarts(text)
    return lastAtMost(starts, offset) + 1
  }
}

/** The index of the last number of an ascending list that is at most a limit; 0 where there is none. */
export function lastAtMost(ascending: readonly number[], limit: number): number {
  let low = 0
  let high = ascending.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((ascending[middle] ?? 0) <= limit) low = middle
    else high = middle
  }
  return low
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (const offset of occurrences(text, '\n')) starts.push(offset + 1)
  return starts
}

/** Reads bytes as UTF-8 text, or undefined where they are binary data. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, 4096)
  let controls = 0
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32) || byte === 127) controls += 1
  if (controls > sample.length * 0.02) return undefined
  const text = new TextDecoder().decode(bytes)
  let replaced = 0
  for (const character of text.slice(0, 4096)) if (character === '\uFFFD') replaced += 1
  return replaced > sample.length * 0.02 ? undefined : text
}
