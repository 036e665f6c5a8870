import type { Inventory } from './inventory.ts'
import { asArray, asString, at, isObject, type JsonObject, type JsonValue, member } from './json.ts'
import { volumesOf } from './pod.ts'
import type { Pointer } from './pointer.ts'

/** A claim that a pod mounts, and where it is named. */
export interface PodClaim {
  /** The name that mounts use. */
  readonly volume: string
  /** The claim's name; '' for a template, whose claims are named after their pods. */
  readonly name: string
  /** Where the pod names it, from the pod's root: `/spec/volumes/0/persistentVolumeClaim`; '' for a StatefulSet's template. */
  readonly path: Pointer
  /** The claim, or its template; null where it is not known. */
  readonly claim: JsonObject | null
  /** Whether the volume says itself that the claim is mounted read-only. */
  readonly readOnly: boolean
  /** Whether each pod gets its own claim from a template. */
  readonly template: boolean
  /** Whether it is certain what the claim is, or that there is none. */
  readonly known: boolean
  readonly [key: string]: JsonValue
}

/**
 * The claims of a pod in the order of its volumes: those it names, those made for its generic ephemeral volumes, and,
 * in a StatefulSet, those of the set's volumeClaimTemplates, which take the place of volumes of the same name.
 *
 * @param carrier the applied object, which the pod is or is the template of.
 */
export function podClaims(
  pod: JsonObject,
  carrier: JsonObject,
  namespace: string,
  inventory: Inventory,
): readonly PodClaim[] {
  const templates = templatesOf(carrier)
  const own = volumesOf(pod).flatMap(({ volume, path }) => {
    const name = asString(member(volume, 'name')) ?? ''
    if (templates.some((template) => template.volume === name)) return []
    return ephemeralClaim(name, volume, path) ?? namedClaim(name, volume, path, namespace, inventory) ?? []
  })
  return [...own, ...templates]
}

function templatesOf(carrier: JsonObject): readonly PodClaim[] {
  if (carrier['kind'] !== 'StatefulSet') return []
  return asArray(at(carrier, 'spec', 'volumeClaimTemplates'))
    .filter(isObject)
    .map((claim) => ({
      volume: asString(at(claim, 'metadata', 'name')) ?? '',
      name: '',
      path: '',
      claim,
      readOnly: false,
      template: true,
      known: true,
    }))
}

function ephemeralClaim(volume: string, source: JsonObject, path: Pointer): PodClaim | undefined {
  const claim = at(source, 'ephemeral', 'volumeClaimTemplate')
  if (!isObject(claim)) return undefined
  return {
    volume,
    name: '',
    path: `${path}/ephemeral/volumeClaimTemplate`,
    claim,
    readOnly: false,
    template: true,
    known: true,
  }
}

function namedClaim(
  volume: string,
  source: JsonObject,
  path: Pointer,
  namespace: string,
  inventory: Inventory,
): PodClaim | undefined {
  const reference = member(source, 'persistentVolumeClaim')
  if (!isObject(reference)) return undefined
  const name = asString(member(reference, 'claimName')) ?? ''
  const claim = inventory.get('PersistentVolumeClaim', namespace, name)
  return {
    volume,
    name,
    path: `${path}/persistentVolumeClaim`,
    claim: claim ?? null,
    readOnly: member(reference, 'readOnly') === true,
    template: false,
    known: claim !== undefined || inventory.isComplete('PersistentVolumeClaim'),
  }
}
