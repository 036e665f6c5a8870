import type { JsonObject } from '../../src/kubernetes/json.ts'
import { referenceOf } from '../../src/kubernetes/object.ts'
import { textAt } from './api.ts'

/** A StorageClass of the EBS driver with Immediate binding, unless said otherwise. */
export function storageClass(name: string, fields: JsonObject = {}, metadata: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, ...metadata },
    provisioner: 'ebs.csi.aws.com',
    volumeBindingMode: 'Immediate',
    ...fields,
  }
}

/** What a claim asks for: 1Gi, ReadWriteOnce, unless said otherwise. */
export function claimSpec(fields: JsonObject = {}): JsonObject {
  return { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...fields }
}

/** A claim in namespace default. */
export function claim(name: string, spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'default', ...metadata },
    spec: claimSpec(spec),
  }
}

/** The spec of a pod with one container that mounts every volume under /mnt. */
export function podSpec(volumes: readonly JsonObject[], fields: JsonObject = {}): JsonObject {
  const volumeMounts = volumes.map((volume) => {
    const name = textAt(volume, 'name')
    return { name, mountPath: `/mnt/${name}` }
  })
  return { containers: [{ name: 'app', image: 'app.example.com/app:1', volumeMounts }], volumes, ...fields }
}

/** A pod in namespace default. */
export function pod(name: string, spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default', ...metadata }, spec }
}

/** A Deployment in namespace default of pods with that spec. */
export function deployment(name: string, spec: JsonObject): JsonObject {
  const labels = { app: name }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  }
}

/** A StatefulSet in namespace default with those claim templates. */
export function statefulSet(name: string, volumeClaimTemplates: readonly JsonObject[]): JsonObject {
  const labels = { app: name }
  const volumeMounts = volumeClaimTemplates.map((template) => {
    const { name: volume } = referenceOf(template)
    return { name: volume, mountPath: `/mnt/${volume}` }
  })
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace: 'default' },
    spec: {
      serviceName: name,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'db', image: 'db.example.com/db:1', volumeMounts }] },
      },
      volumeClaimTemplates,
    },
  }
}

/** A ConfigMap in namespace default. */
export function configMap(name: string, data: JsonObject, metadata: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', ...metadata }, data }
}
