import { type Arbitrary, array, constantFrom, record, shuffledSubarray, tuple } from 'fast-check'
import type { JsonObject } from '../../src/kubernetes/json.ts'

/** A claim's spec that keeps every policy. */
const claimSpec: JsonObject = {
  accessModes: ['ReadWriteOncePod'],
  storageClassName: 'gold',
  resources: { requests: { storage: '20Gi' } },
}

/** A claim without its type that keeps every policy. */
export const innocentClaim: Arbitrary<JsonObject> = constantFrom<JsonObject>(
  { metadata: { labels: { app: 'orders' } }, spec: claimSpec },
  { metadata: {}, spec: { ...claimSpec, volumeMode: 'Filesystem' } },
)

const sources: readonly JsonObject[] = [
  { configMap: { name: 'settings' } },
  { secret: { secretName: 'orders-tls' } },
  { emptyDir: { sizeLimit: '1Gi' } },
  { emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
  { downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
  { persistentVolumeClaim: { claimName: 'orders' } },
  { projected: { sources: [{ configMap: { name: 'settings' } }, { secret: { name: 'orders-tls' } }] } },
  { projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
  { csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true } },
  { ephemeral: { volumeClaimTemplate: { spec: claimSpec } } },
]

/** Volumes that keep every policy, each of another type, with names of their own. */
export const innocentVolumes: Arbitrary<readonly JsonObject[]> = shuffledSubarray([...sources], { maxLength: 3 }).map(
  (chosen) => chosen.map((source, index) => ({ name: `volume-${index}`, ...source })),
)

/** Containers that keep every policy. They mount the given volumes, read-only. */
export type InnocentContainer = (volumes: readonly JsonObject[]) => JsonObject

const parts = record({
  image: constantFrom('registry.example.com/shop/orders:1.4.2', 'registry.example.com/shop/proxy@sha256:0'),
  more: constantFrom<JsonObject>(
    {},
    { env: [{ name: 'LOG_LEVEL', value: 'info' }] },
    { command: ['orders', '--port', '8080'], securityContext: { readOnlyRootFilesystem: true } },
  ),
  mounts: constantFrom(true, false),
})

/** Up to `most` containers, at least `least`. */
export function innocentContainers(least: number, most: number): Arbitrary<readonly InnocentContainer[]> {
  return array(parts, { minLength: least, maxLength: most }).map((chosen) =>
    chosen.map(({ image, more, mounts }, index): InnocentContainer => {
      const name = `container-${index}`
      return (volumes) => ({
        name,
        image,
        ...more,
        ...(mounts && volumes.length > 0 ? { volumeMounts: volumes.map(mountOf) } : {}),
      })
    }),
  )
}

function mountOf({ name }: JsonObject, index: number): JsonObject {
  return { name: name ?? '', mountPath: `/mnt/${index}`, readOnly: true }
}

function named(object: JsonObject, name: string): JsonObject {
  return { ...object, metadata: { name, namespace: 'shop' } }
}

/** Whole objects that keep every policy, to stand around another in a file. */
export const innocentObjects: Arbitrary<readonly JsonObject[]> = array(
  tuple(
    constantFrom<JsonObject>(
      { apiVersion: 'v1', kind: 'ConfigMap', data: { LOG_LEVEL: 'info' } },
      { apiVersion: 'v1', kind: 'Service', spec: { selector: { app: 'orders' }, ports: [{ port: 80 }] } },
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: claimSpec },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        spec: {
          selector: { matchLabels: { app: 'web' } },
          template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
        },
      },
    ),
    constantFrom('first', 'second', 'third'),
  ).map(([object, name]) => named(object, name)),
  { maxLength: 2 },
)
