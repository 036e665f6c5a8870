import { asArray, asString, at, isObject, type JsonObject, type JsonValue } from '../../src/kubernetes/json.ts'
import type { CommandResult } from './controlplane/command.ts'

/** What a run of `check --format json` found. */
export interface Checked {
  readonly code: number
  /** `POLICY FILE:LINE`, sorted. */
  readonly results: readonly string[]
  /** `KIND FILE:LINE MESSAGE` of what could not be read, and of templates. */
  readonly problems: readonly string[]
}

// Other policies have something to say of these manifests, too.
const policies = new Set(['configmap-no-secrets', 'pod-no-host-path'])

/** Reads what `check --format json` printed. */
export function checked({ stdout, stderr, code }: CommandResult): Checked {
  if (stdout === '') throw new Error(stderr)
  const report: JsonValue = JSON.parse(stdout)
  const place = (item: JsonObject): string => `${asString(item['file'])}:${JSON.stringify(item['line'])}`
  const list = (key: string): readonly JsonObject[] => asArray(at(report, key)).filter(isObject)
  return {
    code,
    results: list('results')
      .filter(({ policy }) => policies.has(asString(policy) ?? ''))
      .map((result) => `${asString(result['policy'])} ${place(result)}`)
      .sort(),
    problems: [...list('problems'), ...list('templates')].map(
      (problem) => `${asString(problem['kind'])} ${place(problem)} ${asString(problem['message'])}`,
    ),
  }
}
