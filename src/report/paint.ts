/** Colours by what they mean here. */
const codes = {
  bold: '1',
  dim: '2',
  red: '31',
  yellow: '33',
  blue: '34',
  cyan: '36',
} as const
export type Color = keyof typeof codes

/** Colours a text, or leaves it as it is. */
export type Paint = (color: Color, text: string) => string

/** Paints with ANSI escape codes, which reset what they set. */
export const ansi: Paint = (color, text) => `\u001B[${codes[color]}m${text}\u001B[0m`

/** Paints nothing: for files and pipes. */
export const plain: Paint = (_, text) => text
