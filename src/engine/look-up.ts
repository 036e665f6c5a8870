import { isNamespaced, plainKind } from '../kubernetes/kinds.ts'
import type { JsonValue } from '../kubernetes/json.ts'
import { referenceOf } from '../kubernetes/object.ts'
import { driverOf } from '../kubernetes/driver-of.ts'
import { claimClass } from '../kubernetes/storage-class.ts'
import type { Subject } from '../kubernetes/views.ts'
import type { CompiledLookup, PolicySet } from '../policy/compiled.ts'
import type { Scene } from './scene.ts'

/** What the expressions of names read. */
type Words = Readonly<Record<string, unknown>>

/** What a look-up came to. */
export interface Found {
  readonly value: JsonValue
  /** Whether the answer is conclusive: what is not there does not exist. */
  readonly known: boolean
}

// What relations and checks follow, and what namespace selectors read.
const followed = [
  'CSIDriver',
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'StorageClass',
  'VolumeAttributesClass',
  'VolumeSnapshotClass',
]

/** The kinds that an evaluation by these policies may look up; others need not be kept in an inventory. */
export function lookedUpKinds({ policies }: PolicySet): ReadonlySet<string> {
  const named = policies.flatMap(({ lookups }) =>
    [...lookups.values()].flatMap((lookup) => ('kind' in lookup ? [plainKind(lookup.kind)] : [])),
  )
  return new Set([...followed, ...named])
}

/** Finds the other objects a rule names. Throws a CelError where the expression of a name fails. */
export function lookUp(lookup: CompiledLookup, subject: Subject, scene: Scene, context: Words): Found {
  const { inventory, policies } = scene
  switch (lookup.type) {
    case 'list':
      return listOthers(lookup.kind, subject, scene)
    case 'get':
      return getOne(lookup, context, scene)
    case 'storageClass': {
      const { name, source, path, object, known } = claimClass(subject.object, inventory)
      return { value: { name, source, path, object: object ?? null }, known }
    }
    case 'driver': {
      const name = driverOf(subject.kind, subject.object, inventory)
      const facts = name === undefined ? undefined : policies.drivers.get(name)
      return { value: { ...facts, name: name ?? '' }, known: facts !== undefined }
    }
    case 'claims': {
      const claims = scene.claimsOf(subject.object)
      return { value: claims, known: claims.every(({ known }) => known) }
    }
    default:
      return lookup satisfies never
  }
}

function listOthers(kind: string, subject: Subject, { inventory, request }: Scene): Found {
  const plain = plainKind(kind)
  const known = inventory.isComplete(plain)
  const all = inventory.list(plain)
  if (subject.kind !== kind || subject.path !== '') return { value: all, known }
  const { name } = referenceOf(subject.object)
  const others = all.filter((object) => {
    const other = referenceOf(object)
    return other.name !== name || (isNamespaced(kind) !== false && other.namespace !== request.namespace)
  })
  return { value: others, known }
}

function getOne(
  lookup: Extract<CompiledLookup, { type: 'get' }>,
  context: Words,
  { inventory, request }: Scene,
): Found {
  const plain = plainKind(lookup.kind)
  const name = String(lookup.objectName.evaluate(context))
  const ownNamespace = isNamespaced(lookup.kind) === false ? '' : request.namespace
  const namespace = lookup.namespace === undefined ? ownNamespace : String(lookup.namespace.evaluate(context))
  const object = inventory.get(plain, namespace, name)
  return { value: object ?? null, known: object !== undefined || inventory.isComplete(plain) }
}
