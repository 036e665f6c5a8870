import { asArray, asString, at, isObject, type JsonObject, type JsonValue, member } from '../../kubernetes/json.ts'
import { isBeingDeleted, labelsOf } from '../../kubernetes/object.ts'
import type { Pointer } from '../../kubernetes/pointer.ts'
import { compareQuantities, parseQuantity } from '../../kubernetes/quantity.ts'
import { labelSelectorMatches } from '../../kubernetes/selector.ts'
import { volumeClassName } from '../../kubernetes/storage-class.ts'

/** What a claim asks of a volume. */
export interface Wish {
  readonly claim: JsonObject
  readonly namespace: string
  /** The claim's name; undefined where claims are made from it later, whose names are not known. */
  readonly name: string | undefined
  /** The claim's class as Kubernetes reads it; '' is none. */
  readonly className: string
  /** Where the class is read, or would have to be written. */
  readonly classPath: Pointer
}

/** Why a volume does not fit a claim. */
export interface Mismatch {
  /** The field of the claim that asks for something else. */
  readonly path: Pointer
  /** In words that follow the volume's name: `has only 40Gi`. */
  readonly text: string
}

/**
 * Why Kubernetes would not choose a volume for a claim, what cannot be helped first; empty: it would. A volume reserved
 * for the claim need not match its class and selector (k8s.io/component-helpers v0.36 storage/volume FindMatchingVolume).
 * The nodes that a volume can be used on are left out: where the pod will run is not known.
 */
export function mismatches(volume: JsonObject, wish: Wish): readonly Mismatch[] {
  const reserved = reservation(volume, wish)
  if (reserved === 'own' && phaseOf(volume) === 'Bound') return []
  const found = [
    reserved === 'own' ? deleted(volume, wish.classPath) : unavailable(volume, wish, wish.classPath),
    reserved === 'own' ? undefined : classMismatch(volume, wish),
    reserved === 'own' ? undefined : selectorMismatch(volume, wish),
    ...shapeMismatches(volume, wish),
  ]
  return found.filter((mismatch) => mismatch !== undefined)
}

/**
 * Why a volume that the claim names itself is not bound to it; empty: it is. Its labels do not matter then, nor does
 * anything where it is reserved for the claim (Kubernetes v1.36 pkg/controller/volume/persistentvolume/pv_controller.go,
 * syncUnboundClaim and checkVolumeSatisfyClaim).
 */
export function namedMismatches(volume: JsonObject, wish: Wish): readonly Mismatch[] {
  const path = '/spec/volumeName'
  const reserved = reservation(volume, wish)
  if (reserved === 'own') return []
  if (reserved === 'other') return [taken(volume, wish, path)]
  const found = [deleted(volume, path), classMismatch(volume, wish), ...shapeMismatches(volume, wish)]
  return found.filter((mismatch) => mismatch !== undefined)
}

/** Whether another claim has the volume, or had it and left its data. */
export function isTaken(volume: JsonObject, wish: Wish): boolean {
  return reservation(volume, wish) === 'other'
}

/**
 * Whom a volume is reserved for. A uid says more than a name, but a manifest has none: then the name is enough, unless the
 * volume was released, which only happens when the claim it was bound to is gone.
 */
function reservation(volume: JsonObject, { claim, namespace, name }: Wish): 'none' | 'own' | 'other' {
  const reference = at(volume, 'spec', 'claimRef')
  if (!isObject(reference)) return 'none'
  if (phaseOf(volume) === 'Released' || asString(member(reference, 'namespace')) !== namespace) return 'other'
  if (name === undefined) return 'own'
  if (asString(member(reference, 'name')) !== name) return 'other'
  const uids = [at(claim, 'metadata', 'uid'), member(reference, 'uid')].map((uid) => asString(uid) ?? '')
  return uids.includes('') || uids[0] === uids[1] ? 'own' : 'other'
}

function phaseOf(volume: JsonObject): string {
  return asString(at(volume, 'status', 'phase')) ?? ''
}

