import type { PatchOperation } from '../admission/json-patch.ts'
import { notShown } from '../admission/text.ts'
import type { Finding, Fix } from '../engine/finding.ts'
import { namedPath } from '../engine/stable-path.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import type { Pointer } from '../kubernetes/pointer.ts'
import type { Manifest, ManifestProblem, Position } from '../manifest/manifest.ts'
import type { TextEdit } from '../manifest/text-edit.ts'
import type { Placed } from '../offline/place.ts'
import type { PolicyDocument } from '../policy/document.ts'

/** A finding, and where in the files it is. `path` and the patch stay relative to the object. */
export interface CheckResult extends Finding, Placed {
  /** Where the object is in its document: '' or `/items/0`. */
  readonly pointer: Pointer
  /** The path with names in place of list indices, where items have names. It holds no value. For fingerprints. */
  readonly namedPath: string
  /**
   * What `fix --write` does to the file for it. All edits of a report fit together: what repairs two findings belongs to
   * the first of them. None where it cannot be repaired, or where an edit would show what must not be shown.
   */
  readonly edits: readonly TextEdit[]
}

/** How much was read. */
export interface CheckCounts {
  readonly files: number
  readonly documents: number
  /** The objects that were judged. */
  readonly objects: number
  /** The files that an ignore file leaves out. */
  readonly ignored: number
}

/** What a run of `check` comes to, before it is counted and put in order. */
export interface CheckOutcome {
  readonly results: readonly CheckResult[]
  readonly problems: readonly ManifestProblem[]
  readonly counts: CheckCounts
  /** The policies that were judged by, in the order of their names. */
  readonly policies: readonly PolicyDocument[]
}

/** The numbers of a report: `fail`, `warn` and `error` are without those of action audit, which are `audited`. */
export interface CheckSummary extends CheckCounts {
  readonly fail: number
  readonly warn: number
  readonly error: number
  readonly skip: number
  readonly audited: number
  /** Documents that are templates: they were passed over, for they are no manifests before they are rendered. */
  readonly templates: number
}

/** What a run of `check` found: what every renderer is given. */
export interface CheckReport {
  readonly results: readonly CheckResult[]
  /** What could not be read: the input is unusable. */
  readonly problems: readonly ManifestProblem[]
  /** The templates that were passed over. */
  readonly templates: readonly ManifestProblem[]
  readonly summary: CheckSummary
  readonly policies: readonly PolicyDocument[]
}

/** Puts a finding of a manifest where it was placed. */
export function checkResult(
  finding: Finding,
  { pointer, object }: Pick<Manifest, 'pointer' | 'object'>,
  { file, line, column, excerpt }: Placed,
  edits: readonly TextEdit[] = [],
): CheckResult {
  return { ...finding, file, line, column, excerpt, pointer, namedPath: namedPath(object, finding.path), edits }
}

/** Makes a report, its results and problems in the order of the files as given, then by line and column. */
export function checkReport({ results, problems, counts, policies }: CheckOutcome): CheckReport {
  const templates = inOrder(problems.filter(isTemplate))
  return {
    results: inOrder(results),
    problems: inOrder(problems.filter((problem) => !isTemplate(problem))),
    templates,
    summary: { ...counts, ...tally(results), templates: templates.length },
    policies,
  }
}

function isTemplate({ kind }: ManifestProblem): boolean {
  return kind === 'template'
}

function inOrder<Located extends Position & { readonly file: string }>(items: readonly Located[]): readonly Located[] {
  const files = new Map<string, number>()
  for (const { file } of items) if (!files.has(file)) files.set(file, files.size)
  const rank = ({ file }: Located) => files.get(file) ?? 0
  return items.toSorted((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column)
}

function tally(results: readonly CheckResult[]): Omit<CheckSummary, keyof CheckCounts | 'templates'> {
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
export function toJson({ summary, results, problems, templates }: CheckReport): JsonObject {
  return {
    summary: { ...summary },
    results: results.map(resultJson),
    problems: problems.map(problemJson),
    templates: templates.map(problemJson),
  }
}

function problemJson({ file, line, column, kind, message }: ManifestProblem): JsonObject {
  return { file, line, column, kind, message }
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
