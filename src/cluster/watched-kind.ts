import { inTreePlugins } from '../kubernetes/in-tree.ts'
import { asObject, isObject, type JsonObject, type JsonValue, member } from '../kubernetes/json.ts'

/** What is kept of an object: true for all of a field, or what is kept of the object in it. */
export type Kept = true | { readonly [key: string]: Kept }

/** A kind that the inventory follows. */
export interface WatchedKind {
  readonly kind: string
  /** `storage.k8s.io/v1`; `v1` in the core group. */
  readonly apiVersion: string
  /** The plural name in the API's paths: `storageclasses`. */
  readonly resource: string
  /**
   * Whether a cluster may lack the kind, as with a CRD: then there are none. Where every cluster has it, an answer "not
   * found" comes from something in between, and taking it for "there are none" would make rules deny.
   */
  readonly optional: boolean
  /** What look-ups read of an object; the rest is not kept in memory. */
  readonly trim: (object: JsonObject) => JsonObject
}

/** The parts of a watched kind that are written by hand. `fields` is what is kept besides the metadata. */
export interface WatchedKindFacts extends Pick<WatchedKind, 'kind' | 'apiVersion' | 'resource'> {
  readonly optional?: boolean
  readonly fields: Kept
}

/** Makes a watched kind. */
export function watchedKind({ fields, optional = false, ...facts }: WatchedKindFacts): WatchedKind {
  return {
    ...facts,
    optional,
    trim: (object) => ({
      // The items of a list of a built-in kind do not say what they are.
      apiVersion: facts.apiVersion,
      kind: facts.kind,
      metadata: trimMetadata(object),
      ...asObject(keep(object, fields)),
    }),
  }
}

const metadataFields: Kept = {
  name: true,
  namespace: true,
  uid: true,
  labels: true,
  annotations: true,
  // Of several default classes the newest counts.
  creationTimestamp: true,
  deletionTimestamp: true,
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

function trimMetadata(object: JsonObject): JsonObject {
  const metadata = asObject(keep(member(object, 'metadata'), metadataFields))
  const annotations = member(metadata, 'annotations')
  if (!isObject(annotations) || !Object.hasOwn(annotations, lastApplied)) return metadata
  const { [lastApplied]: _dropped, ...others } = annotations
  return { ...metadata, annotations: others }
}

function keep(value: JsonValue | undefined, kept: Kept): JsonValue | undefined {
  if (kept === true) return value
  if (!isObject(value)) return undefined
  const fields: Record<string, JsonValue> = {}
  for (const [key, inside] of Object.entries(kept)) {
    const found = keep(member(value, key), inside)
    if (found !== undefined) fields[key] = found
  }
  return fields
}

const storageClass = watchedKind({
  kind: 'StorageClass',
  apiVersion: 'storage.k8s.io/v1',
  resource: 'storageclasses',
  fields: {
    provisioner: true,
    parameters: true,
    reclaimPolicy: true,
    mountOptions: true,
    allowVolumeExpansion: true,
    volumeBindingMode: true,
    allowedTopologies: true,
  },
})

const namespace = watchedKind({
  kind: 'Namespace',
  apiVersion: 'v1',
  resource: 'namespaces',
  fields: { spec: true, status: { phase: true } },
})

const volumeSources: Kept = Object.fromEntries(
  ['hostPath', 'local', 'nfs', ...inTreePlugins.map(({ volumeSource }) => volumeSource)].map((key) => [key, true]),
)

const persistentVolume = watchedKind({
  kind: 'PersistentVolume',
  apiVersion: 'v1',
  resource: 'persistentvolumes',
  fields: {
    spec: {
      ...volumeSources,
      // Its options are the driver's own, and may say anything.
      flexVolume: { driver: true },
      accessModes: true,
      capacity: true,
      claimRef: { namespace: true, name: true, uid: true },
      csi: { driver: true, volumeHandle: true, fsType: true, readOnly: true },
      mountOptions: true,
      nodeAffinity: true,
      persistentVolumeReclaimPolicy: true,
      storageClassName: true,
      volumeAttributesClassName: true,
      volumeMode: true,
    },
    status: { phase: true },
  },
})

const csiDriver = watchedKind({
  kind: 'CSIDriver',
  apiVersion: 'storage.k8s.io/v1',
  resource: 'csidrivers',
  fields: { spec: true },
})

const claim = watchedKind({
  kind: 'PersistentVolumeClaim',
  apiVersion: 'v1',
  resource: 'persistentvolumeclaims',
  fields: {
    spec: {
      accessModes: true,
      dataSource: true,
      dataSourceRef: true,
      resources: true,
      storageClassName: true,
      volumeAttributesClassName: true,
      volumeMode: true,
      volumeName: true,
    },
    status: { phase: true, capacity: true },
  },
})

// external-snapshotter's CRD. v1beta1 is no longer served since its version 8 (client/v8, config/crd).
const volumeSnapshotClass = watchedKind({
  kind: 'VolumeSnapshotClass',
  apiVersion: 'snapshot.storage.k8s.io/v1',
  resource: 'volumesnapshotclasses',
  optional: true,
  fields: { driver: true, deletionPolicy: true },
})

// Served as v1 since Kubernetes 1.34; older clusters have none as far as rules are concerned (KEP-3751).
const volumeAttributesClass = watchedKind({
  kind: 'VolumeAttributesClass',
  apiVersion: 'storage.k8s.io/v1',
  resource: 'volumeattributesclasses',
  optional: true,
  fields: { driverName: true, parameters: true },
})

/**
 * The kinds that the built-in policies look up. Each needs list and watch in the ClusterRole.
 *
 * Secrets and ConfigMaps are not among them: to follow Secrets a webhook would have to be allowed to read every one in
 * the cluster. Pods and workloads are judged by what they say themselves.
 */
export const watchedKinds: readonly WatchedKind[] = [
  storageClass,
  namespace,
  persistentVolume,
  claim,
  csiDriver,
  volumeSnapshotClass,
  volumeAttributesClass,
]
