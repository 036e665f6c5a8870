import type { PatchOperation } from '../admission/json-patch.ts'
import type { JsonValue } from '../kubernetes/json.ts'
import type { ObjectReference } from '../kubernetes/object.ts'
import type { Pointer } from '../kubernetes/pointer.ts'
import type { Action, Severity } from '../policy/action.ts'

/**
 * How an evaluation of one rule ended, in the words of the PolicyReport API: `fail` and `warn` are violations, `error`
 * is a rule that could not be evaluated, `skip` a violation that an exception covers.
 */
export type Result = 'fail' | 'warn' | 'error' | 'skip'

/**
 * What the finding does to the request it was found in:
 * `deny` refuses it, `patch` is repaired by the mutating webhook, `warn` is told, `none` is only recorded.
 */
export type Effect = 'deny' | 'patch' | 'warn' | 'none'

/** One violation of one rule at one place: the unit of messages, reports and patches. */
export interface Finding {
  readonly policy: string
  readonly rule: string
  /** The action in force for this policy, profile and namespace. Never `off`. */
  readonly action: Exclude<Action, 'off'>
  readonly effect: Effect
  readonly result: Result
  readonly severity: Severity
  /** The object that was applied (the carrier, for an embedded claim or pod template). */
  readonly resource: ObjectReference
  /** Where in that object, as a JSON pointer. */
  readonly path: Pointer
  /** One line that stands alone: object, field, what is, what is allowed, policy; cut to 200 characters. */
  readonly message: string
  /** What is wrong in one line, whole, for where there is room: `spec.accessModes[0] is "ReadWriteMany"; …`. */
  readonly problem: string
  /** The value found, or a description where it must not be shown. */
  readonly actual: JsonValue | undefined
  /** What would be accepted. */
  readonly expected: JsonValue | undefined
  /** What it rests on, where that takes words of its own: a credential's kind, confidence and fingerprint. */
  readonly why: string | undefined
  readonly fix: Fix
  /** Why a violation is less than its action says: it was there before, is in a template, or is excepted. */
  readonly note: string | undefined
  readonly links: readonly string[]
}

/** How to repair a violation: always in words, and as a patch of the applied object where no guess is needed. */
export interface Fix {
  /** An imperative sentence without a full stop. */
  readonly text: string
  readonly patch: readonly PatchOperation[] | undefined
  /** The name of the Secret that the value at the finding's path belongs into, where it is a credential. */
  readonly secretName?: string | undefined
}
