import { isUnder } from '../kubernetes/host-path.ts'
import { asArray, asString, at, type JsonObject, type JsonValue, member } from '../kubernetes/json.ts'
import { type MountedVolume, type PodData, podData } from '../kubernetes/pod-data.ts'
import type { Check, CheckFinding } from './check.ts'
import { workloadsOf, workloadsSchema } from './workloads-parameter.ts'

// Why each of these loses data (https://kubernetes.io/docs/concepts/storage/volumes and …/ephemeral-volumes).
const losses: ReadonlyMap<string, string> = new Map([
  ['emptyDir', 'it is deleted with the pod'],
  ['hostPath', 'it stays behind when the pod moves to another node'],
  ['ephemeral', 'its claim is deleted with the pod'],
])

// What brings files into a pod rather than keeping them. A CSI volume in line may be either.
const deliveries = new Set(['configMap', 'secret', 'projected', 'downwardAPI', 'image', 'csi'])
const configurations = new Set(['configMap', 'secret', 'projected'])
const noConfiguration = ['/docker-entrypoint-initdb.d', '/var/run/secrets', '/run/secrets']

/** Reports data directories of databases, brokers and other stateful systems that do not outlive their pod. */
export const durableState: Check = {
  name: 'durableState',
  description:
    'Reports each data directory of a database, broker or other stateful system that lies in an emptyDir, a hostPath, an ephemeral volume or the container itself.',
  parameters: { type: 'object', properties: { workloads: workloadsSchema } },
  evaluate(parameters, pod, { carrier }) {
    return podData(pod, carrier, workloadsOf(parameters)).flatMap((data) => judge(data, carrier))
  },
}

function judge(data: PodData, carrier: JsonObject): readonly CheckFinding[] {
  const { mount, path, directory } = data
  if (mount === undefined) return directory.ifMounted || isElsewhere(data) ? [] : [inContainer(data, carrier)]
  const loss = losses.get(mount.source ?? '')
  const { volume } = mount
  if (loss === undefined || volume === undefined) return []
  if (mount.mountPath !== path && isElsewhere(data)) return []
  const remedy = remedyFor(carrier, isRoomOfItsOwn(mount) ? mount.mountPath : path)
  const source = mount.source ?? ''
  const hostPath = asString(member(volume.volume[source], 'path'))
  const actual: JsonValue = source === 'hostPath' && hostPath !== undefined ? hostPath : source
  const problem = `{{field}} holds the data of ${data.workload.title} (${JSON.stringify(path)} in container ${nameOf(data)}); ${loss}`
  return [{ path: `${volume.path}/${source}`, problem, actual, remedy }]
}

function inContainer(data: PodData, carrier: JsonObject): CheckFinding {
  const { place, path, workload, directory } = data
  const problem = `{{field}} has nothing for ${JSON.stringify(path)}, where ${workload.title} keeps its data; it is lost when container ${nameOf(data)} restarts`
  const others = directory.alternatives.map((other) => JSON.stringify(other)).join(' or ')
  const versions = others === '' ? '' : ` (other versions of the image keep it in ${others})`
  return { path: `${place.path}/volumeMounts`, problem, remedy: `${remedyFor(carrier, path)}${versions}` }
}

function remedyFor(carrier: JsonObject, path: string): string {
  const there = JSON.stringify(path)
  // All of its pods would share a claim.
  if (carrier['kind'] === 'DaemonSet') {
    return `make it a StatefulSet with a volumeClaimTemplate that is mounted at ${there}`
  }
  if (carrier['kind'] !== 'StatefulSet') return `mount a PersistentVolumeClaim at ${there}`
  const hasTemplates = asArray(at(carrier, 'spec', 'volumeClaimTemplates')).length > 0
  return hasTemplates ? `mount a volumeClaimTemplate at ${there}` : `add a volumeClaimTemplate and mount it at ${there}`
}

/** Whether a mount is for this directory, and not, like /tmp, for whatever comes along. */
function isRoomOfItsOwn({ mountPath }: MountedVolume): boolean {
  return mountPath.split('/').length > 2
}

/**
 * Whether the data may well lie on a lasting volume elsewhere: one is mounted inside the directory, or one is mounted
 * somewhere and configuration that cannot be read from here may point to it.
 */
function isElsewhere({ directory, place, mounted }: PodData): boolean {
  const lasting = mounted.filter(isLasting)
  const paths = [directory.path, ...directory.alternatives]
  if (lasting.some(({ mountPath }) => paths.some((path) => isUnder(mountPath, path)))) return true
  if (directory.stated || lasting.length === 0) return false
  const environment = directory.env.length > 0 && asArray(member(place.container, 'envFrom')).length > 0
  return environment || mounted.some(isConfiguration)
}

function isLasting({ source }: MountedVolume): boolean {
  return source === undefined || !(losses.has(source) || deliveries.has(source))
}

function isConfiguration({ source, mountPath }: MountedVolume): boolean {
  if (source === undefined || !configurations.has(source)) return false
  // Scripts for the first start, and the token that the API server mounts into every pod.
  return !noConfiguration.some((directory) => isUnder(mountPath, directory))
}

function nameOf({ place }: PodData): string {
  return JSON.stringify(asString(member(place.container, 'name')) ?? '')
}
