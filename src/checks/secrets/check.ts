import { globMatches } from '../../kubernetes/glob.ts'
import { asArray, asObject, type JsonObject } from '../../kubernetes/json.ts'
import { formatPointer } from '../../kubernetes/pointer.ts'
import type { Check } from '../check.ts'
import { credentialFindings, credentialParameters, type CredentialSearch, keyIn, secretNameFor } from './findings.ts'
import type { SecretEntry } from './scan.ts'

/** Finds credentials in the data and binaryData of a ConfigMap. */
export const configMapSecrets: Check = {
  name: 'secrets',
  description: 'Reports each credential that a ConfigMap holds, without showing any of it.',
  parameters: credentialParameters,
  evaluate: (parameters, object, { scanSecrets }) =>
    credentialFindings(configMapSearch(parameters, object), scanSecrets),
}

/** What there is to search in a ConfigMap. */
export function configMapSearch(parameters: JsonObject, object: JsonObject): CredentialSearch {
  const secretName = secretNameFor(object)
  return {
    parameters,
    object,
    entries: [...entriesOf(parameters, object)],
    secretName,
    remedy: (match) =>
      `move it to a Secret, for example key ${keyIn(match)} of ${secretName}, and refer to it with secretKeyRef or a Secret volume`,
  }
}

function* entriesOf(parameters: JsonObject, object: JsonObject): Generator<SecretEntry> {
  const allowed = asArray(parameters['allowKeys']).filter((pattern) => typeof pattern === 'string')
  for (const field of ['data', 'binaryData']) {
    // The API server hands keys over in this order, whatever order the manifest has them in.
    const entries = Object.entries(asObject(object[field])).sort(([left], [right]) => (left < right ? -1 : 1))
    for (const [key, value] of entries) {
      if (typeof value !== 'string' || allowed.some((pattern) => globMatches(pattern, key))) continue
      yield { path: formatPointer(field, key), key, value, encoding: field === 'data' ? 'text' : 'base64' }
    }
  }
}
