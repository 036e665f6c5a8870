import type { PatchOperation } from '../admission/json-patch.ts'
import type { Effect } from '../engine/finding.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import type { Pointer } from '../kubernetes/pointer.ts'
import type { PolicySettings } from '../policy/document.ts'

/** What an example shows: an object that passes, one that is refused (or warned about), one that is repaired. */
export const sides = ['allowed', 'denied', 'fixed'] as const
export type Side = (typeof sides)[number]

/** An example of a policy: a manifest and the answer it has to get. Documentation and test at once. */
export interface Example {
  readonly policy: string
  readonly side: Side
  /** The file's name without its ending. */
  readonly name: string
  readonly object: JsonObject
  /** The stored object (`NAME.old.yaml`): the example is an update then. */
  readonly oldObject: JsonObject | undefined
  /** What look-ups find (`NAME.context.yaml`); each kind in it is complete. */
  readonly context: readonly JsonObject[]
  /** What the repaired object has to be (`NAME.after.yaml`), of side `fixed`. */
  readonly after: JsonObject | undefined
  /** Undefined: there is no such file yet. */
  readonly expected: ExpectedAnswer | undefined
}

/**
 * The file `NAME.expected.json`: the exact answer, and what it is given under. Without `findings` nobody has written
 * down the answer yet.
 */
export interface ExpectedAnswer extends Partial<Answer> {
  /** `DELETE`: the manifest is what is being deleted. Default: a create, or an update of `NAME.old.yaml`. */
  readonly operation?: 'DELETE'
  /** Who asks; default: nobody in particular, as in Git. */
  readonly user?: string
  /** As in holdfast.json, under `policies` and this policy's id. Default: none. */
  readonly settings?: PolicySettings
  /** As in holdfast.json. Default: the newest version. */
  readonly kubernetesVersion?: string
}

/** What a person and a machine get to see of a verdict. */
export interface Answer {
  readonly findings: readonly AnswerFinding[]
  /** The text of the denial, where there is one. */
  readonly denial?: string
  readonly warnings?: readonly string[]
  readonly patch?: readonly PatchOperation[]
}

export interface AnswerFinding {
  readonly rule: string
  readonly effect: Effect
  readonly path: Pointer
  readonly message: string
  readonly note?: string
}
