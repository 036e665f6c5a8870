import { truncateCharacters } from '../admission/text.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { describeProblem } from '../policy/problem.ts'
import { nameOfResource, unknownPolicy } from '../policy/resource.ts'
import type { ReadResource } from '../policy/with-resources.ts'

/** What became of a policy or an exception, for its status. */
export interface ResourceOutcome {
  readonly object: JsonObject
  readonly accepted: boolean
  /** One word, as conditions have it: InForce, Invalid, Expired. */
  readonly reason: string
  readonly message: string
}

const messageCharacters = 4000

/**
 * Says what became of a resource, by the resource, the files and the day alone: every replica has to say the same, also
 * one that has just started and does not know the version before.
 *
 * @param names the policies that are in force.
 */
export function outcomeOf(
  { object, addition, problems }: ReadResource,
  { names, now }: { readonly names: readonly string[]; readonly now: Date },
): ResourceOutcome {
  if (addition === undefined) {
    const own = nameOfResource(object)
    const lines = problems.map((each) => (each.file === own ? `${each.path} ${each.problem}` : describeProblem(each)))
    return {
      object,
      accepted: false,
      reason: 'Invalid',
      message: truncateCharacters(lines.join('\n'), messageCharacters),
    }
  }
  const [exception] = addition.exceptions
  if (exception === undefined) return { object, accepted: true, reason: 'InForce', message: 'The policy is in force.' }
  if (exception.until <= now.getTime()) {
    const message = `It held until the end of ${exception.expires} (UTC) and covers nothing any more.`
    return { object, accepted: false, reason: 'Expired', message }
  }
  const missing = unknownPolicy(exception, names)
  const message = `It holds until the end of ${exception.expires} (UTC).`
  return {
    object,
    accepted: true,
    reason: 'InForce',
    message: missing === undefined ? message : `${message} /spec/policy ${missing}.`,
  }
}
