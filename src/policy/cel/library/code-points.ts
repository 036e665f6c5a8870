const surrogates = /[\ud800-\udfff]/

/** The code points of a text. */
export function codePoints(text: string): readonly string[] {
  return Array.from(text)
}

/** The number of code points in a text, which is what CEL counts. */
export function codePointLength(text: string): number {
  return surrogates.test(text) ? codePoints(text).length : text.length
}

/** The code points from one position to before another. */
export function codePointSlice(text: string, start: number, end: number): string {
  return surrogates.test(text) ? codePoints(text).slice(start, end).join('') : text.slice(start, end)
}

/** The position in UTF-16 units of a position in code points. */
export function unitPosition(text: string, position: number): number {
  return surrogates.test(text) ? codePoints(text).slice(0, position).join('').length : position
}

/** The position in code points of a position in UTF-16 units; -1 stays -1. */
export function codePointPosition(text: string, position: number): number {
  return position < 0 || !surrogates.test(text) ? position : codePoints(text.slice(0, position)).length
}
