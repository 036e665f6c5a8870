import type { JsonObject } from '../../../src/kubernetes/json.ts'
import type { ControlPlane } from '../controlplane/start.ts'

const owners = [
  { group: 'argoproj.io', version: 'v1alpha1', kind: 'Application' },
  { group: 'kustomize.toolkit.fluxcd.io', version: 'v1', kind: 'Kustomization' },
  { group: 'helm.toolkit.fluxcd.io', version: 'v2', kind: 'HelmRelease' },
] as const

/**
 * Installs the kinds that apply objects from Git, in the groups and versions of Argo CD and Flux but without their
 * fields, and waits until they are served.
 */
export async function installGitOpsOwners(cluster: ControlPlane): Promise<void> {
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: owners.map(definition) })
  await cluster.kubectl(['apply', '-f', '-'], { input })
  await cluster.kubectl([
    'wait',
    '--for=condition=Established',
    'crd',
    ...owners.map(({ group, kind }) => `${kind.toLowerCase()}s.${group}`),
  ])
}

function definition({ group, version, kind }: (typeof owners)[number]): JsonObject {
  const singular = kind.toLowerCase()
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${singular}s.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, listKind: `${kind}List`, singular, plural: `${singular}s` },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  }
}
