/** Colours by what they mean here. */
const codes = {
  title: '1;4',
  bold: '1',
  dim: '2',
  red: '1;31',
  green: '1;32',
  yellow: '1;33',
  blue: '1;34',
  cyan: '36',
} as const
export type Color = keyof typeof codes

/** Colours a text, or leaves it as it is. */
export type Paint = (color: Color, text: string) => string

/** Paints with ANSI escape codes, which reset what they set. */
export const ansi: Paint = (color, text) => `\u001B[${codes[color]}m${text}\u001B[0m`

/** Paints nothing: for files and pipes. */
export const plain: Paint = (_, text) => text
