import type { CompiledException } from './compiled.ts'
import type { ExceptionSpec } from './document.ts'

const dayMilliseconds = 24 * 60 * 60 * 1000

/** Reads an exception's last day. Undefined for a date that no calendar has (2027-02-30). */
export function compileException(spec: ExceptionSpec): CompiledException | undefined {
  const start = Date.parse(`${spec.expires}T00:00:00Z`)
  if (Number.isNaN(start) || !new Date(start).toISOString().startsWith(spec.expires)) return undefined
  return { ...spec, until: start + dayMilliseconds }
}

/** The exceptions that no longer hold: they cover nothing, and an operator wants to hear of them. */
export function expiredExceptions(exceptions: readonly CompiledException[], now: Date): readonly CompiledException[] {
  return exceptions.filter(({ until }) => until <= now.getTime())
}
