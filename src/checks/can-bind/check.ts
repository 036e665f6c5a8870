import type { Inventory } from '../../kubernetes/inventory.ts'
import { asArray, asString, at, isObject, type JsonObject, member } from '../../kubernetes/json.ts'
import { groupKindOf } from '../../kubernetes/kinds.ts'
import { annotationsOf } from '../../kubernetes/object.ts'
import { resolve } from '../../kubernetes/pointer.ts'
import { type ClaimClass, claimClass, volumeClassName, volumesForClass } from '../../kubernetes/storage-class.ts'
import type { Check, CheckContext, CheckFinding } from '../check.ts'
import { amount, isTaken, type Mismatch, mismatches, namedMismatches, type Wish } from './mismatch.ts'

/**
 * Judges whether a claim for which nothing is provisioned finds a volume: one that names its volume, has no class, a
 * class whose volumes people prepare, or a selector, which no provisioner can serve. Silent unless all volumes are known.
 */
export const claimCanBind: Check = {
  name: 'claimCanBind',
  description:
    'Reports a claim that no PersistentVolume fits and none will be made for, and why not, volume by volume.',
  parameters: { type: 'object', properties: {} },
  evaluate(_parameters, claim, context) {
    const { inventory } = context
    if (!inventory.isComplete('PersistentVolume') || isBound(claim)) return []
    const claimed = claimClass(claim, inventory)
    const wish = wishOf(claim, claimed, context)
    if (wish.name !== undefined && isBound(inventory.get('PersistentVolumeClaim', wish.namespace, wish.name))) return []
    const volumeName = asString(at(claim, 'spec', 'volumeName')) ?? ''
    if (volumeName !== '') return claimed.known ? namedVolume(volumeName, wish, inventory) : []
    const need = needOf(claim, claimed, inventory)
    return need === undefined ? [] : anyVolume(wish, need, inventory)
  },
}

/** Why only a prepared volume will do: by its class, or the lack of one, or as it is selected by labels. */
type Need = 'class' | 'selector'

/** Once bound a claim stays so, whatever it asks for (annotation of the volume controller; status). */
function isBound(claim: JsonObject | undefined): boolean {
  if (annotationsOf(claim)['pv.kubernetes.io/bind-completed'] !== undefined) return true
  return ['Bound', 'Lost'].includes(asString(at(claim, 'status', 'phase')) ?? '')
}

function wishOf(claim: JsonObject, { name, path }: ClaimClass, { carrier, namespace }: CheckContext): Wish {
  const isEmbedded = groupKindOf(carrier) !== 'PersistentVolumeClaim'
  return {
    claim,
    namespace,
    name: isEmbedded ? undefined : asString(at(claim, 'metadata', 'name')),
    className: name,
    classPath: path,
  }
}

/**
 * Whether only a prepared volume can serve the claim; undefined: no, or it is not certain. Where not even the class or a
 * volume of its name exists, that is what is wrong with the claim, and what claimStorageClass reports.
 */
function needOf(claim: JsonObject, claimed: ClaimClass, inventory: Inventory): Need | undefined {
  const { name, object, known, source } = claimed
  if (!known) return undefined
  const hasVolumes = (): boolean =>
    inventory.list('PersistentVolume').some((volume) => volumeClassName(volume) === name)
  if (source === 'none') return volumesForClass('', claim, inventory).length > 0 ? 'class' : undefined
  if (name === '') return 'class'
  if (object === undefined) return inventory.isComplete('StorageClass') && hasVolumes() ? 'class' : undefined
  if (member(object, 'provisioner') === 'kubernetes.io/no-provisioner') return 'class'
  return isSelective(claim) ? 'selector' : undefined
}

/** A provisioner refuses a claim that selects by labels (Kubernetes documentation, Persistent Volumes, Selector). */
function isSelective(claim: JsonObject): boolean {
  const selector = at(claim, 'spec', 'selector')
  const labels = member(selector, 'matchLabels')
  const count = asArray(member(selector, 'matchExpressions')).length
  return count > 0 || (isObject(labels) && Object.keys(labels).length > 0)
}

