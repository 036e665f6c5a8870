import { isArray, type JsonValue } from '../../kubernetes/json.ts'
import type { Scalar } from '../../kubernetes/openapi/schemas.ts'
import type { CheckFinding } from '../check.ts'
import type { Place } from './place.ts'
import { malformedQuantity } from './quantity.ts'

/** What a value has to be, as messages say it. */
const wanted: Readonly<Record<Scalar | 'list' | 'object', string>> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  intOrString: 'an integer or a string',
  quantity: 'a quantity',
  bytes: 'a string in base64',
  any: 'anything',
  list: 'a list',
  object: 'an object',
}

/** What is wrong with a value that has to be a scalar of some type. Null and variables are the caller's to pass over. */
export function judgeScalar(value: JsonValue, type: Scalar, place: Place): CheckFinding | undefined {
  switch (type) {
    case 'any':
      return undefined
    case 'string':
      return typeof value === 'string' ? undefined : unquoted(value, place)
    case 'bytes':
      return typeof value === 'string' ? notBase64(value, place) : wrongType(value, type, place)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : quoted(value, type, place)
    case 'number':
      return typeof value === 'number' ? undefined : quoted(value, type, place)
    case 'integer':
      return Number.isInteger(value) ? undefined : quoted(value, type, place)
    case 'intOrString':
      return typeof value === 'string' || Number.isInteger(value) ? undefined : wrongType(value, type, place)
    case 'quantity':
      if (typeof value === 'number') return undefined
      return typeof value === 'string' ? malformedQuantity(value, place) : wrongType(value, type, place)
    default:
      return type satisfies never
  }
}

/** A value of a wrong type, with nothing that could be done about it but writing it anew. */
export function wrongType(value: JsonValue, type: Scalar | 'list' | 'object', place: Place): CheckFinding {
  const problem = `{{field}} is ${describeFound(value, place)}; it must be ${wanted[type]}`
  return { path: place.path, problem, ...actualOf(value, place), remedy: `write {{field}} as ${wanted[type]}` }
}

const quoteIt = 'put the value of {{field}} in quotes, as it is written'

/** A bare boolean or number where a text belongs: YAML reads `true` and `8080` as such without quotes. */
function unquoted(value: JsonValue, place: Place): CheckFinding {
  const finding = wrongType(value, 'string', place)
  if (typeof value === 'boolean') {
    return {
      ...finding,
      remedy: `${quoteIt}: bare yes, no, on and off are booleans too`,
      ...repairOf(String(value), place),
    }
  }
  if (typeof value !== 'number') return finding
  // As text, 1.10 would be another version than 1.1, and nobody knows here which one was written.
  const repair = Number.isSafeInteger(value) ? repairOf(String(value), place) : {}
  return { ...finding, remedy: quoteIt, ...repair }
}

const plainInteger = /^-?(?:0|[1-9][0-9]{0,14})$/

/** A number or a boolean that is in quotes, which makes it a text. */
function quoted(value: JsonValue, type: 'boolean' | 'integer' | 'number', place: Place): CheckFinding {
  const finding = wrongType(value, type, place)
  const meant = typeof value === 'string' ? meantBy(value, type) : undefined
  return meant === undefined
    ? finding
    : { ...finding, remedy: `remove the quotes: ${meant}`, ...repairOf(meant, place) }
}

function meantBy(text: string, type: 'boolean' | 'integer' | 'number'): boolean | number | undefined {
  if (type !== 'boolean') return plainInteger.test(text) ? Number(text) : undefined
  return text === 'true' || text === 'false' ? text === 'true' : undefined
}

function repairOf(value: JsonValue, { privacy }: Place): { readonly repair?: JsonValue } {
  return privacy === 'secret' ? {} : { repair: value }
}

function actualOf(value: JsonValue, place: Place): { readonly actual?: JsonValue } {
  return canShow(value, place) ? { actual: value } : {}
}

const longestShown = 60

/** Booleans and short texts are shown. A bare number where a text belongs may be a password: its field says enough. */
function canShow(value: JsonValue, { privacy }: Place): boolean {
  return (
    privacy === 'shown' && (typeof value === 'boolean' || (typeof value === 'string' && value.length <= longestShown))
  )
}

function describeFound(value: JsonValue, place: Place): string {
  if (canShow(value, place))
    return typeof value === 'boolean' ? `the boolean ${value}` : `the string ${JSON.stringify(value)}`
  if (isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

// RFC 4648 with padding, as Go's base64.StdEncoding reads it; it passes over line breaks.
function notBase64(text: string, { path }: Place): CheckFinding | undefined {
  const characters = text.replaceAll(/[\r\n]/g, '')
  if (characters.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(characters)) return undefined
  const remedy = 'encode it in base64; plain text belongs in stringData of a Secret, or in data of a ConfigMap'
  return { path, problem: '{{field}} is not base64', remedy }
}
