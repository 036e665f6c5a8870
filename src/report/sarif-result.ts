import type { JsonObject } from '../kubernetes/json.ts'
import { fieldPath } from '../kubernetes/pointer.ts'
import { describeResource } from '../engine/message.ts'
import type { Fingerprinted } from './fingerprint.ts'
import { levelOf } from './level.ts'
import { printable } from './printable.ts'
import type { CheckResult } from './result.ts'
import { artifactLocation, physicalLocation, replacement } from './sarif-place.ts'
import type { SarifLevel } from './sarif-rule.ts'
import { toldLine } from './told-line.ts'
import { isDenial } from './verdict.ts'

/** What of the rest of a report a result needs. */
export interface SarifContext {
  /** The index of each policy among the rules, by its name. */
  readonly ruleIndices: ReadonlyMap<string, number>
  /** Of a file, the lines whose content must not be told. */
  readonly hiddenLines: (file: string) => ReadonlySet<number>
}

/** A result as SARIF writes it (section 3.27). */
export function sarifResult(
  [result, fingerprint]: Fingerprinted<CheckResult>[number],
  { ruleIndices, hiddenLines }: SarifContext,
): JsonObject {
  const isHidden = hiddenLines(result.file).has(result.line)
  return {
    ruleId: result.policy,
    ruleIndex: ruleIndices.get(result.policy),
    level: sarifLevel(result),
    message: { text: sarifText(toldLine(result)) },
    locations: [
      { physicalLocation: physicalLocation(result, isHidden), logicalLocations: [...logicalLocations(result)] },
    ],
    // GitHub follows alerts by the first alone, whatever made it.
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'holdfast/v1': fingerprint },
    // Of a run, either every result has these or none (section 3.27.23).
    suppressions: [...suppressions(result)],
    ...fixes(result),
    properties: properties(result),
  }
}

/** What links and their like are made of in SARIF's messages (section 3.11.6) stands for itself: `](` begins none. */
export function sarifText(text: string): string {
  return text.replaceAll('](', '] (')
}

function sarifLevel(result: CheckResult): SarifLevel {
  const level = levelOf(result)
  if (level === 'note' || level === 'skip') return 'note'
  return isDenial(result) ? 'error' : 'warning'
}

/** The object, and the field in it. */
function logicalLocations({ resource, pointer, path }: CheckResult): readonly JsonObject[] {
  const object = printable(describeResource(resource))
  const field = { name: printable(fieldPath(path)), fullyQualifiedName: `${object} ${printable(pointer + path)}` }
  return [{ name: object, kind: 'resource' }, ...(path === '' ? [] : [{ ...field, kind: 'member' }])]
}

function suppressions({ result, note }: CheckResult): readonly JsonObject[] {
  if (result !== 'skip') return []
  return [{ kind: 'external', status: 'accepted', ...(note === undefined ? {} : { justification: printable(note) }) }]
}

function fixes({ file, fix, edits }: CheckResult): JsonObject {
  if (edits.length === 0) return {}
  const change = { artifactLocation: artifactLocation(file), replacements: edits.map(replacement) }
  return { fixes: [{ description: { text: sarifText(printable(fix.text)) }, artifactChanges: [change] }] }
}

function properties(result: CheckResult): JsonObject {
  const { rule, action, severity, pointer, path, actual, expected, why } = result
  const { apiVersion, kind, namespace, name } = result.resource
  return {
    rule,
    action,
    result: result.result,
    severity,
    resource: { apiVersion, kind, namespace, name },
    path: pointer + path,
    actual,
    expected,
    why,
  }
}
