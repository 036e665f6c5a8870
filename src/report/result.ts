import type { PatchOperation } from '../admission/json-patch.ts'
import { notShown } from '../admission/text.ts'
import type { Finding, Fix } from '../engine/finding.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import type { Pointer } from '../kubernetes/pointer.ts'
import type { Manifest, ManifestProblem, Position } from '../manifest/manifest.ts'

/** A finding, and where in the files it is. `path` and the patch stay relative to the object. */
export interface CheckResult extends Finding, Position {
  readonly file: string
  /** Where the object is in its document: '' or `/items/0`. */
  readonly pointer: Pointer
}

/** How much was read. */
export interface CheckCounts {
  readonly files: number
  readonly documents: number
  /** The objects that were judged. */
  readonly objects: number
}

/** The numbers of a report: `fail`, `warn` and `error` are without those of action audit, which are `audited`. */
export interface CheckSummary extends CheckCounts {
  readonly fail: number
  readonly warn: number
  readonly error: number
  readonly skip: number
  readonly audited: number
}

/** What a run of `check` found: what every renderer is given. */
export interface CheckReport {
  readonly results: readonly CheckResult[]
  readonly problems: readonly ManifestProblem[]
  readonly summary: CheckSummary
}

/** Puts a finding where its manifest has it. `position` is `locate(manifest, finding.path)`. */
export function checkResult(finding: Finding, manifest: Manifest, position: Position): CheckResult {
  const { line, column } = position
  return { ...finding, file: manifest.file, line, column, pointer: manifest.pointer }
}

/** Makes a report, its results and problems in the order of the files as given, then by line and column. */
export function checkReport(
  results: readonly CheckResult[],
  problems: readonly ManifestProblem[],
  counts: CheckCounts,
): CheckReport {
  return {
    results: inOrder(results),
    problems: inOrder(problems),
    summary: { ...counts, ...tally(results) },
  }
}

function inOrder<Located extends Position & { readonly file: string }>(items: readonly Located[]): readonly Located[] {
  const files = new Map<string, number>()
  for (const { file } of items) if (!files.has(file)) files.set(file, files.size)
  const rank = ({ file }: Located) => files.get(file) ?? 0
  return items.toSorted((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column)
}

function tally(results: readonly CheckResult[]): Omit<CheckSummary, keyof CheckCounts> {
  const counts = { fail: 0, warn: 0, error: 0, skip: 0, audited: 0 }
  for (const result of results) counts[isAudited(result) ? 'audited' : result.result] += 1
  return counts
}

/** Whether a result is only recorded: a violation of a policy whose action is audit. */
export function isAudited(result: CheckResult): boolean {
  return result.action === 'audit' && result.result !== 'skip'
}

/**
 * A report as the JSON that users rely on. Pointers, the patch's too, lead into the whole document: an item of a List
 * has `/items/0` in front. What has no value is null.
 */
export function toJson({ summary, results, problems }: CheckReport): JsonObject {
  return {
    summary: { ...summary },
    results: results.map(resultJson),
    problems: problems.map(({ file, line, column, kind, message }) => ({ file, line, column, kind, message })),
  }
}

function resultJson(result: CheckResult): JsonObject {
  const { policy, rule, action, severity, file, line, column, pointer, message, why } = result
  const { apiVersion, kind, namespace, name } = result.resource
  return {
    policy,
    rule,
    action,
    result: result.result,
    severity,
    resource: { apiVersion, kind, namespace, name },
    file,
    line,
    column,
    path: pointer + result.path,
    message,
    actual: result.actual ?? null,
    expected: result.expected ?? null,
    why: why ?? null,
    fix: fixJson(pointer, shownFix(result)),
  }
}

/** The fix, without a patch that would repeat a value which must not be shown. */
function shownFix({ actual, fix }: CheckResult): Fix {
  return actual === notShown ? { ...fix, patch: undefined } : fix
}

function fixJson(pointer: Pointer, { text, patch }: Fix): JsonObject | null {
  if (text === '' && patch === undefined) return null
  return { text, patch: patch?.map((operation) => patchJson(pointer, operation)) ?? null }
}

function patchJson(pointer: Pointer, operation: PatchOperation): JsonObject {
  return { ...operation, path: pointer + operation.path }
}
