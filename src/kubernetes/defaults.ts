import { isArray, isObject, type JsonObject, type JsonValue, member } from './json.ts'
import { type GroupKind, groupKindOf } from './kinds.ts'
import { parsePointer } from './pointer.ts'
import { builtInViews } from './views.ts'

type Defaulting = (object: JsonObject) => JsonObject

/**
 * An object with the defaults filled in that the API server fills in before admission, as far as policies judge them:
 * so a manifest in Git gets the verdict that it will get in the cluster. An explicit null counts as absent.
 *
 * Source: Kubernetes v1.36 SetDefaults_* in pkg/apis/{core,storage,apps}/v1/defaults.go. By kind and group, any version.
 *
 * @returns the same reference where there is nothing to add; the given object is never changed.
 */
export function withApiDefaults(object: JsonObject): JsonObject {
  return withKindDefaults(groupKindOf(object), object)
}

/** The same for a part of an object that does not say itself what it is: a pod or a claim in a custom resource. */
export function withKindDefaults(kind: GroupKind, object: JsonObject): JsonObject {
  const apply = defaultings.get(kind)
  return apply === undefined ? object : apply(object)
}

function storageClass(object: JsonObject): JsonObject {
  return withDefault(withDefault(object, 'reclaimPolicy', 'Delete'), 'volumeBindingMode', 'Immediate')
}

function csiDriver(object: JsonObject): JsonObject {
  return inMember(object, 'spec', (spec) =>
    withDefault(withDefault(spec, 'attachRequired', true), 'fsGroupPolicy', 'ReadWriteOnceWithFSType'),
  )
}

function claim(object: JsonObject): JsonObject {
  return inMember(object, 'spec', (spec) => withDefault(spec, 'volumeMode', 'Filesystem'))
}

function persistentVolume(object: JsonObject): JsonObject {
  return inMember(object, 'spec', (spec) =>
    inMember(
      withDefault(withDefault(spec, 'persistentVolumeReclaimPolicy', 'Retain'), 'volumeMode', 'Filesystem'),
      'hostPath',
      hostPath,
    ),
  )
}

function pod(object: JsonObject): JsonObject {
  return inMember(object, 'spec', (spec) => inItems(spec, 'volumes', volume))
}

function volume(object: JsonObject): JsonObject {
  if (isPresent(member(object, 'hostPath'))) return inMember(object, 'hostPath', hostPath)
  if (isPresent(member(object, 'ephemeral'))) {
    return inMember(object, 'ephemeral', (ephemeral) => inMember(ephemeral, 'volumeClaimTemplate', claim))
  }
  return hasSource(object) ? object : { ...object, emptyDir: {} }
}

function hostPath(object: JsonObject): JsonObject {
  return withDefault(object, 'type', '')
}

/** Whether a volume says where it comes from: anything besides its name (SetDefaults_Volume looks at all sources). */
function hasSource(object: JsonObject): boolean {
  for (const key in object) if (key !== 'name' && isPresent(member(object, key))) return true
  return false
}

function deployment(object: JsonObject): JsonObject {
  return replicated(
    inMember(object, 'spec', (spec) =>
      isPresent(member(spec, 'strategy'))
        ? inMember(spec, 'strategy', (strategy) => withDefault(strategy, 'type', 'RollingUpdate'))
        : withDefault(spec, 'strategy', { type: 'RollingUpdate' }),
    ),
  )
}

function statefulSet(object: JsonObject): JsonObject {
  return inMember(replicated(object), 'spec', (spec) => inItems(retention(spec), 'volumeClaimTemplates', claim))
}

function retention(spec: JsonObject): JsonObject {
  const field = 'persistentVolumeClaimRetentionPolicy'
  return isPresent(member(spec, field))
    ? inMember(spec, field, (policy) =>
        withDefault(withDefault(policy, 'whenDeleted', 'Retain'), 'whenScaled', 'Retain'),
      )
    : withDefault(spec, field, { whenDeleted: 'Retain', whenScaled: 'Retain' })
}

function replicated(object: JsonObject): JsonObject {
  return inMember(object, 'spec', (spec) => withDefault(spec, 'replicas', 1))
}

const ownDefaults: readonly (readonly [GroupKind, Defaulting])[] = [
  ['StorageClass.storage.k8s.io', storageClass],
  ['CSIDriver.storage.k8s.io', csiDriver],
  ['PersistentVolumeClaim', claim],
  ['PersistentVolume', persistentVolume],
  ['Pod', pod],
  ['Deployment.apps', deployment],
  ['StatefulSet.apps', statefulSet],
  ['ReplicaSet.apps', replicated],
  ['ReplicationController', replicated],
]

const defaultings: ReadonlyMap<GroupKind, Defaulting> = compose()

/** A kind's own defaults, and those of the pod templates that Kubernetes' kinds carry. */
function compose(): ReadonlyMap<GroupKind, Defaulting> {
  const composed = new Map(ownDefaults)
  for (const view of builtInViews) {
    if (view.kind !== 'Pod') continue
    const steps = parsePointer(view.path)
    const own = composed.get(view.in)
    const inTemplate: Defaulting = (object) => inside(object, steps, 0, pod)
    composed.set(view.in, own === undefined ? inTemplate : (object) => inTemplate(own(object)))
  }
  return composed
}

function inside(object: JsonObject, steps: readonly string[], from: number, apply: Defaulting): JsonObject {
  const step = steps[from]
  return step === undefined ? apply(object) : inMember(object, step, (part) => inside(part, steps, from + 1, apply))
}

function withDefault(object: JsonObject, key: string, value: JsonValue): JsonObject {
  return isPresent(member(object, key)) ? object : { ...object, [key]: value }
}

function inMember(object: JsonObject, key: string, apply: Defaulting): JsonObject {
  const part = member(object, key)
  if (!isObject(part)) return object
  const changed = apply(part)
  return changed === part ? object : { ...object, [key]: changed }
}

function inItems(object: JsonObject, key: string, apply: Defaulting): JsonObject {
  const items = member(object, key)
  if (!isArray(items)) return object
  let changed: JsonValue[] | undefined
  for (const [index, item] of items.entries()) {
    if (!isObject(item)) continue
    const next = apply(item)
    if (next === item) continue
    changed ??= [...items]
    changed[index] = next
  }
  return changed === undefined ? object : { ...object, [key]: changed }
}

function isPresent(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null
}
