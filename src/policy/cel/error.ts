/** What is wrong with a CEL expression, or went wrong evaluating it: one line that quotes no value of the object. */
export class CelError extends Error {
  override readonly name: string = 'CelError'
}

/** An evaluation that had to be stopped; unlike other errors, `||` and `exists` do not get over it. */
export class CostError extends CelError {}

/** A {@link CelError} about a place in an expression: `2:14: message`, lines and columns counted from 1. */
export function errorAt(source: string, position: number, message: string): CelError {
  const before = source.slice(0, position)
  const lineStart = before.lastIndexOf('\n') + 1
  const line = before.split('\n').length
  return new CelError(`${line}:${position - lineStart + 1}: ${oneLine(message)}`)
}

/** A text on one line and of bearable length. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/[\r\n\t]+/g, ' ')
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}
