import type { WatchedKind } from '../../src/cluster/watched-kind.ts'
import { groupVersion } from '../../src/kubernetes/object.ts'
import type { ControlPlane } from './controlplane/start.ts'

/** Makes a user who may list and watch these kinds and nothing else, and gives the path of a kubeconfig. */
export async function makeReader(cluster: ControlPlane, user: string, kinds: readonly WatchedKind[]): Promise<string> {
  await allowReading(cluster, user, user, kinds)
  return cluster.kubeconfigFor(user)
}

/** Lets a user list and watch these kinds as well, by a ClusterRole of that name. */
export async function allowReading(
  cluster: ControlPlane,
  role: string,
  user: string,
  kinds: readonly WatchedKind[],
): Promise<void> {
  const rules = kinds.map(({ apiVersion, resource }) => ({
    apiGroups: [groupVersion(apiVersion).group],
    resources: [resource],
    verbs: ['list', 'watch'],
  }))
  const clusterRole = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: role },
    rules,
  }
  await cluster.kubectl(['create', '-f', '-'], { input: JSON.stringify(clusterRole) })
  await bindRole(cluster, role, user)
}

/** Binds a ClusterRole to a user, in all namespaces. */
export async function bindRole(cluster: ControlPlane, role: string, user: string): Promise<void> {
  await cluster.kubectl(['create', 'clusterrolebinding', `${role}-${user}`, `--clusterrole=${role}`, `--user=${user}`])
}
