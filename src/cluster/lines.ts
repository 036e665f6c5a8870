/**
 * Splits text that arrives in pieces into its lines, without the line feeds; what follows the last one is dropped, as a
 * line that broke off is no line. Only "\n" ends a line: node:readline also ends one at U+2028, which JSON may hold.
 *
 * @param maxLength the longest line in UTF-16 units; a longer one throws a RangeError.
 */
export async function* lines(pieces: AsyncIterable<string>, maxLength: number): AsyncGenerator<string> {
  let begun: string[] = []
  let length = 0
  for await (const piece of pieces) {
    let start = 0
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      if (length + end - start > maxLength) throw tooLong(maxLength)
      begun.push(piece.slice(start, end))
      yield begun.join('')
      begun = []
      length = 0
      start = end + 1
    }
    length += piece.length - start
    if (length > maxLength) throw tooLong(maxLength)
    if (start < piece.length) begun.push(piece.slice(start))
  }
}

function tooLong(maxLength: number): RangeError {
  return new RangeError(`a line is longer than ${maxLength} characters`)
}
