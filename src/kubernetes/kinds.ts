import { asString, at, type JsonObject } from './json.ts'
import { groupVersion } from './object.ts'

/**
 * A kind and its API group without a version, as Kubernetes writes a GroupKind: `StorageClass.storage.k8s.io`, and
 * plain `Pod` in the core group. Versions do not matter to a policy: every served version of a kind is judged alike.
 */
export type GroupKind = string

interface KindFacts {
  readonly group: string
  readonly namespaced: boolean
}

// Kubernetes API reference v1.36; snapshot kinds: kubernetes-csi/external-snapshotter. What policies and views can name
// without writing the group.
const builtInKinds: Readonly<Record<string, KindFacts>> = {
  ConfigMap: { group: '', namespaced: true },
  Secret: { group: '', namespaced: true },
  Namespace: { group: '', namespaced: false },
  PersistentVolume: { group: '', namespaced: false },
  PersistentVolumeClaim: { group: '', namespaced: true },
  Pod: { group: '', namespaced: true },
  PodTemplate: { group: '', namespaced: true },
  ReplicationController: { group: '', namespaced: true },
  DaemonSet: { group: 'apps', namespaced: true },
  Deployment: { group: 'apps', namespaced: true },
  ReplicaSet: { group: 'apps', namespaced: true },
  StatefulSet: { group: 'apps', namespaced: true },
  CronJob: { group: 'batch', namespaced: true },
  Job: { group: 'batch', namespaced: true },
  CSIDriver: { group: 'storage.k8s.io', namespaced: false },
  StorageClass: { group: 'storage.k8s.io', namespaced: false },
  VolumeAttributesClass: { group: 'storage.k8s.io', namespaced: false },
  VolumeSnapshot: { group: 'snapshot.storage.k8s.io', namespaced: true },
  VolumeSnapshotClass: { group: 'snapshot.storage.k8s.io', namespaced: false },
  VolumeSnapshotContent: { group: 'snapshot.storage.k8s.io', namespaced: false },
}

/** The kinds that can be named without their group, in alphabetical order. */
export const knownKinds: readonly string[] = Object.keys(builtInKinds).sort()

/**
 * Reads a kind as policies and views write it: `StorageClass`, `Rollout.argoproj.io`.
 * Undefined for a plain name that is no kind known here: its group has to be written.
 */
export function parseGroupKind(text: string): GroupKind | undefined {
  const dot = text.indexOf('.')
  if (dot > 0 && dot < text.length - 1) return groupKind(text.slice(dot + 1), text.slice(0, dot))
  const facts = Object.hasOwn(builtInKinds, text) ? builtInKinds[text] : undefined
  return facts === undefined ? undefined : groupKind(facts.group, text)
}

/** The kind of an object, by its apiVersion and kind. Embedded templates have neither: '' then. */
export function groupKindOf(object: JsonObject): GroupKind {
  const kind = asString(object['kind']) ?? ''
  return groupKind(groupVersion(asString(object['apiVersion']) ?? '').group, kind)
}

function groupKind(group: string, kind: string): GroupKind {
  const facts = Object.hasOwn(builtInKinds, kind) ? builtInKinds[kind] : undefined
  const actual = facts !== undefined && isOfKubernetes(group) ? facts.group : group
  return actual === '' ? kind : `${kind}.${actual}`
}

/**
 * Whether a group can only be Kubernetes' own: a CustomResourceDefinition's has a dot. A kind known here is the same in
 * each of them, for manifests in Git say extensions/v1beta1 of a Deployment (removed in 1.16), or v1 of a StorageClass.
 */
function isOfKubernetes(group: string): boolean {
  return !group.includes('.') || group === 'storage.k8s.io' || group === 'snapshot.storage.k8s.io'
}

/** The kind's own name without the group. */
export function plainKind(kind: GroupKind): string {
  const dot = kind.indexOf('.')
  return dot < 0 ? kind : kind.slice(0, dot)
}

/** Whether objects of a kind live in a namespace; undefined for kinds not known here. */
export function isNamespaced(kind: GroupKind): boolean | undefined {
  const plain = plainKind(kind)
  const facts = Object.hasOwn(builtInKinds, plain) ? builtInKinds[plain] : undefined
  return facts !== undefined && parseGroupKind(plain) === kind ? facts.namespaced : undefined
}

/** The namespace an object goes to: its own, else the given one, as with kubectl; '' for cluster-scoped objects. */
export function namespaceOf(object: JsonObject, defaultNamespace: string): string {
  const namespaced = isNamespaced(groupKindOf(object))
  if (namespaced === false) return ''
  const stated = asString(at(object, 'metadata', 'namespace')) ?? ''
  // A custom resource that states none may be cluster-scoped.
  return stated !== '' || namespaced === undefined ? stated : defaultNamespace
}
