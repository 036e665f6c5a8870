import { canRepair, decide } from '../engine/decide.ts'
import type { Surroundings } from '../engine/evaluate.ts'
import { lookedUpKinds } from '../engine/look-up.ts'
import type { Finding } from '../engine/finding.ts'
import { type Inventory, layered } from '../kubernetes/inventory.ts'
import type { Loaded } from '../load.ts'
import type { DocumentText, Manifest } from '../manifest/manifest.ts'
import { requestFor } from '../manifest/request.ts'
import { type Place, placer } from '../offline/place.ts'
import { canShow, repairDocument, type Repairing, repairsOf } from '../offline/repairs.ts'
import type { ReportFormat } from '../report/renderer.ts'
import { type CheckResult, checkReport, checkResult } from '../report/result.ts'
import { type FailOn, failed } from '../report/verdict.ts'
import { type Manifests, readSources, type SourceDocument } from './manifests.ts'
import { createProgress, type Progress } from './progress.ts'
import { sourcesOf } from '../inputs/sources.ts'
import { exitCodes, type Terminal } from './terminal.ts'

export interface CheckOptions {
  readonly paths: readonly string[]
  readonly inForce: Pick<Loaded, 'policies' | 'sources'>
  readonly format: ReportFormat
  readonly failOn: FailOn
  /** Where objects without a namespace go, as with kubectl. */
  readonly namespace: string
  /** What is known of the cluster besides the manifests themselves. */
  readonly cluster: Inventory
  /** Whether named files may be no manifests. */
  readonly ignoreUnknown: boolean
  /** The version of Holdfast. */
  readonly version: string
}

/** `holdfast check`: judges manifests as the webhooks would on their first apply. Returns the exit code. */
export async function check(options: CheckOptions, terminal: Terminal): Promise<number> {
  const start = performance.now()
  const { inForce, namespace, format, version, ignoreUnknown } = options
  const progress = createProgress(terminal)
  const sources = await sourcesOf(options.paths, terminal, namespace)
  const manifests = readSources(sources, {
    namespace,
    kinds: lookedUpKinds(inForce.policies),
    ignoreUnknown,
    progress,
  })
  const results = judgeAll(manifests, options, { now: terminal.now(), progress })
  progress.end()
  const { problems, counts } = manifests
  const report = checkReport({ results, problems, counts, policies: inForce.sources.map(({ document }) => document) })
  const duration = (performance.now() - start) / 1000
  terminal.out(format.render(report, { colors: terminal.colors, width: terminal.width, version, duration }))
  if (report.problems.length > 0) return exitCodes.unusable
  return failed(report, options.failOn) ? exitCodes.findings : exitCodes.clean
}

function judgeAll(
  manifests: Manifests,
  options: CheckOptions,
  { now, progress }: { readonly now: Date; readonly progress: Progress },
): readonly CheckResult[] {
  const surroundings = { inventory: layered(manifests.inventory, options.cluster), now }
  const place = placer()
  const results: CheckResult[] = []
  let judged = 0
  for (const document of manifests.documents()) {
    results.push(...judge(document, options, { surroundings, place }))
    judged += document.manifests.length
    progress.show(
      () => `${judged.toLocaleString('en')} of ${manifests.counts.objects.toLocaleString('en')} objects judged`,
    )
  }
  return results
}

interface Judging {
  readonly surroundings: Surroundings
  readonly place: Place
}

function judge(
  document: SourceDocument,
  options: CheckOptions,
  { surroundings, place }: Judging,
): readonly CheckResult[] {
  const { inForce, namespace, format } = options
  const found = document.manifests.map((manifest) => {
    const { repaired, findings } = decide(inForce.policies, requestFor(manifest.object, namespace), surroundings)
    return { manifest, findings: [...repaired, ...findings] }
  })
  const isShown = format.showsEdits === true && document.source.rendered === undefined
  const edits = isShown ? editsFor(document.document, found, options, surroundings) : []
  const where = document.source.rendered?.place ?? place
  return found.flatMap(({ manifest, findings }) =>
    findings.map((finding, index) =>
      checkResult(finding, manifest, where(manifest, finding.path), editsOf(edits, manifest, findings, index)),
    ),
  )
}

/** What `fix --write` would do to a document, so far as it may be shown. */
function editsFor(
  document: DocumentText,
  found: readonly { readonly manifest: Manifest; readonly findings: readonly Finding[] }[],
  { inForce, namespace }: CheckOptions,
  surroundings: Surroundings,
): readonly Repairing[] {
  const broken = found.filter(({ findings }) => findings.some(({ fix }) => canRepair(fix)))
  const scope = { surroundings, namespace, scope: 'everything' } as const
  const repairs = broken.map(({ manifest }) => repairsOf(manifest, inForce.policies, scope))
  return repairDocument(document, repairs).edits.filter(canShow)
}

/** The edits of one finding; what comes to light only by a repair belongs to the first finding of its object. */
function editsOf(
  edits: readonly Repairing[],
  manifest: Manifest,
  findings: readonly Finding[],
  index: number,
): readonly Repairing[] {
  return edits.filter((edit) => {
    if (edit.manifest !== manifest) return false
    return (
      Math.max(
        findings.findIndex((finding) => isSame(finding, edit.finding)),
        0,
      ) === index
    )
  })
}

function isSame(left: Finding, right: Finding): boolean {
  return left.policy === right.policy && left.rule === right.rule && left.path === right.path
}
