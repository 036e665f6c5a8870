import { configMapSecrets } from '../../src/checks/secrets/check.ts'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import { checkContext } from '../support/check-context.ts'
import type { Row } from './row.ts'

const context = checkContext()

/**
 * The ids of the documents in which the built-in check finds what it would deny with its default parameters: a finding
 * of medium or high confidence; the others are advice. Every document is judged as a ConfigMap.
 */
export function reportedByHoldfast(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(rows.filter(({ configmap }) => isDenied(configmap)).map(({ id }) => id))
}

function isDenied(configmap: JsonObject): boolean {
  return configMapSecrets.evaluate({}, configmap, context).some(({ advice }) => advice !== true)
}
