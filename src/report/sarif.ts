import type { JsonObject } from '../kubernetes/json.ts'
import type { ManifestProblem } from '../manifest/manifest.ts'
import { fingerprinted } from './fingerprint.ts'
import { printable } from './printable.ts'
import type { RenderOptions } from './renderer.ts'
import type { CheckReport } from './result.ts'
import { physicalLocation, sourceRoot } from './sarif-place.ts'
import { type SarifContext, sarifResult, sarifText } from './sarif-result.ts'
import { type SarifLevel, sarifRule } from './sarif-rule.ts'
import { secretLines } from './secret-lines.ts'

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/**
 * Writes a report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), for GitHub's code
 * scanning and for editors. Every policy that was judged by is among its rules, those without a result too: so a reader
 * sees what was looked for, and an alert that is gone is one that was repaired.
 */
export function renderSarif(report: CheckReport, { version }: RenderOptions): string {
  const log = { $schema: schema, version: '2.1.0', runs: [sarifRun(report, version)] }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function sarifRun(report: CheckReport, version: string): JsonObject {
  const context = contextOf(report)
  const rules = report.policies.map(sarifRule)
  return {
    tool: { driver: { name: 'Holdfast', version, semanticVersion: version, rules } },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [sourceRoot]: { description: { text: 'The folder that manifests were checked from.' } } },
    invocations: [invocation(report)],
    results: fingerprinted(report.results).map((result) => sarifResult(result, context)),
  }
}

function contextOf({ policies, results }: CheckReport): SarifContext {
  const files = Map.groupBy(results, ({ file }) => file)
  const hidden = new Map([...files].map(([file, found]) => [file, secretLines(found)]))
  return {
    ruleIndices: new Map(policies.map(({ metadata }, index) => [metadata.name, index])),
    hiddenLines: (file) => hidden.get(file) ?? new Set(),
  }
}

/** What was not judged is told of the run, not of a rule (section 3.20.21). */
function invocation({ problems, templates }: CheckReport): JsonObject {
  return {
    executionSuccessful: problems.length === 0,
    toolExecutionNotifications: [
      ...problems.map((problem) => notification(problem, 'unreadable', 'error')),
      ...templates.map((template) => notification(template, 'template', 'note')),
    ],
  }
}

function notification(problem: ManifestProblem, id: string, level: SarifLevel): JsonObject {
  return {
    descriptor: { id },
    level,
    message: { text: sarifText(printable(problem.message)) },
    locations: [{ physicalLocation: physicalLocation(problem, true) }],
    properties: { kind: problem.kind },
  }
}
