import { codePoints } from './code-points.ts'

const escapes: ReadonlyMap<string, string> = new Map([
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
  ['"', '\\"'],
])

/** A text in double quotes as CEL would read it. */
export function quote(value: string): string {
  return `"${codePoints(value)
    .map((character) => escapes.get(character) ?? character)
    .join('')}"`
}
