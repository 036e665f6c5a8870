import type { Pointer } from '../kubernetes/pointer.ts'
import { placeIn, type Subject } from '../kubernetes/views.ts'
import type { CompiledPolicy, CompiledRule, PolicyInForce } from '../policy/compiled.ts'
import type { RawViolation } from './assertion.ts'
import type { Finding } from './finding.ts'
import type { Repair } from './repair.ts'

/** One violation, or one rule that could not be evaluated, before it is decided what it does. */
export interface Violation {
  readonly policy: CompiledPolicy
  readonly inForce: PolicyInForce
  readonly rule: CompiledRule
  readonly subject: Subject
  readonly raw: RawViolation
  /** Whether the rule could not be evaluated. */
  readonly failed: boolean
}

/** Where a violation is in the applied object. */
export function placeOf({ subject, raw }: Violation): Pointer {
  return placeIn(subject, raw.path)
}

/** A finding and how its object would be repaired, in places of the applied object. */
export interface Evaluated {
  readonly finding: Finding
  readonly repairs: readonly Repair[]
}
