import { dataDirectories, type UsedDirectory } from './data-directories.ts'
import { normalizeHostPath } from './host-path.ts'
import { asArray, asString, at, isObject, type JsonObject, type JsonValue, member } from './json.ts'
import { type ContainerPlace, containersOf, type VolumePlace, volumesOf } from './pod.ts'
import type { Pointer } from './pointer.ts'
import type { Workload } from './workload.ts'
import type { WorkloadTable } from './workloads.ts'

/** A volume as a container sees it. */
export interface MountedVolume {
  /** Where it is mounted, normalized. */
  readonly mountPath: string
  /** Where the mount is, from the pod's root: `/spec/containers/0/volumeMounts/1`. */
  readonly path: Pointer
  /** The volume's name. */
  readonly name: string
  /** Its volume in the pod; undefined where a claim template of the carrier takes its place, or where there is none. */
  readonly volume: VolumePlace | undefined
  /**
   * The field that says what the volume is: `emptyDir`, `persistentVolumeClaim`; `volumeClaimTemplates` for a claim
   * template of the carrier; undefined where it cannot be told.
   */
  readonly source: string | undefined
}

/** A directory of a container that holds the data of a known system, and where it lies. */
export interface PodData {
  readonly place: ContainerPlace
  readonly workload: Workload
  readonly directory: UsedDirectory
  /** The directory's path, or the one of its alternatives at which something is mounted. */
  readonly path: string
  /** The deepest mount in which it lies; undefined for the container's own file system. */
  readonly mount: MountedVolume | undefined
  /** All mounts of the container. */
  readonly mounted: readonly MountedVolume[]
}

/**
 * The data of known systems in a pod, in the order of its containers. Init containers that end before the others start
 * are left out: a server never ends by itself, and what they write for one is the server's. Sidecars
 * (`restartPolicy: Always`) count.
 *
 * @param carrier the applied object, whose `spec.volumeClaimTemplates` take the place of volumes of the same name.
 */
export function podData(pod: JsonObject, carrier: JsonObject, workloads: WorkloadTable): readonly PodData[] {
  let sources: VolumeSources | undefined
  return containersOf(member(pod, 'spec')).flatMap((place) => {
    const { container, kind } = place
    if (kind === 'init' && member(container, 'restartPolicy') !== 'Always') return []
    const image = asString(member(container, 'image'))
    const workload = image === undefined ? undefined : workloads.get(image)
    if (workload === undefined) return []
    sources ??= volumeSources(pod, carrier)
    const mounted = mountedVolumes(place, sources)
    return dataDirectories(workload, container).map((directory) => {
      const paths = [directory.path, ...directory.alternatives]
      const path = paths.find((candidate) => mountOf(candidate, mounted) !== undefined) ?? directory.path
      return { place, workload, directory, path, mount: mountOf(path, mounted), mounted }
    })
  })
}

interface VolumeSources {
  readonly volumes: ReadonlyMap<JsonValue | undefined, VolumePlace>
  readonly templates: ReadonlySet<JsonValue | undefined>
}

function volumeSources(pod: JsonObject, carrier: JsonObject): VolumeSources {
  const claims = asArray(at(carrier, 'spec', 'volumeClaimTemplates'))
  return {
    volumes: new Map(volumesOf(pod).map((place) => [member(place.volume, 'name'), place])),
    templates: new Set(claims.map((claim) => at(claim, 'metadata', 'name'))),
  }
}

function mountedVolumes({ container, path }: ContainerPlace, sources: VolumeSources): readonly MountedVolume[] {
  return asArray(member(container, 'volumeMounts')).flatMap((mount, index) => {
    const name = asString(member(mount, 'name'))
    const mountPath = asString(member(mount, 'mountPath'))
    if (name === undefined || mountPath === undefined) return []
    const template = sources.templates.has(name)
    const volume = template ? undefined : sources.volumes.get(name)
    const source = template ? 'volumeClaimTemplates' : volume && sourceOf(volume.volume)
    return [{ mountPath: normalizeHostPath(mountPath), path: `${path}/volumeMounts/${index}`, name, volume, source }]
  })
}

function mountOf(path: string, mounted: readonly MountedVolume[]): MountedVolume | undefined {
  let deepest: MountedVolume | undefined
  for (const candidate of mounted) {
    // Both are normalized already, and a container may have very many mounts.
    if (!covers(candidate.mountPath, path)) continue
    if (deepest === undefined || candidate.mountPath.length > deepest.mountPath.length) deepest = candidate
  }
  return deepest
}

function covers(mountPath: string, path: string): boolean {
  return (
    path.startsWith(mountPath) &&
    (path.length === mountPath.length || mountPath === '/' || path[mountPath.length] === '/')
  )
}

/** The field of a volume that says what it is. An explicit null counts as absent. */
function sourceOf(volume: JsonObject): string | undefined {
  return Object.keys(volume).find((key) => isObject(volume[key]))
}
