import type { AdmissionRequest } from '../admission/request.ts'
import { asString, at, type JsonObject } from '../kubernetes/json.ts'
import { groupKindOf, isNamespaced } from '../kubernetes/kinds.ts'

/**
 * The request that applying a manifest for the first time would make. As with kubectl, an object without a namespace
 * goes to the given one; nobody is named as the user.
 */
export function requestFor(object: JsonObject, defaultNamespace: string): AdmissionRequest {
  return {
    uid: '',
    operation: 'CREATE',
    namespace: namespaceFor(object, defaultNamespace),
    object,
    oldObject: undefined,
    subResource: '',
    userInfo: { username: '', groups: [] },
    dryRun: true,
  }
}

function namespaceFor(object: JsonObject, defaultNamespace: string): string {
  const namespaced = isNamespaced(groupKindOf(object))
  if (namespaced === false) return ''
  const stated = asString(at(object, 'metadata', 'namespace')) ?? ''
  // A custom resource that states none may be cluster-scoped.
  return stated !== '' || namespaced === undefined ? stated : defaultNamespace
}
