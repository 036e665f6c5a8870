import { globMatches } from '../../kubernetes/glob.ts'
import { asArray, asObject, type JsonObject, type JsonValue } from '../../kubernetes/json.ts'

/** Tells some keys from others: of data, of parameters, of environment variables. */
export type KeyTest = (key: string) => boolean

/** Tells the keys that the parameter `allowKeys`, a list of globs, excepts from the search. */
export function allowedKeys(parameters: JsonObject): KeyTest {
  const allowed = asArray(parameters['allowKeys']).filter((pattern) => typeof pattern === 'string')
  return (key) => allowed.some((pattern) => globMatches(pattern, key))
}

/** The texts of a map by their keys, in the order of the keys: the API server's, whatever order the manifest has. */
export function sortedTexts(map: JsonValue | undefined): readonly (readonly [key: string, text: string])[] {
  return Object.entries(asObject(map))
    .flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : []))
    .sort(([left], [right]) => (left < right ? -1 : 1))
}
