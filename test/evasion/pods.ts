import { type Arbitrary, constantFrom, nat, record, tuple } from 'fast-check'
import { asObject, type JsonObject } from '../../src/kubernetes/json.ts'
import { innocentContainers, innocentVolumes } from './innocents.ts'
import { type Place, type Planted, placesUnder, within } from './planted.ts'

/** Where a pod has containers. */
type ContainerList = 'containers' | 'initContainers' | 'ephemeralContainers'
export const anyList: readonly ContainerList[] = ['containers', 'initContainers', 'ephemeralContainers']

/** The lists whose containers have probes, hooks and sub-paths. */
export const lasting: readonly ContainerList[] = ['containers', 'initContainers']

/** What is wrong with a pod, each part from its own root. */
export interface PodParts {
  /** A volume; it is put at any place among others. */
  readonly volume?: Planted
  /** A container; it is put at any place of any list of containers. */
  readonly container?: Planted
  /** Which containers it can be one of: not ephemeral where it has what such a one cannot have; default: any. */
  readonly lists?: readonly ContainerList[]
  /** Members of the pod's spec, over what is there. */
  readonly spec?: Planted
}

const surroundings = record({
  volumes: innocentVolumes,
  containers: innocentContainers(1, 2),
  init: innocentContainers(0, 2),
  ephemeral: innocentContainers(0, 1),
  list: nat({ max: 5 }),
  at: nat({ max: 3 }),
  volumeAt: nat({ max: 3 }),
  annotations: constantFrom<JsonObject>({}, { 'example.com/note': 'none' }),
})

/** Pods, without their type, with the given parts somewhere in them and nothing else that is wrong. */
export function podsWith(parts: Arbitrary<PodParts>): Arbitrary<Planted> {
  return tuple(parts, surroundings).map(([{ volume, container: filling, spec, lists = anyList }, around]) => {
    const list = lists[around.list % lists.length] ?? 'containers'
    const volumes = among(around.volumes, volume, around.volumeAt)
    const made = {
      containers: around.containers.map((build) => build(around.volumes)),
      initContainers: around.init.map((build, index) => ({ ...build(around.volumes), name: `init-${index}` })),
      ephemeralContainers: around.ephemeral.map((build) => ({ ...build([]), name: 'debugger' })),
    }
    const filled = among(made[list], filling, around.at)
    const pod: JsonObject = {
      metadata: { labels: { app: 'orders' }, annotations: around.annotations },
      spec: {
        securityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 2000, fsGroupChangePolicy: 'OnRootMismatch' },
        ...made,
        [list]: filled.items,
        volumes: volumes.items,
        ...spec?.part,
      },
    }
    const places = [
      ...under('/spec/volumes', volumes.places),
      ...under(`/spec/${list}`, filled.places),
      ...(spec === undefined ? [] : placesUnder('/spec', spec)),
    ]
    const known = [volume, filling, spec].flatMap((part) => part?.known ?? [])
    return { part: pod, places, known }
  })
}

function under(base: string, places: readonly Place[]): readonly Place[] {
  return places.map(({ rule, path }) => ({ rule, path: base + path }))
}

/** A list with one more item in it, and where in the list that is. */
function among(
  items: readonly JsonObject[],
  one: Planted | undefined,
  at: number,
): { readonly items: readonly JsonObject[]; readonly places: readonly Place[] } {
  if (one === undefined) return { items, places: [] }
  const index = Math.min(at, items.length)
  return { items: items.toSpliced(index, 0, one.part), places: placesUnder(`/${index}`, one) }
}

/** A kind that carries a pod, in every API version that was ever served. */
interface PodCarrier {
  readonly kind: string
  readonly apiVersions: readonly string[]
  /** Where the pod is. */
  readonly path: readonly string[]
  /** Whether only the pod's spec is there. */
  readonly bare?: true
  readonly spec?: JsonObject
}

const apps = ['apps/v1', 'apps/v1beta2', 'extensions/v1beta1'] as const
const selector: JsonObject = { selector: { matchLabels: { app: 'orders' } } }

const podCarriers: readonly PodCarrier[] = [
  { kind: 'Pod', apiVersions: ['v1'], path: [] },
  { kind: 'PodTemplate', apiVersions: ['v1'], path: ['template'] },
  { kind: 'ReplicationController', apiVersions: ['v1'], path: ['spec', 'template'] },
  { kind: 'Deployment', apiVersions: [...apps, 'apps/v1beta1'], path: ['spec', 'template'], spec: selector },
  { kind: 'ReplicaSet', apiVersions: apps, path: ['spec', 'template'], spec: selector },
  { kind: 'DaemonSet', apiVersions: apps, path: ['spec', 'template'], spec: selector },
  {
    kind: 'StatefulSet',
    apiVersions: ['apps/v1', 'apps/v1beta1', 'apps/v1beta2'],
    path: ['spec', 'template'],
    spec: { ...selector, serviceName: 'orders' },
  },
  { kind: 'Job', apiVersions: ['batch/v1'], path: ['spec', 'template'] },
  {
    kind: 'CronJob',
    apiVersions: ['batch/v1', 'batch/v1beta1', 'batch/v2alpha1'],
    path: ['spec', 'jobTemplate', 'spec', 'template'],
    spec: { schedule: '5 4 * * *' },
  },
  { kind: 'Rollout', apiVersions: ['argoproj.io/v1alpha1'], path: ['spec', 'template'] },
  { kind: 'Runner', apiVersions: ['ci.example.com/v1'], path: ['spec', 'podSpec'], bare: true },
]

/** The views that the configuration has for the custom resources among the carriers. */
export const podViews: readonly JsonObject[] = [
  { in: 'Rollout.argoproj.io', kind: 'Pod', path: '/spec/template' },
  { in: 'Runner.ci.example.com', kind: 'Pod', path: '/spec/podSpec', part: 'spec' },
]

const carriers = podCarriers.flatMap((carrier) => carrier.apiVersions.map((apiVersion) => ({ ...carrier, apiVersion })))

/** The pods in whatever may carry one, in any version of it. */
export function inPodCarriers(pods: Arbitrary<Planted>): Arbitrary<Planted> {
  return tuple(pods, constantFrom(...carriers)).map(([pod, { apiVersion, kind, path, bare, spec }]) => {
    const inner = bare === true ? asObject(pod.part['spec']) : pod.part
    const carried = path.toReversed().reduce<JsonObject>((part, step) => ({ [step]: part }), inner)
    const own: JsonObject = spec === undefined ? {} : { spec: { ...spec, ...asObject(carried['spec']) } }
    const metadata = { ...asObject(path.length === 0 ? carried['metadata'] : {}), name: 'planted', namespace: 'shop' }
    const base = path.map((step) => `/${step}`).join('')
    const placed = bare === true ? withoutSpec(pod) : pod
    return within(placed, base, { apiVersion, kind, ...carried, ...own, metadata })
  })
}

/** The places as they are where the spec stands for the whole. */
function withoutSpec(pod: Planted): Planted {
  return { ...pod, places: pod.places.map(({ rule, path }) => ({ rule, path: path.slice('/spec'.length) })) }
}

/** A container around its own members. */
export function container(members: JsonObject): JsonObject {
  return { name: 'planted', image: 'registry.example.com/shop/planted:1', ...members }
}
