import { printable } from './printable.ts'
import type { CheckResult } from './result.ts'
import { statement } from './statement.ts'

/** A result for formats that have one line for it: what is wrong, why it passes all the same, and what to do. */
export function toldLine(result: CheckResult): string {
  const { note, fix } = result
  const told = [
    statement(result),
    ...(note === undefined ? [] : [`Note: ${printable(note)}.`]),
    ...(result.result === 'skip' || fix.text === '' ? [] : [`Fix: ${printable(fix.text)}.`]),
  ]
  return told.join(' ')
}
