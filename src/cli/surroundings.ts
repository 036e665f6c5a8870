import { emptyInventory, type Inventory, inventoryOf } from '../kubernetes/inventory.ts'
import { referenceOf } from '../kubernetes/object.ts'
import { readSources } from './manifests.ts'
import { createProgress } from './progress.ts'
import { sourcesOf } from '../inputs/sources.ts'
import { type Terminal } from './terminal.ts'
import { UsageError } from '../inputs/usage-error.ts'

/**
 * The inventory that `--context` names: what is in the cluster, as files. A kind that occurs in them is taken for
 * complete: `kubectl get storageclasses -o yaml` gives all there are. Throws a UsageError on anything unreadable: an
 * inventory with holes would give wrong verdicts.
 */
export async function contextInventory(paths: readonly string[], terminal: Terminal): Promise<Inventory> {
  if (paths.length === 0) return emptyInventory
  const sources = await sourcesOf(paths, terminal)
  const progress = createProgress(terminal)
  const manifests = readSources(sources, { namespace: 'default', kinds: undefined, ignoreUnknown: false, progress })
  progress.end()
  const [problem] = manifests.problems
  if (problem !== undefined) {
    throw new UsageError(`${problem.file}:${problem.line}: ${problem.message} (a --context file has to be read whole)`)
  }
  const objects = [...manifests.documents()].flatMap((document) => document.manifests.map(({ object }) => object))
  return inventoryOf(objects, new Set(objects.map((object) => referenceOf(object).kind)))
}
