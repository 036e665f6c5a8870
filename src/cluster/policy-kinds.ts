import { asObject, type JsonObject, member } from '../kubernetes/json.ts'
import type { WatchedKind } from './watched-kind.ts'

/** The version of policies and exceptions as custom resources. */
const apiVersion = 'policy.holdfast.dev/v1alpha1'

/**
 * The custom resources that say how is judged. Each needs list and watch in the ClusterRole, and its status patch. A
 * cluster may lack them: then there are policies of files only.
 */
export const policyKinds: readonly WatchedKind[] = [
  policyKind('StoragePolicy', 'storagepolicies'),
  policyKind('StoragePolicyException', 'storagepolicyexceptions'),
  policyKind('ClusterStoragePolicyException', 'clusterstoragepolicyexceptions'),
]

function policyKind(kind: string, resource: string): WatchedKind {
  return { kind, apiVersion, resource, optional: true, trim: (object) => trimmed(object, kind) }
}

// What look-ups read of other kinds, and the generation: it tells a changed spec from a changed status.
function trimmed(object: JsonObject, kind: string): JsonObject {
  const { name, namespace, uid, generation, deletionTimestamp } = asObject(member(object, 'metadata'))
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, uid, generation, deletionTimestamp },
    spec: member(object, 'spec'),
    status: member(object, 'status'),
  }
}

/** Where the status of such an object is written; undefined for an object of another kind. */
export function statusPath(kind: string, namespace: string, name: string): string | undefined {
  const resource = policyKinds.find((watched) => watched.kind === kind)?.resource
  if (resource === undefined) return undefined
  const place = namespace === '' ? '' : `/namespaces/${encodeURIComponent(namespace)}`
  return `/apis/${apiVersion}${place}/${resource}/${encodeURIComponent(name)}/status`
}
