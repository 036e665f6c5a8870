import { isArray, type JsonObject, member } from '../kubernetes/json.ts'
import { kindMeant } from '../kubernetes/kind-meant.ts'
import { isVariable } from '../kubernetes/variable.ts'

// A kind in lower case is a DNS label (apiextensions-apiserver, validation of names.kind).
const possibleKind = /^[A-Za-z][A-Za-z0-9-]{0,62}$/

/**
 * What is wrong with the kind of an object that has an apiVersion: no name of a kind at all, or a misspelt one. Undefined
 * where it may be right: a kind of another project is not known here, nor what a variable stands for.
 */
export function wrongKind(object: JsonObject): string | undefined {
  const [apiVersion, kind = null] = [member(object, 'apiVersion'), member(object, 'kind')]
  if (typeof apiVersion !== 'string' || apiVersion === '' || kind === null || kind === '') return undefined
  if (typeof kind !== 'string') return `has ${isArray(kind) ? 'a list' : 'no text'} as its kind; write one kind`
  if (isVariable(kind)) return undefined
  if (!possibleKind.test(kind)) return 'has a kind that cannot be the name of one (a placeholder?); write one kind'
  const meant = kindMeant(apiVersion, kind)
  if (meant === undefined) return undefined
  return `has the kind "${kind}", which Kubernetes does not know; did you mean "${meant}"?`
}
