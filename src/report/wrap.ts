/**
 * The lines of a text that is broken between words, so that each has at most so many characters; a longer word (an
 * address, a path) has a line of its own, whole. One line where there is no width.
 */
export function wrap(text: string, width: number | undefined): readonly string[] {
  if (width === undefined || text.length <= width) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line += line === '' ? word : ` ${word}`
  }
  return lines.concat(line)
}
