import { decide } from '../engine/decide.ts'
import type { Surroundings } from '../engine/evaluate.ts'
import { inventoryOf, layered } from '../kubernetes/inventory.ts'
import type { Pointer } from '../kubernetes/pointer.ts'
import { locator } from '../manifest/locate.ts'
import type { DocumentText, Manifest, Position } from '../manifest/manifest.ts'
import { requestFor } from '../manifest/request.ts'
import type { PolicySet } from '../policy/compiled.ts'
import type { ReportFormat } from '../report/renderer.ts'
import { type CheckResult, checkReport, checkResult } from '../report/result.ts'
import { type FailOn, failed } from '../report/verdict.ts'
import { readInputs } from './inputs.ts'
import { exitCodes, type Terminal } from './terminal.ts'

export interface CheckOptions {
  readonly paths: readonly string[]
  readonly policies: PolicySet
  readonly format: ReportFormat
  readonly failOn: FailOn
  /** Where objects without a namespace go, as with kubectl. */
  readonly namespace: string
  /** What is known of the cluster besides the manifests themselves. */
  readonly cluster: Surroundings['inventory']
}

/** `holdfast check`: judges manifests as the webhooks would on their first apply. Returns the exit code. */
export async function check(options: CheckOptions, terminal: Terminal): Promise<number> {
  const start = performance.now()
  const inputs = await readInputs(options.paths, terminal)
  const { manifests, problems } = inputs
  const results = judgeAll(manifests, options, terminal.now())
  const documents = new Set(manifests.map(({ file, index }) => `${file}\n${index}`)).size
  const report = checkReport(results, problems, { files: inputs.files, documents, objects: manifests.length })
  const duration = (performance.now() - start) / 1000
  terminal.out(
    options.format.render(report, { colors: terminal.colors, sources: (file) => inputs.source(file), duration }),
  )
  if (problems.length > 0) return exitCodes.unusable
  return failed(report, options.failOn) ? exitCodes.findings : exitCodes.clean
}

function judgeAll(manifests: readonly Manifest[], options: CheckOptions, now: Date): readonly CheckResult[] {
  // The manifests are part of the cluster to be: a claim finds the class that is applied with it.
  const own = inventoryOf(
    manifests.map(({ object }) => object),
    [],
    options.namespace,
  )
  const surroundings = { inventory: layered(own, options.cluster), now }
  const locate = documentLocator()
  return manifests.flatMap((manifest) => {
    const { repaired, findings } = decide(
      options.policies,
      requestFor(manifest.object, options.namespace),
      surroundings,
    )
    return [...repaired, ...findings].map((finding) => checkResult(finding, manifest, locate(manifest, finding.path)))
  })
}

// A document is parsed with positions once, however many findings it has, and not at all where it has none.
function documentLocator(): (manifest: Manifest, path: Pointer) => Position {
  const locators = new Map<DocumentText, (pointer: Pointer) => Position>()
  return ({ document, pointer }, path) => {
    let locate = locators.get(document)
    if (locate === undefined) locators.set(document, (locate = locator(document)))
    return locate(pointer + path)
  }
}
