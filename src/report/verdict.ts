import { type CheckReport, type CheckResult, isAudited } from './result.ts'

/** What makes a run fail: violations that would be refused or patched (`deny`), warnings too (`warn`), or nothing. */
export const failureLevels = ['deny', 'warn', 'never'] as const
export type FailOn = (typeof failureLevels)[number]

/**
 * Whether a report is a failure. `deny` counts each `fail` of action deny or fix and each `error` of action deny; `warn`
 * counts each `warn` as well. Findings of action audit never count, nor do unreadable documents: whether these fail a
 * run is for the caller to say.
 */
export function failed(report: CheckReport, failOn: FailOn): boolean {
  switch (failOn) {
    case 'never':
      return false
    case 'deny':
      return report.results.some(isDenial)
    case 'warn':
      return report.results.some((result) => isDenial(result) || (result.result === 'warn' && !isAudited(result)))
    default:
      return failOn satisfies never
  }
}

/** Whether a result stands for something that would be refused, or patched. */
export function isDenial({ result, action }: CheckResult): boolean {
  if (result === 'error') return action === 'deny'
  return result === 'fail' && (action === 'deny' || action === 'fix')
}
