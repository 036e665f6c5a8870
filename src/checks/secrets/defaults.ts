import { fallbacksIn } from './fallbacks.ts'
import { judgeAssignment } from './judge.ts'
import type { Report } from './kind.ts'

/** Finds credentials that references fall back on, by the name that is referred to. */
export function findFallbacks(text: string, report: Report): void {
  for (const { offset, name, value } of fallbacksIn(text)) {
    const kind = judgeAssignment({ name, value, quoted: true })
    if (kind !== undefined) report({ kind, offset, name, value })
  }
}
