import { asString, type JsonObject, member } from '../../kubernetes/json.ts'
import type { Check, CheckContext } from '../check.ts'
import { configMapSearch } from './check.ts'
import { type CredentialSearch, weakPasswordFindings, weakPasswordParameters } from './findings.ts'
import { parameterSearch } from './parameters.ts'
import { podSearch } from './pod.ts'

/** Finds words that are there to be replaced and work as passwords, wherever the other checks here look for credentials. */
export const weakPasswords: Check = {
  name: 'weakPasswords',
  description:
    'Reports each word that is there to be replaced and works as a password, such as changeme, in a ConfigMap, a pod or a class.',
  parameters: weakPasswordParameters,
  evaluate: (parameters, object, context) =>
    weakPasswordFindings(searchOf(parameters, object, context), context.scanSecrets),
}

function searchOf(parameters: JsonObject, object: JsonObject, { carrier }: CheckContext): CredentialSearch {
  const kind = asString(member(object, 'kind')) ?? ''
  if (kind === 'ConfigMap') return configMapSearch(parameters, object)
  if (kind.endsWith('Class')) return parameterSearch(parameters, object)
  // A pod that hides in another object has no kind.
  return podSearch(parameters, object, carrier)
}
