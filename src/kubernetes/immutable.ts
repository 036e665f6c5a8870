import { at, isObject, type JsonObject } from './json.ts'
import { type GroupKind, parseGroupKind, plainKind } from './kinds.ts'
import { annotationsOf } from './object.ts'
import { formatPointer, parsePointer, type Pointer } from './pointer.ts'

/** Fields an update must leave as they are: each place that matches `unit` can only be kept as a whole. */
interface Fixed {
  /** Steps from the object's root; `*` stands for any one step. */
  readonly unit: readonly string[]
  /** Values of the last step that may change after all, given the stored object. */
  readonly except?: (stored: JsonObject) => readonly string[]
  /** Whether it holds for the stored object; without it, it always does. */
  readonly when?: (stored: JsonObject) => boolean
}

const fixed = (...unit: readonly string[]): Fixed => ({ unit })
const fixedWhen = (when: (stored: JsonObject) => boolean, ...unit: readonly string[]): Fixed => ({ unit, when })

const betaClass = 'volume.beta.kubernetes.io/storage-class'

// validation.ValidatePodUpdate. tolerations may only grow and schedulingGates only shrink, but both may change.
const podFields = ['containers', 'initContainers', 'activeDeadlineSeconds', 'tolerations', 'schedulingGates']

// validation.ValidateStatefulSetUpdate
const statefulSetFields = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
]

// Everything of a PersistentVolume's spec that is neither its source nor volumeMode (validation.ValidatePersistentVolumeUpdate).
const volumeFields = [
  'csi',
  'capacity',
  'accessModes',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'mountOptions',
  'claimRef',
  'volumeAttributesClassName',
]

/**
 * Kubernetes v1.36: ValidateXUpdate in pkg/apis/{core,apps,batch,storage}/validation; the snapshot kinds: transition
 * rules in the CRDs of external-snapshotter v8.4 (VolumeSnapshotClass has none).
 */
const fixedByKind: Readonly<Record<string, readonly Fixed[]>> = {
  StorageClass: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'].map((field) => fixed(field)),
  VolumeAttributesClass: [fixed('driverName'), fixed('parameters')],
  CSIDriver: [fixed('spec', 'attachRequired'), fixed('spec', 'volumeLifecycleModes')],
  PersistentVolumeClaim: [
    { unit: ['spec', '*'], except: changeableClaimFields },
    { unit: ['spec', 'resources', '*'], except: (claim) => (isBound(claim) ? ['requests'] : []) },
    { unit: ['spec', 'resources', 'requests', '*'], except: (claim) => (isBound(claim) ? ['storage'] : []) },
    fixed('metadata', 'annotations', betaClass),
  ],
  PersistentVolume: [
    {
      unit: ['spec', '*'],
      except: (volume) => (isSet(volume, 'nodeAffinity') ? volumeFields : [...volumeFields, 'nodeAffinity']),
    },
    {
      unit: ['spec', 'csi', '*'],
      except: (volume) =>
        isObject(at(volume, 'spec', 'csi')) && at(volume, 'spec', 'csi', 'controllerExpandSecretRef') === undefined
          ? ['controllerExpandSecretRef']
          : [],
    },
  ],
  Pod: [
    { unit: ['spec', '*'], except: () => podFields },
    { unit: ['spec', 'containers', '*', '*'], except: () => ['image'] },
    { unit: ['spec', 'initContainers', '*', '*'], except: () => ['image'] },
  ],
  StatefulSet: [{ unit: ['spec', '*'], except: () => statefulSetFields }],
  Deployment: [fixed('spec', 'selector')],
  DaemonSet: [fixed('spec', 'selector')],
  ReplicaSet: [fixed('spec', 'selector')],
  Job: [
    fixed('spec', 'template'),
    fixed('spec', 'selector'),
    fixed('spec', 'completionMode'),
    fixed('spec', 'podFailurePolicy'),
    fixed('spec', 'backoffLimitPerIndex'),
    fixed('spec', 'managedBy'),
    fixed('spec', 'successPolicy'),
    fixedWhen((job) => at(job, 'spec', 'completionMode') !== 'Indexed', 'spec', 'completions'),
  ],
  ConfigMap: ['data', 'binaryData', 'immutable'].map((field) => fixedWhen(isSealed, field)),
  Secret: [fixed('type'), ...['data', 'stringData', 'immutable'].map((field) => fixedWhen(isSealed, field))],
  VolumeSnapshot: [fixed('spec', 'source')],
  VolumeSnapshotContent: [
    fixed('spec', 'source'),
    fixedWhen((content) => isSet(content, 'sourceVolumeMode'), 'spec', 'sourceVolumeMode'),
  ],
}

/**
 * The smallest unit around a place that an update of the stored object must leave as it is, or undefined where the
 * place may change. A caller compares the stored and the wanted value at the unit: only where they are equal may the
 * place be written. For a place that holds both kinds of fields (`/spec` of a Pod) the unit is the place itself.
 *
 * On the careful side: what may only shrink, or only change before something has started, counts as fixed.
 *
 * @param kind of the stored object; nothing is fixed in kinds that are not known here.
 * @param path from the object's root; text that is no pointer is nowhere fixed.
 */
export function unchangeableAt(kind: GroupKind, path: Pointer, stored: JsonObject): Pointer | undefined {
  if (path !== '' && !path.startsWith('/')) return undefined
  const plain = plainKind(kind)
  const rules = Object.hasOwn(fixedByKind, plain) && parseGroupKind(plain) === kind ? fixedByKind[plain] : undefined
  if (rules === undefined) return undefined
  const steps = parsePointer(path)
  for (const rule of rules) {
    if (rule.when?.(stored) === false || !agrees(rule.unit, steps)) continue
    if (steps.length < rule.unit.length) return path
    const last = steps[rule.unit.length - 1]
    if (last !== undefined && rule.except?.(stored).includes(last) === true) continue
    return formatPointer(...steps.slice(0, rule.unit.length))
  }
  return undefined
}

function agrees(unit: readonly string[], steps: readonly string[]): boolean {
  return unit.every((wanted, index) => wanted === '*' || steps[index] === undefined || wanted === steps[index])
}

// validation.ValidatePersistentVolumeClaimUpdate: a class may be given later to a claim that has none, once.
function changeableClaimFields(claim: JsonObject): readonly string[] {
  const fields = ['resources']
  if (isBound(claim)) fields.push('volumeAttributesClassName')
  if (!isSet(claim, 'volumeName')) fields.push('volumeName')
  if (!isSet(claim, 'storageClassName') && annotationsOf(claim)[betaClass] === undefined) {
    fields.push('storageClassName')
  }
  return fields
}

function isBound(claim: JsonObject): boolean {
  return at(claim, 'status', 'phase') === 'Bound'
}

function isSet(object: JsonObject, field: string): boolean {
  const value = at(object, 'spec', field)
  // An empty class name is a value (static binding); an empty volume name is none.
  return value !== undefined && value !== null && (value !== '' || field === 'storageClassName')
}

function isSealed(object: JsonObject): boolean {
  return at(object, 'immutable') === true
}