function namedVolume(volumeName: string, wish: Wish, inventory: Inventory): readonly CheckFinding[] {
  const path = '/spec/volumeName'
  const volume = inventory.get('PersistentVolume', '', volumeName)
  const reasons = volume === undefined ? [] : namedMismatches(volume, wish)
  if (volume !== undefined && reasons.length === 0) return []
  const problem = volume === undefined ? 'but there is no such volume' : `which ${inWords(reasons)}`
  return [
    {
      path,
      problem: `{{field}} is ${JSON.stringify(volumeName)}, ${problem}`,
      actual: volumeName,
      remedy: `name a PersistentVolume that fits${wanted(wish)}, or leave {{field}} out`,
    },
  ]
}

interface Candidate {
  readonly name: string
  readonly reasons: readonly Mismatch[]
  readonly distance: number
}

function anyVolume(wish: Wish, need: Need, inventory: Inventory): readonly CheckFinding[] {
  const candidates: Candidate[] = []
  for (const volume of inventory.list('PersistentVolume')) {
    const reasons = mismatches(volume, wish)
    if (reasons.length === 0) return []
    const drawbacks = [isTaken(volume, wish), volumeClassName(volume) !== wish.className].filter(Boolean).length
    // Of no use to anybody, and in most clusters nearly all.
    if (drawbacks === 2) continue
    const name = asString(at(volume, 'metadata', 'name')) ?? ''
    // What another claim has, or is of another class, is further away than what lacks one thing.
    candidates.push({ name, reasons, distance: reasons.length + drawbacks })
  }
  candidates.sort((left, right) => left.distance - right.distance)
  return [finding(candidates, wish, need)]
}

function finding(candidates: readonly Candidate[], wish: Wish, need: Need): CheckFinding {
  const path = need === 'selector' ? '/spec/selector' : (candidates[0]?.reasons[0]?.path ?? wish.classPath)
  const actual = resolve(wish.claim, path)
  const start = need === 'selector' ? '{{field}} keeps its class from making a volume' : `{{field}} is ${shown(actual)}`
  return {
    path,
    problem: `${start}; ${candidates.length === 0 ? nothing(wish) : `no volume fits: ${listing(candidates)}`}`,
    ...(actual === undefined ? {} : { actual }),
    remedy: remedyFor(need, wish),
  }
}

function shown(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value)
}

function nothing({ className }: Wish): string {
  return className === '' ? 'there is no free volume without a class' : 'there is no free volume of its class'
}

const listed = 3

function listing(candidates: readonly Candidate[]): string {
  const more = candidates.length > listed ? `, +${candidates.length - listed} more` : ''
  const told = candidates.slice(0, listed).map(({ name, reasons }) => `${JSON.stringify(name)} ${inWords(reasons)}`)
  return told.join(', ') + more
}

function inWords(reasons: readonly Mismatch[]): string {
  return reasons.map(({ text }) => text).join(' and ')
}

function remedyFor(need: Need, wish: Wish): string {
  const prepare = `prepare a PersistentVolume that fits${wanted(wish)}`
  return need === 'selector' ? `remove {{field}}, or ${prepare}` : `${prepare}, or name a class that makes volumes`
}

/** What would fit, in brackets: ` (class "manual", at least 50Gi, ReadWriteOnce)`. */
function wanted({ claim, className }: Wish): string {
  const size = amount(at(claim, 'spec', 'resources', 'requests', 'storage'))
  const parts = [
    className === '' ? 'no class' : `class ${JSON.stringify(className)}`,
    size === '' ? '' : `at least ${size}`,
    ...asArray(at(claim, 'spec', 'accessModes')).map(String),
    at(claim, 'spec', 'volumeMode') === 'Block' ? 'volumeMode Block' : '',
  ]
  return ` (${parts.filter((part) => part !== '').join(', ')})`
}