function deleted(volume: JsonObject, path: Pointer): Mismatch | undefined {
  return isBeingDeleted(volume) ? { path, text: 'is being deleted' } : undefined
}

/** A volume without a phase was only just made, or is a manifest: it will be available. */
function unavailable(volume: JsonObject, wish: Wish, path: Pointer): Mismatch | undefined {
  if (isTaken(volume, wish)) return taken(volume, wish, path)
  if (phaseOf(volume) === 'Failed') return { path, text: 'has failed' }
  return deleted(volume, path)
}

function taken(volume: JsonObject, { namespace }: Wish, path: Pointer): Mismatch {
  const reference = at(volume, 'spec', 'claimRef')
  const name = asString(member(reference, 'name'))
  // What is in other namespaces is nobody's business here.
  const isHere = asString(member(reference, 'namespace')) === namespace && name !== undefined
  const claim = isHere ? `claim ${JSON.stringify(name)}` : 'a claim in another namespace'
  return phaseOf(volume) === 'Released'
    ? { path, text: `still holds the data of ${isHere ? `an earlier ${claim}` : claim}` }
    : { path, text: `is taken by ${claim}` }
}

function classMismatch(volume: JsonObject, { className, classPath }: Wish): Mismatch | undefined {
  const name = volumeClassName(volume)
  if (name === className) return undefined
  return { path: classPath, text: name === '' ? 'has no class' : `is of class ${JSON.stringify(name)}` }
}

function selectorMismatch(volume: JsonObject, { claim }: Wish): Mismatch | undefined {
  const selector = at(claim, 'spec', 'selector')
  if (!isObject(selector) || labelSelectorMatches(selector, labelsOf(volume))) return undefined
  return { path: '/spec/selector', text: 'has other labels' }
}

function shapeMismatches(volume: JsonObject, { claim }: Wish): readonly (Mismatch | undefined)[] {
  return [
    sizeMismatch(volume, claim),
    accessModeMismatch(volume, claim),
    volumeModeMismatch(volume, claim),
    attributesClassMismatch(volume, claim),
  ]
}

function sizeMismatch(volume: JsonObject, claim: JsonObject): Mismatch | undefined {
  const size = amount(at(volume, 'spec', 'capacity', 'storage'))
  const asked = parseQuantity(amount(at(claim, 'spec', 'resources', 'requests', 'storage')))
  const offered = parseQuantity(size)
  if (asked === undefined || offered === undefined || compareQuantities(offered, asked) >= 0) return undefined
  return { path: '/spec/resources/requests/storage', text: `has only ${size}` }
}

/** A quantity as text: in a manifest it may be a plain number. */
export function amount(value: JsonValue | undefined): string {
  return typeof value === 'number' ? String(value) : (asString(value) ?? '')
}

function accessModeMismatch(volume: JsonObject, claim: JsonObject): Mismatch | undefined {
  const offered = asArray(at(volume, 'spec', 'accessModes'))
  const lacking = asArray(at(claim, 'spec', 'accessModes')).filter((mode) => !offered.includes(mode))
  if (lacking.length === 0) return undefined
  return { path: '/spec/accessModes', text: `lacks ${lacking.map(String).join(' and ')}` }
}

function volumeModeMismatch(volume: JsonObject, claim: JsonObject): Mismatch | undefined {
  const [asked, offered] = [claim, volume].map((object) => asString(at(object, 'spec', 'volumeMode')) ?? 'Filesystem')
  return asked === offered ? undefined : { path: '/spec/volumeMode', text: `has volumeMode ${offered}` }
}

function attributesClassMismatch(volume: JsonObject, claim: JsonObject): Mismatch | undefined {
  const field = 'volumeAttributesClassName'
  const [asked, offered] = [claim, volume].map((object) => asString(at(object, 'spec', field)) ?? '')
  if (asked === offered) return undefined
  const name = offered === '' ? 'no attributes class' : `attributes class ${JSON.stringify(offered)}`
  return { path: `/spec/${field}`, text: `has ${name}` }
}
