import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { asString, at } from '../../../src/kubernetes/json.ts'
import { runCommand } from '../controlplane/command.ts'
import type { ControlPlane } from '../controlplane/start.ts'

const module = 'github.com/kubernetes-csi/external-snapshotter/client/v8'
const kinds = ['volumesnapshotclasses', 'volumesnapshotcontents', 'volumesnapshots']

/**
 * Installs the kinds of CSI snapshots as external-snapshotter defines them, and waits until they are served. Their
 * definitions come with its Go module, in the version that go.mod pins.
 *
 * @throws Error when the module cannot be fetched or is not the one of go.sum.
 */
export async function installSnapshotKinds(cluster: ControlPlane): Promise<void> {
  const { stdout } = await runCommand('go', ['mod', 'download', '-json', module], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { GOWORK: 'off' },
  })
  const folder = asString(at(JSON.parse(stdout), 'Dir')) ?? ''
  const files = kinds.map((kind) => join(folder, 'config/crd', `snapshot.storage.k8s.io_${kind}.yaml`))
  await cluster.kubectl(['apply', ...files.map((file) => `--filename=${file}`)])
  await cluster.kubectl(['wait', '--for=condition=Established', 'crd', ...kinds.map(definitionName)])
}

/** Takes the kinds away again, and all objects of them. */
export async function removeSnapshotKinds(cluster: ControlPlane): Promise<void> {
  await cluster.kubectl(['delete', 'crd', ...kinds.map(definitionName)])
}

function definitionName(kind: string): string {
  return `${kind}.snapshot.storage.k8s.io`
}
