import { notShown } from '../admission/text.ts'
import { decide, type RepairScope } from '../engine/decide.ts'
import { lookedUpKinds } from '../engine/look-up.ts'
import { type Inventory, layered } from '../kubernetes/inventory.ts'
import { requestFor } from '../manifest/request.ts'
import { placer } from '../offline/place.ts'
import { type DocumentRepair, repairDocument, repairsOf } from '../offline/repairs.ts'
import type { PolicySet } from '../policy/compiled.ts'
import { ansi, plain } from '../report/paint.ts'
import { checkResult } from '../report/result.ts'
import { secretLines } from '../report/secret-lines.ts'
import { diffHeader, diffHunks, type EditedDocument } from '../report/unified-diff.ts'
import { type Manifests, readSources, type SourceDocument } from './manifests.ts'
import { createProgress } from './progress.ts'
import { type Sources, sourcesOf } from '../inputs/sources.ts'
import type { Terminal } from './terminal.ts'

/** What manifests are repaired by. */
export interface RepairOptions {
  readonly paths: readonly string[]
  readonly policies: PolicySet
  /** Where objects without a namespace go, as with kubectl. */
  readonly namespace: string
  /** What is known of the cluster besides the manifests themselves. */
  readonly cluster: Inventory
  /** Whether named files may be no manifests. */
  readonly ignoreUnknown: boolean
}

/** A document that needs repairs, and what becomes of it. */
export interface RepairedDocument extends SourceDocument, DocumentRepair {}

/** Manifests as they were read, and the documents among them that need repairs, each worked out when it is asked for. */
export interface Repairs {
  readonly sources: Sources['sources']
  readonly manifests: Manifests
  /** What all of a file's documents need, file by file. */
  repaired(scope: RepairScope): Iterable<readonly RepairedDocument[]>
  /** The documents of one file as a unified diff; '' where nothing in it changes. */
  diff(documents: readonly RepairedDocument[]): string
}

/** Reads manifests to repair them. Throws a UsageError where a path cannot be read. */
export async function readForRepair(options: RepairOptions, terminal: Terminal): Promise<Repairs> {
  const { policies, namespace, cluster, ignoreUnknown } = options
  const progress = createProgress(terminal)
  const sources = await sourcesOf(options.paths, terminal, namespace)
  const manifests = readSources(sources, { namespace, kinds: lookedUpKinds(policies), ignoreUnknown, progress })
  progress.end()
  const surroundings = { inventory: layered(manifests.inventory, cluster), now: terminal.now() }

  function repairedDocument(document: SourceDocument, scope: RepairScope): RepairedDocument {
    const judging = { surroundings, namespace, scope }
    const objects = document.manifests.map((manifest) => repairsOf(manifest, policies, judging))
    return { ...document, ...repairDocument(document.document, objects) }
  }

  function hiddenLines({ manifests: objects }: SourceDocument): ReadonlySet<number> {
    const place = placer()
    const results = objects.flatMap((manifest) => {
      const { repaired, findings } = decide(policies, requestFor(manifest.object, namespace), surroundings)
      return [...repaired, ...findings].map((finding) => checkResult(finding, manifest, place(manifest, finding.path)))
    })
    return secretLines(results)
  }

  function edited(repaired: RepairedDocument): EditedDocument {
    const hidden = hiddenLines(repaired)
    const edits = repaired.edits.map((edit) => ({
      ...edit,
      concealed: edit.finding.actual === notShown || hidden.has(edit.start.line),
    }))
    return { document: repaired.document, edits, hidden }
  }

  return {
    sources: sources.sources,
    manifests,
    *repaired(scope) {
      let file: RepairedDocument[] = []
      for (const document of manifests.documents()) {
        if (file[0] !== undefined && file[0].source !== document.source) {
          yield file
          file = []
        }
        const repaired = repairedDocument(document, scope)
        if (repaired.edits.length + repaired.refusals.length > 0) file.push(repaired)
      }
      if (file.length > 0) yield file
    },
    diff(documents) {
      const changed = documents.filter(({ edits }) => edits.length > 0)
      const [first] = changed
      if (first === undefined) return ''
      const paint = terminal.colors ? ansi : plain
      return diffHeader(first.source.file, paint) + diffHunks(changed.map(edited), paint)
    },
  }
}
