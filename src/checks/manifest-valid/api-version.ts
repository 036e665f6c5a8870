import type { Change, KubernetesSchemas } from '../../kubernetes/openapi/versions.ts'
import type { CheckFinding } from '../check.ts'

// Kubernetes' Deprecated API Migration Guide: the release that stopped serving an apiVersion, by kind.
// https://kubernetes.io/docs/reference/using-api/deprecation-guide/
const removedIn: ReadonlyMap<string, string> = new Map([
  ...of(['Deployment', 'DaemonSet', 'ReplicaSet'], 'extensions/v1beta1', '1.16'),
  ...of(['Deployment', 'StatefulSet'], 'apps/v1beta1', '1.16'),
  ...of(['Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet'], 'apps/v1beta2', '1.16'),
  ...of(['CronJob'], 'batch/v2alpha1', '1.21'),
  ...of(['StorageClass', 'CSIDriver'], 'storage.k8s.io/v1beta1', '1.22'),
  ...of(['CronJob'], 'batch/v1beta1', '1.25'),
])

function of(kinds: readonly string[], apiVersion: string, release: string): readonly (readonly [string, string])[] {
  return kinds.map((kind) => [`${apiVersion} ${kind}`, release] as const)
}

interface WrongApiVersion {
  readonly kind: string
  readonly apiVersion: string
  /** The apiVersion that serves the kind in the version in force. */
  readonly served: string
}

/** An apiVersion under which a kind is not served: not any more, not yet, or nowhere. */
export function wrongApiVersion(
  { kind, apiVersion, served }: WrongApiVersion,
  schemas: KubernetesSchemas,
): CheckFinding {
  const change = changeOf(kind, apiVersion, schemas)
  const since = change === undefined ? '' : `, which Kubernetes ${change.version} ${change.verb}`
  const where = change?.verb === 'added' ? `in ${schemas.version}, ` : ''
  return {
    path: '/apiVersion',
    problem: `{{field}} is ${JSON.stringify(apiVersion.slice(0, 60))}${since}; ${where}${kind} is served as "${served}"`,
    actual: apiVersion,
    expected: served,
    remedy: `set {{field}} to "${served}"`,
    repair: served,
  }
}

function changeOf(kind: string, apiVersion: string, schemas: KubernetesSchemas): Change | undefined {
  const version = removedIn.get(`${apiVersion} ${kind}`)
  if (version !== undefined) return { verb: 'removed', version }
  return schemas.changeOf((other) => other.definitionOf(kind, apiVersion) !== undefined)
}
