import type { Inventory } from './inventory.ts'
import { asString, at, type JsonObject, type JsonValue } from './json.ts'
import { annotationsOf } from './object.ts'
import { formatPointer, type Pointer } from './pointer.ts'

/** The class of a claim, as Kubernetes resolves it. */
export interface ClaimClass {
  /** What decides: the beta annotation, spec.storageClassName, the cluster's default class, or nothing. */
  readonly source: 'annotation' | 'spec' | 'default' | 'none'
  /** The class's name; '' for static binding and where there is none. */
  readonly name: string
  /** Where the name is read, or where it would have to be written. */
  readonly path: Pointer
  /** Whether the claim says '' on purpose: it binds only to a volume without a class, and nothing is provisioned. */
  readonly static: boolean
  /** The StorageClass, where it is known. */
  readonly object: JsonObject | undefined
  /**
   * Whether `source` and `name` are certain. A written name always is; a default, or that there is none, only where all
   * classes are known.
   */
  readonly known: boolean
}

const betaAnnotation = 'volume.beta.kubernetes.io/storage-class'
const annotationPath = formatPointer('metadata', 'annotations', betaAnnotation)
const specPath = formatPointer('spec', 'storageClassName')

/**
 * Resolves a claim's class: the annotation volume.beta.kubernetes.io/storage-class wins over spec.storageClassName
 * (k8s.io/component-helpers v0.36 storage/volume GetPersistentVolumeClaimClass), and the default class is used only
 * where neither is there (admission plugin DefaultStorageClass).
 */
export function claimClass(claim: JsonObject, inventory: Inventory): ClaimClass {
  const annotated = annotationsOf(claim)[betaAnnotation]
  if (annotated !== undefined) return written('annotation', annotated, annotationPath, inventory)
  const named = asString(at(claim, 'spec', 'storageClassName'))
  if (named !== undefined) return written('spec', named, specPath, inventory)
  const known = inventory.isComplete('StorageClass')
  const object = defaultClass(inventory)
  const name = object === undefined ? '' : nameOf(object)
  return { source: object === undefined ? 'none' : 'default', name, path: specPath, static: false, object, known }
}

function written(source: 'annotation' | 'spec', name: string, path: Pointer, inventory: Inventory): ClaimClass {
  const object = name === '' ? undefined : inventory.get('StorageClass', '', name)
  return { source, name, path, static: name === '', object, known: true }
}

/** The class of a PersistentVolume, the beta annotation first (component-helpers GetPersistentVolumeClass). */
export function volumeClassName(volume: JsonObject): string {
  return annotationsOf(volume)[betaAnnotation] ?? asString(at(volume, 'spec', 'storageClassName')) ?? ''
}

/**
 * The volumes that a claim of a class could bind to without anything being provisioned: of that class by name ('' is
 * no class), and either free or kept for this very claim.
 */
export function volumesForClass(className: string, claim: JsonObject, inventory: Inventory): readonly JsonObject[] {
  return inventory
    .list('PersistentVolume')
    .filter((volume) => volumeClassName(volume) === className && isFreeFor(volume, claim))
}

function isFreeFor(volume: JsonObject, claim: JsonObject): boolean {
  const claimedBy = asString(at(volume, 'spec', 'claimRef', 'name'))
  return claimedBy === undefined || claimedBy === nameOf(claim)
}

/** Whether a StorageClass is marked as the default, by the annotation or its beta form (pkg/volume/util IsDefaultAnnotation). */
export function isDefaultClass(storageClass: JsonValue | undefined): boolean {
  const annotations = annotationsOf(storageClass)
  return (
    annotations['storageclass.kubernetes.io/is-default-class'] === 'true' ||
    annotations['storageclass.beta.kubernetes.io/is-default-class'] === 'true'
  )
}

/**
 * The class that a claim without one gets. Of several defaults the newest wins, then the first by name
 * (pkg/volume/util GetDefaultClass, Kubernetes 1.26 and later). Classes in Git have no age: the name decides there.
 */
export function defaultClass(inventory: Inventory): JsonObject | undefined {
  let chosen: JsonObject | undefined
  for (const storageClass of inventory.list('StorageClass')) {
    if (isDefaultClass(storageClass) && (chosen === undefined || precedes(storageClass, chosen))) chosen = storageClass
  }
  return chosen
}

function precedes(left: JsonObject, right: JsonObject): boolean {
  const age = createdAt(right) - createdAt(left)
  return age === 0 ? nameOf(left) < nameOf(right) : age < 0
}

function createdAt(object: JsonObject): number {
  const time = Date.parse(asString(at(object, 'metadata', 'creationTimestamp')) ?? '')
  return Number.isNaN(time) ? 0 : time
}

function nameOf(object: JsonObject): string {
  return asString(at(object, 'metadata', 'name')) ?? ''
}
