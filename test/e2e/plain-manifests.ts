import { readFileSync } from 'node:fs'
import { definitions, namespace, rendered } from './chart.ts'

const base = 'deploy/kustomize/base'
const note = '# Generated from charts/holdfast by "node test/generate-manifests.ts"; changes here are lost.\n'

/** The files of the kustomize base, by their path in the repository: the chart with its default values. */
export async function plainManifests(): Promise<Readonly<Record<string, string>>> {
  const text = await rendered('--skip-tests')
  // Nothing here is Helm's.
  const plain = text.replaceAll(/^ +(?:helm\.sh\/chart|app\.kubernetes\.io\/managed-by): .*\n|^# Source: .*\n/gm, '')
  const namespaceText = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, null, 2)
  const kinds = definitions.map((file) => `---\n${readFileSync(file, 'utf8')}`).join('')
  const resources = ['namespace.json', 'crds.yaml', 'holdfast.yaml']
  return {
    [`${base}/namespace.json`]: `${namespaceText}\n`,
    [`${base}/crds.yaml`]: note + kinds,
    [`${base}/holdfast.yaml`]: note + plain,
    [`${base}/kustomization.yaml`]: `${note}resources:\n${resources.map((file) => `  - ${file}\n`).join('')}`,
  }
}
