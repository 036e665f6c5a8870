import { isArray, isObject, type JsonObject, type JsonValue } from '../../kubernetes/json.ts'
import { readPlain } from '../scalar.ts'
import type { Style } from './style.ts'

/** Which quotes a text had that is replaced. */
export type Quotes = 'plain' | 'single' | 'double'

// Words, paths, sizes and the like, with single blanks or colons between: nothing in them means anything to YAML.
const harmless = /^[A-Za-z0-9_./][A-Za-z0-9_./@+=~%-]*(?:[ :][A-Za-z0-9_./@+=~%-]+)*$/

/** A scalar as it stands in YAML; in double quotes, with JSON's escapes, where it would be read as something else. */
export function scalarText(value: JsonValue, quotes: Quotes = 'plain'): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (quotes === 'single' && /^[\x20-\x7E]*$/.test(value)) return `'${value.replaceAll("'", "''")}'`
  const isPlain = quotes === 'plain' && harmless.test(value) && readPlain(value) === value
  return isPlain ? value : JSON.stringify(value)
}

/** A value on one line, in brackets where it is a collection. `json`: with quotes wherever JSON has them. */
export function flowText(value: JsonValue, json: boolean): string {
  if (isArray(value)) return `[${value.map((item) => flowText(item, json)).join(', ')}]`
  if (!isObject(value)) return json ? JSON.stringify(value) : scalarText(value)
  const entries = Object.entries(value).map(([key, item = null]) => flowEntry(key, item, json))
  return `{${entries.join(', ')}}`
}

/** An entry of a mapping in braces. */
export function flowEntry(key: string, value: JsonValue, json: boolean): string {
  return `${json ? JSON.stringify(key) : scalarText(key)}: ${flowText(value, json)}`
}

/** An entry of a mapping that is written line by line; its first line is not indented, the others by `indent` and more. */
export function blockEntry(key: string, value: JsonValue, indent: number, style: Style): string {
  return `${scalarText(key)}:${blockValue(value, indent, style)}`
}

/** What stands behind the colon of a key at a column: a scalar on its line, a collection on the lines below. */
export function blockValue(value: JsonValue, indent: number, style: Style): string {
  if (isObject(value) && Object.keys(value).length > 0) {
    const inner = indent + style.step
    return lines(inner, style) + blockMapping(value, inner, style)
  }
  if (isArray(value) && value.length > 0) {
    const inner = indent + style.dashes
    return value.map((item) => `${lines(inner, style)}${blockItem(item, inner, style)}`).join('')
  }
  return ` ${flowText(value, false)}`
}

/** An item of a list whose dashes stand at a column. */
export function blockItem(value: JsonValue, indent: number, style: Style): string {
  if (isObject(value) && Object.keys(value).length > 0) return `- ${blockMapping(value, indent + 2, style)}`
  return `- ${flowText(value, false)}`
}

function blockMapping(object: JsonObject, indent: number, style: Style): string {
  return Object.entries(object)
    .map(([key, item = null]) => blockEntry(key, item, indent, style))
    .join(lines(indent, style))
}

function lines(indent: number, { lineBreak }: Style): string {
  return lineBreak + ' '.repeat(indent)
}
