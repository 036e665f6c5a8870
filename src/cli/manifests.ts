import { type Inventory, inventoryOf } from '../kubernetes/inventory.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { referenceOf } from '../kubernetes/object.ts'
import type { DocumentText, Manifest, ManifestProblem } from '../manifest/manifest.ts'
import { readDocuments } from '../manifest/read.ts'
import { splitChunks } from '../manifest/split.ts'
import type { CheckCounts } from '../report/result.ts'
import type { Progress } from './progress.ts'
import type { Source } from '../inputs/source.ts'
import type { Sources } from '../inputs/sources.ts'

/** One document and the objects in it. */
export interface SourceDocument {
  readonly source: Source
  readonly document: DocumentText
  readonly manifests: readonly Manifest[]
}

/** All that was read from sources. */
export interface Manifests {
  /** What the manifests tell of the cluster to be: a claim finds the class that is applied with it. */
  readonly inventory: Inventory
  readonly problems: readonly ManifestProblem[]
  readonly counts: CheckCounts
  /** Every document that holds an object, in order, any number of times. */
  documents(): Iterable<SourceDocument>
}

export interface ReadOptions {
  /** Where objects without a namespace go, as with kubectl. */
  readonly namespace: string
  /** The kinds that look-ups may ask for; undefined: any. */
  readonly kinds: ReadonlySet<string> | undefined
  /** Whether named files may be no manifests, as files in folders may. */
  readonly ignoreUnknown: boolean
  readonly progress: Progress
}

// How many UTF-16 code units of documents are kept once they are read: more than most repositories have. Beyond, they are
// read again when they are judged, so that a large file costs time and not memory.
const keptUnits = 16 * 1024 * 1024

/**
 * Reads every document of the sources once: all of them have to be known before the first can be judged. Throws a
 * UsageError where a source cannot be read; a document that cannot be is a problem, and the others are read.
 */
export function readSources({ sources, ignored }: Sources, options: ReadOptions): Manifests {
  const { namespace, kinds, ignoreUnknown, progress } = options
  const problems: ManifestProblem[] = []
  const known: JsonObject[] = []
  const counts = { files: sources.length, documents: 0, objects: 0, ignored }
  let kept: SourceDocument[] | undefined = []
  let units = 0
  for (const source of sources) {
    for (const { manifests, problems: found, document } of documentsOf(source)) {
      const told = source.found || ignoreUnknown ? found.filter(isOfManifest) : found
      problems.push(...(source.rendered === undefined ? told : told.map(asRendered)))
      if (manifests.length === 0) continue
      counts.documents += 1
      counts.objects += manifests.length
      known.push(
        ...manifests.map(({ object }) => object).filter((object) => kinds?.has(referenceOf(object).kind) ?? true),
      )
      units += document.text.length
      if (units <= keptUnits) kept?.push({ source, document, manifests })
      else kept = undefined
      progress.show(() => `${counts.objects.toLocaleString('en')} objects read`)
    }
    problems.push(...source.problems())
  }
  const whole = kept
  return {
    inventory: inventoryOf(known, [], namespace),
    problems,
    counts,
    documents: () => whole ?? readAgain(sources),
  }
}

function documentsOf(source: Source): ReturnType<typeof readDocuments> {
  return readDocuments(splitChunks(source.chunks()), source)
}

function* readAgain(sources: readonly Source[]): Generator<SourceDocument, void, undefined> {
  for (const source of sources) {
    for (const { manifests, document } of documentsOf(source)) {
      if (manifests.length > 0) yield { source, document, manifests }
    }
  }
}

/** A problem in what a tool rendered: its lines are in no file. */
function asRendered(problem: ManifestProblem): ManifestProblem {
  const message = `renders to what cannot be read whole: line ${problem.line} of it ${problem.message}`
  return { ...problem, line: 1, column: 1, message, excerpt: { first: 1, lines: [] } }
}

// A folder of manifests also holds values files and the like; a file that was named is meant to be a manifest.
function isOfManifest({ kind }: ManifestProblem): boolean {
  return kind !== 'no-kind' && kind !== 'not-an-object'
}
