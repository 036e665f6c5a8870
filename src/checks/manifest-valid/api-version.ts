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

/** An apiVersion under which a kind is not, or no longer, served. */
export function wrongApiVersion(kind: string, apiVersion: string, served: string): CheckFinding {
  const release = removedIn.get(`${apiVersion} ${kind}`)
  const removal = release === undefined ? '' : `, which Kubernetes ${release} removed`
  return {
    path: '/apiVersion',
    problem: `{{field}} is ${JSON.stringify(apiVersion.slice(0, 60))}${removal}; ${kind} is served as "${served}"`,
    actual: apiVersion,
    expected: served,
    remedy: `set {{field}} to "${served}"`,
    repair: served,
  }
}
