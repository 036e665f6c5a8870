import { type CheckResult, isAudited } from './result.ts'

/** What a result is called where people read it: what would happen to the object, or why nothing would. */
export type Level = 'deny' | 'fix' | 'warn' | 'error' | 'note' | 'skip'

/** What a result is called: a violation of a policy that only audits is a `note`. */
export function levelOf(result: CheckResult): Level {
  if (isAudited(result)) return 'note'
  if (result.result !== 'fail') return result.result
  return result.action === 'fix' ? 'fix' : 'deny'
}
