import type { JsonValue } from '../../kubernetes/json.ts'
import { isArray, isObject } from '../../kubernetes/json.ts'

/** The texts of several lines inside a JSON document: files within a file. Empty where the text is no JSON. */
export function multilineStrings(text: string): readonly string[] {
  const first = text.trimStart().charAt(0)
  if ((first !== '{' && first !== '[') || !text.includes('\\n')) return []
  const found: string[] = []
  const open: (JsonValue | undefined)[] = [parse(text)]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'string' && value.includes('\n')) found.push(value)
    else if (isArray(value)) for (const item of value) open.push(item)
    else if (isObject(value)) for (const key of Object.keys(value)) open.push(value[key])
  }
  return found
}

function parse(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
