import { asArray, asString, at, isObject, type JsonObject, type JsonValue, member } from './json.ts'
import type { Pointer } from './pointer.ts'

/** Which list of a pod a container stands in. */
export type ContainerKind = 'container' | 'init' | 'ephemeral'

/** A container of a pod and where it is, from the pod's root: `/spec/initContainers/0`. */
export interface ContainerPlace {
  readonly container: JsonObject
  readonly path: Pointer
  readonly kind: ContainerKind
}

/** A volume of a pod and where it is, from the pod's root: `/spec/volumes/0`. */
export interface VolumePlace {
  readonly volume: JsonObject
  readonly path: Pointer
}

/** A mount of a volume and where it is, from the pod's root: `/spec/containers/0/volumeMounts/1`. */
export interface MountPlace {
  readonly mount: JsonObject
  readonly path: Pointer
  readonly kind: ContainerKind
}

const containerLists: readonly (readonly [string, ContainerKind])[] = [
  ['initContainers', 'init'],
  ['containers', 'container'],
  ['ephemeralContainers', 'ephemeral'],
]

/** All containers of a pod spec, in the order they start. Entries that are no objects are left out. */
export function containersOf(podSpec: JsonValue | undefined): readonly ContainerPlace[] {
  const places: ContainerPlace[] = []
  for (const [list, kind] of containerLists) {
    for (const [index, container] of asArray(member(podSpec, list)).entries()) {
      if (isObject(container)) places.push({ container, path: `/spec/${list}/${index}`, kind })
    }
  }
  return places
}

/** All volumes of a pod. Entries that are no objects are left out. */
export function volumesOf(pod: JsonValue | undefined): readonly VolumePlace[] {
  const places: VolumePlace[] = []
  for (const [index, volume] of asArray(at(pod, 'spec', 'volumes')).entries()) {
    if (isObject(volume)) places.push({ volume, path: `/spec/volumes/${index}` })
  }
  return places
}

/** Every mount of a volume in the containers of a pod, init and ephemeral ones included. */
export function mountsOf(pod: JsonValue | undefined, volumeName: string): readonly MountPlace[] {
  const places: MountPlace[] = []
  for (const { container, path, kind } of containersOf(member(pod, 'spec'))) {
    for (const [index, mount] of asArray(member(container, 'volumeMounts')).entries()) {
      if (isObject(mount) && asString(member(mount, 'name')) === volumeName) {
        places.push({ mount, path: `${path}/volumeMounts/${index}`, kind })
      }
    }
  }
  return places
}
