import type { Arbitrary } from 'fast-check'
import type { Planted } from './planted.ts'

/** A way to break one policy, and look-alikes that keep it, each as whole objects. */
export interface Offence {
  readonly policy: string
  /** What is done, to complete "finds …". */
  readonly what: string
  /** Objects that break the policy by construction: at the places they name, and nowhere else. */
  readonly bad: Arbitrary<Planted>
  /** Objects that keep it by construction. */
  readonly good: Arbitrary<Planted>
}
