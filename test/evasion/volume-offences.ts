import { type Arbitrary, boolean, constantFrom, oneof, record, tuple } from 'fast-check'
import { builtInInTree } from '../../src/kubernetes/in-tree.ts'
import type { JsonObject, JsonValue } from '../../src/kubernetes/json.ts'
import type { Offence } from './offence.ts'
import { harmless, type Planted, planted } from './planted.ts'
import { inPodCarriers, podsWith } from './pods.ts'
import { pathSpellings } from './spellings.ts'

/** Sources as volumes of a pod in any carrier. */
function asVolumes(sources: Arbitrary<Planted>): Arbitrary<Planted> {
  const volumes = sources.map((source) => ({ volume: { ...source, part: { name: 'planted', ...source.part } } }))
  return inPodCarriers(podsWith(volumes))
}

/** A source with one of the parts, of which the place is its own field. */
function sourceOf(fields: readonly string[], rule: string): Arbitrary<Planted> {
  return tuple(constantFrom(...fields), constantFrom<JsonObject>({}, { readOnly: true }, { fsType: 'ext4' })).map(
    ([field, source]) => planted({ [field]: source }, rule, `/${field}`),
  )
}

const claimed: JsonObject = { persistentVolumeClaim: { claimName: 'orders' } }
const others = constantFrom<JsonObject>(
  claimed,
  { configMap: { name: 'hostPath' } },
  { csi: { driver: 'hostpath.csi.k8s.io', volumeAttributes: { path: '/etc' } } },
  { secret: { secretName: 'awsElasticBlockStore', items: [{ key: 'hostPath', path: 'etc/passwd' }] } },
  { emptyDir: { sizeLimit: '1Gi' } },
  { projected: { sources: [{ configMap: { name: 'nfs' } }] } },
)

const outside = [
  '/',
  '/etc',
  '/etc/kubernetes/pki',
  '/var/log',
  '/var/logs',
  '/var/log/pods2',
  '/var/log/pod',
  '/opt/shared',
  '/opt/shared/database',
  '/Opt/shared/data',
  '/shared/data',
  '/proc/1/root/opt/shared/data',
]
const sockets = [
  '/',
  '/run',
  '/var',
  '/var/run',
  '/run/docker.sock',
  '/var/run/docker.sock',
  '/run/containerd',
  '/var/run/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/run/k3s/containerd',
  '/run/user/1000/docker.sock',
  '/var/run/user/1000/podman',
  '/proc/1/root/run/docker.sock',
  '/proc/self/root',
  '/var/snap/microk8s/common',
]
const pipes = constantFrom('\\\\.\\pipe\\docker_engine', '//./pipe/docker_engine', '\\\\.\\PIPE\\Docker_Engine')
const noSockets = [
  '/run/docker.sock.bak',
  '/run/dockers',
  '/runs',
  '/var/lib/docker',
  '/opt/var/run/docker.sock',
  '/run/user/1000/bus',
  '/run/containerd/containerd.sock.ttrpc',
  '/etc/docker',
]
const hostPathType = constantFrom<JsonObject>({}, { type: '' }, { type: 'Directory' }, { type: 'DirectoryOrCreate' })

function hostPaths(paths: Arbitrary<string>): Arbitrary<JsonObject> {
  return tuple(paths, hostPathType).map(([path, type]) => ({ hostPath: { path, ...type } }))
}

const noPaths = constantFrom<JsonObject>({ hostPath: { path: '' } }, { hostPath: {} }, { hostPath: { type: 'Socket' } })
const badPaths = oneof(
  { weight: 9, arbitrary: hostPaths(oneof(...outside.map((path) => pathSpellings(path, 'with ..')))) },
  noPaths,
)
const allowedPaths = oneof(
  pathSpellings('/opt/shared/data', 'without ..'),
  pathSpellings('/opt/shared/data/orders/2026', 'without ..'),
  constantFrom('/opt/shared/data/etc/../orders', '/opt/shared/data/...', '/opt/shared/data/.hidden'),
)

const unbounded: Arbitrary<JsonValue> = constantFrom<JsonValue>('0', '0Gi', '0.0Mi', '+0', '0e3', '000', 0)
const bounded: Arbitrary<JsonValue> = constantFrom<JsonValue>('1Gi', '0.5Ti', '1e9', '500m', '0.001Gi', '+64Mi', 1024)

const emptyDirs: Arbitrary<Planted> = oneof(
  // What says no source is an emptyDir.
  constantFrom(planted({}, 'size-limit', '/emptyDir/sizeLimit')),
  tuple(record({ sizeLimit: unbounded }, { requiredKeys: [] }), constantFrom<JsonObject>({}, { medium: '' })).map(
    ([limit, medium]) => planted({ emptyDir: { ...limit, ...medium } }, 'size-limit', '/emptyDir/sizeLimit'),
  ),
  record({ sizeLimit: unbounded }, { requiredKeys: [] }).map((limit) =>
    planted({ emptyDir: { ...limit, medium: 'Memory' } }, 'memory-size-limit', '/emptyDir/sizeLimit'),
  ),
)

const inTree = Object.keys(builtInInTree.sources)
const unlisted = ['hostPath', 'nfs', 'iscsi', 'fc', 'gitRepo', 'local', 'quantumStore', 'ConfigMap', 'names', ...inTree]

/** What is wrong with volumes of pods by themselves. */
export const volumeOffences: readonly Offence[] = [
  {
    policy: 'pod-no-host-path',
    what: 'a directory of the node, however its path is written',
    bad: asVolumes(badPaths.map((source) => planted(source, 'host-path', '/hostPath/path'))),
    good: asVolumes(oneof(hostPaths(allowedPaths), others).map(harmless)),
  },
  {
    policy: 'pod-no-runtime-socket',
    what: 'the socket of a container runtime, or a directory that has one',
    bad: asVolumes(
      hostPaths(oneof(...sockets.map((path) => pathSpellings(path, 'with ..')), pipes)).map((source) =>
        planted(source, 'socket', '/hostPath/path'),
      ),
    ),
    good: asVolumes(hostPaths(oneof(...noSockets.map((path) => pathSpellings(path, 'with ..')))).map(harmless)),
  },
  {
    policy: 'pod-volume-types',
    what: 'a type of volume that is not listed, known or not',
    bad: asVolumes(sourceOf(unlisted, 'volume-type')),
    good: asVolumes(others.map(harmless)),
  },
  {
    policy: 'pod-csi-volumes',
    what: 'a volume of a removed plugin',
    bad: asVolumes(sourceOf(inTree, 'csi-volume')),
    good: asVolumes(
      oneof(others, constantFrom<JsonObject>({ nfs: { server: 'a', path: '/' } }, { iscsi: {} }, { fc: {} })).map(
        harmless,
      ),
    ),
  },
  {
    policy: 'pod-emptydir-bounded',
    what: 'a temporary volume without a limit',
    bad: asVolumes(emptyDirs),
    good: asVolumes(
      tuple(bounded, boolean()).map(([sizeLimit, inMemory]) =>
        harmless({ emptyDir: { sizeLimit, ...(inMemory ? { medium: 'Memory' } : {}) } }),
      ),
    ),
  },
]
