import { knownKinds } from './kinds.ts'
import { groupVersion } from './object.ts'
import groupKinds from './openapi/group-kinds.json' with { type: 'json' }
import { isSurely } from './suggest.ts'

// Every kind of Kubernetes' own groups in which kinds known here are, in any of the versions that are known.
const kindsByGroup: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(groupKinds))

/**
 * The kind known here that a misspelt one can only have meant: `PersistentVolumeClaim` for `PersistantVolumeClaim` of
 * v1. Undefined for a real kind of the apiVersion's group, and in groups that are not known whole. The API server refuses
 * an object of a misspelt kind before anything judges it.
 */
export function kindMeant(apiVersion: string, kind: string): string | undefined {
  const kinds = kindsByGroup.get(groupVersion(apiVersion).group) ?? []
  // A kind known here under a wrong apiVersion is another mistake.
  if (kinds.includes(kind) || knownKinds.includes(kind)) return undefined
  return kinds.find((candidate) => knownKinds.includes(candidate) && isSurely(kind, candidate))
}
