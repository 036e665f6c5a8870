import { isArray, isObject, type JsonValue } from '../kubernetes/json.ts'

/**
 * JSON as people write it: what fits on a line stays on one, the rest is broken with two spaces of indentation.
 *
 * @param width how long a line may become, in characters; a text that is longer is not broken.
 */
export function foldedJson(value: JsonValue, width = 100): string {
  return folded(value, '', width, 0)
}

/** @param taken the room that a key takes on the line before the value. */
function folded(value: JsonValue, indent: string, width: number, taken: number): string {
  const line = onOneLine(value)
  if (indent.length + taken + line.length <= width || (!isArray(value) && !isObject(value))) return line
  const inner = `${indent}  `
  const items = isArray(value)
    ? value.map((item) => folded(item, inner, width, 0))
    : Object.entries(value).map(([key, item]) => {
        const name = `${JSON.stringify(key)}: `
        return name + folded(item ?? null, inner, width, name.length)
      })
  const [open, close] = isArray(value) ? ['[', ']'] : ['{', '}']
  return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close}`
}

/** JSON on one line, with a space after commas and colons and inside braces. */
export function onOneLine(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(onOneLine).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${onOneLine(item ?? null)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}
