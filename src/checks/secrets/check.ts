import type { JsonObject } from '../../kubernetes/json.ts'
import { formatPointer } from '../../kubernetes/pointer.ts'
import type { Check } from '../check.ts'
import { allowedKeys, sortedTexts } from './entry-keys.ts'
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
  const isAllowed = allowedKeys(parameters)
  for (const field of ['data', 'binaryData']) {
    for (const [key, value] of sortedTexts(object[field])) {
      if (isAllowed(key)) continue
      yield { path: formatPointer(field, key), key, value, encoding: field === 'data' ? 'text' : 'base64' }
    }
  }
}
