import {
  asArray,
  asString,
  at,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from '../kubernetes/json.ts'

const podTemplates: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
}

/** What the API server wants of an object of a kind (Kubernetes API reference v1.36), as far as fragments lack it. */
const required: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Deployment: [['spec', 'selector']],
  StatefulSet: [['spec', 'selector']],
  DaemonSet: [['spec', 'selector']],
  ReplicaSet: [['spec', 'selector']],
  PersistentVolumeClaim: [
    ['spec', 'accessModes'],
    ['spec', 'resources', 'requests', 'storage'],
  ],
  PersistentVolume: [
    ['spec', 'accessModes'],
    ['spec', 'capacity', 'storage'],
  ],
  StorageClass: [['provisioner']],
}

/**
 * Whether an object is only part of one, as a strategic merge patch is: it lacks what the API server asks for, so that it
 * cannot be applied by itself.
 */
export function isFragment(object: JsonObject): boolean {
  const kind = asString(object['kind']) ?? ''
  const hasName = ['name', 'generateName'].some((key) => asString(at(object, 'metadata', key)) !== undefined)
  const wanted = Object.hasOwn(required, kind) ? (required[kind] ?? []) : []
  const template = Object.hasOwn(podTemplates, kind) ? podTemplates[kind] : undefined
  return (
    !hasName ||
    wanted.some((keys) => at(object, ...keys) === undefined) ||
    (template !== undefined && !hasWholeContainers(at(object, ...template, 'spec', 'containers')))
  )
}

function hasWholeContainers(containers: JsonValue | undefined): boolean {
  const all = asArray(containers)
  return all.length > 0 && all.every((container) => asString(member(container, 'image')) !== undefined)
}

/**
 * Whether all that a patch says stands in an object that was rendered, names and lists aside: the name it is patched by
 * need not be the object's, a list may have more items, and a name may have got a prefix or a suffix.
 */
export function isContained(patch: JsonObject, rendered: JsonObject): boolean {
  const { metadata, ...rest } = patch
  const { name: _name, namespace: _namespace, ...more } = isObject(metadata) ? metadata : {}
  return contains(rendered, rest) && contains(rendered['metadata'] ?? {}, more)
}

function contains(whole: JsonValue | undefined, part: JsonValue | undefined): boolean {
  if (part === null || part === undefined) return whole === undefined || whole === null
  if (isArray(part)) return isArray(whole) && part.every((item) => whole.some((other) => contains(other, item)))
  if (isObject(part)) {
    return isObject(whole) && Object.entries(part).every(([key, value]) => contains(member(whole, key), value))
  }
  return whole === part || (isName(part) && isName(whole) && whole.includes(part))
}

// What namePrefix, nameSuffix and the hashes of generated ConfigMaps may be put around: a name (RFC 1123).
function isName(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && /^[a-z0-9][a-z0-9.-]*$/.test(value)
}
