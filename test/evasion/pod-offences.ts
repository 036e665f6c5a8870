import { type Arbitrary, constantFrom, nat, tuple } from 'fast-check'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import type { Offence } from './offence.ts'
import { harmless, type Planted } from './planted.ts'
import { container, inPodCarriers, lasting, type PodParts, podsWith } from './pods.ts'

const claimSpec: JsonObject = {
  accessModes: ['ReadWriteOncePod'],
  storageClassName: 'gold',
  resources: { requests: { storage: '2Gi' } },
}

const persistent = constantFrom<JsonObject>(
  { persistentVolumeClaim: { claimName: 'orders' } },
  { ephemeral: { volumeClaimTemplate: { spec: claimSpec } } },
)

/** Who runs the pod, not as root: the pod or one container says so. */
const nonRoot = constantFrom<readonly [pod: JsonObject, container: JsonObject]>(
  [{ runAsNonRoot: true }, {}],
  [{ runAsUser: 1000 }, {}],
  [{ runAsUser: 1000, runAsGroup: 3000 }, { runAsUser: 0 }],
  [{ runAsNonRoot: false }, { runAsUser: 70 }],
  [{}, { runAsNonRoot: true }],
  [{ runAsUser: 0 }, { runAsUser: 1 }],
)

const noGroup = constantFrom<readonly [groups: JsonObject, broken: readonly ('fs-group' | 'change-policy')[]]>(
  [{}, ['fs-group', 'change-policy']],
  [{ fsGroup: 0 }, ['fs-group', 'change-policy']],
  [{ fsGroup: 2000 }, ['change-policy']],
  [{ fsGroup: 2000, fsGroupChangePolicy: 'Always' }, ['change-policy']],
  [{ fsGroupChangePolicy: 'OnRootMismatch' }, ['fs-group']],
  [{ supplementalGroups: [2000], fsGroup: 0, fsGroupChangePolicy: 'OnRootMismatch' }, ['fs-group']],
)

const fields = { 'fs-group': 'fsGroup', 'change-policy': 'fsGroupChangePolicy' } as const

const groupless: Arbitrary<PodParts> = tuple(persistent, nonRoot, noGroup).map(
  ([source, [pod, own], [groups, broken]]) => ({
    volume: harmless({ name: 'planted', ...source }),
    container: harmless(container({ securityContext: own, volumeMounts: [{ name: 'planted', mountPath: '/data' }] })),
    lists: lasting,
    spec: {
      part: { securityContext: { ...pod, ...groups } },
      places: broken.map((rule) => ({ rule, path: `/securityContext/${fields[rule]}` })),
    },
  }),
)

const grouped: Arbitrary<PodParts> = tuple(persistent, nonRoot, nat({ max: 60_000 })).map(
  ([source, [pod, own], above]) => ({
    volume: harmless({ name: 'planted', ...source }),
    container: harmless(container({ securityContext: own })),
    lists: lasting,
    spec: harmless({
      securityContext: { ...pod, fsGroup: 1 + above, fsGroupChangePolicy: 'OnRootMismatch' },
    }),
  }),
)

const ofWindows: Arbitrary<Planted> = podsWith(
  persistent.map((source) => ({
    volume: harmless({ name: 'planted', ...source }),
    spec: harmless({ os: { name: 'windows' }, securityContext: { runAsNonRoot: true } }),
  })),
)

/** A StatefulSet whose pod has a claim of its own: a volume that the pod's template does not list. */
function statefulSet(ofPod: JsonObject, ofContainer: JsonObject): JsonObject {
  const volumeMounts = [{ name: 'data', mountPath: '/var/lib/orders' }]
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'planted', namespace: 'shop' },
    spec: {
      serviceName: 'orders',
      selector: { matchLabels: { app: 'orders' } },
      template: {
        metadata: { labels: { app: 'orders' } },
        spec: {
          securityContext: ofPod,
          containers: [container({ securityContext: ofContainer, volumeMounts })],
        },
      },
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claimSpec }],
    },
  }
}

const grouplessSets: Arbitrary<Planted> = tuple(nonRoot, noGroup).map(([[pod, own], [groups, broken]]) => ({
  part: statefulSet({ ...pod, ...groups }, own),
  places: broken.map((rule) => ({ rule, path: `/spec/template/spec/securityContext/${fields[rule]}` })),
}))

const groupedSets: Arbitrary<Planted> = nonRoot.map(([pod, own]) =>
  harmless(statefulSet({ ...pod, fsGroup: 70, fsGroupChangePolicy: 'OnRootMismatch' }, own)),
)

/** What is wrong with a pod as a whole. */
export const podOffences: readonly Offence[] = [
  {
    policy: 'pod-fs-group',
    what: 'a StatefulSet that is not root and has no group for its own claims',
    bad: grouplessSets,
    good: groupedSets,
  },
  {
    policy: 'pod-fs-group',
    what: 'a pod that is not root and has no group for its volumes',
    bad: inPodCarriers(podsWith(groupless)),
    good: inPodCarriers(
      tuple(podsWith(grouped), ofWindows, nat({ max: 4 })).map(([pod, other, pick]) => (pick === 0 ? other : pod)),
    ),
  },
]
