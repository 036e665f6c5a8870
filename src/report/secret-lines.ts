import { lineOf } from '../manifest/excerpt.ts'
import type { CheckResult } from './result.ts'

/** The lines of a file that must not be shown, for a finding there hides its value. All results are of that file. */
export function secretLines(results: readonly CheckResult[]): ReadonlySet<number> {
  return new Set(results.filter(hidesValue).map(({ line }) => line))
}

/**
 * Whether the source at a finding must not be shown. A finding hides a secret by describing the value instead of
 * giving it: its `actual` is then a text that does not stand on the line. Nothing of a Secret is shown in any case.
 */
function hidesValue({ resource, excerpt, line, actual }: CheckResult): boolean {
  if (resource.kind === 'Secret') return true
  const source = excerpt === undefined ? undefined : lineOf(excerpt, line)
  return typeof actual === 'string' && source !== undefined && !standsOn(source, actual)
}

function standsOn(line: string, value: string): boolean {
  return line.includes(value) || line.includes(JSON.stringify(value))
}
