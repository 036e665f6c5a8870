import { oneLine, truncateCharacters } from '../admission/text.ts'
import { maxMessageBytes } from '../admission/review.ts'
import type { AdmissionRequest } from '../admission/request.ts'
import { allowed, denied } from '../admission/response.ts'
import { deepEqual } from '../kubernetes/json.ts'
import { isBeingDeleted } from '../kubernetes/object.ts'
import { fieldPath } from '../kubernetes/pointer.ts'
import type { CompileInput } from '../policy/compile.ts'
import type { PolicySet } from '../policy/compiled.ts'
import { describeProblem, type LoadProblem } from '../policy/problem.ts'
import { nameOfResource, policyResourceKind, readPolicyResource, unknownPolicy } from '../policy/resource.ts'
import type { Decision } from './decide.ts'
import { harmless, lineLength } from './message.ts'

/** What a policy or an exception that is applied as a custom resource is read against. */
export interface ResourceContext {
  /** What the files say. */
  readonly files: CompileInput
  /** What is in force. */
  readonly policies: PolicySet
  readonly now: Date
}

/**
 * The answer where a policy or an exception is applied as a custom resource: a denial with every mistake in it. Undefined
 * for any other object, which is judged by policies instead.
 *
 * What is being deleted passes, and so does an update that leaves the spec as it was, whatever is in it.
 */
export function judgeResource(request: AdmissionRequest, context: ResourceContext): Decision | undefined {
  const { object, oldObject } = request
  if (object === undefined || policyResourceKind(object) === undefined) return undefined
  if (isBeingDeleted(object) || (oldObject !== undefined && deepEqual(object['spec'], oldObject['spec']))) return passed
  const result = readPolicyResource(object, context.files)
  if ('problems' in result) return refused(result.problems)
  const file = nameOfResource(object)
  const ended = result.exceptions.filter(({ until }) => until <= context.now.getTime())
  if (ended.length > 0) return refused(ended.map(({ expires }) => endedProblem(file, expires)))
  const names = context.policies.policies.map(({ name }) => name)
  const warnings = result.exceptions.flatMap((exception) => unknownPolicy(exception, names) ?? [])
  return { response: allowed(warnings.map((warning) => `${file}: /spec/policy ${warning}`)), findings: [] }
}

const passed: Decision = { response: allowed(), findings: [] }

function endedProblem(file: string, expires: string): LoadProblem {
  return { file, path: '/spec/expires', problem: `is "${expires}", which is over; name a day to come` }
}

function refused(problems: readonly LoadProblem[]): Decision {
  const causes = problems.map(({ path, problem }) => ({
    reason: 'FieldValueInvalid',
    field: fieldPath(path),
    message: problem,
  }))
  return { response: denied(harmless(refusal(problems)), causes), findings: [] }
}

// For the line that counts the rest.
const restBytes = 12

/** All problems, as far as there is room; the first line stands alone, and is told again where it was cut. */
function refusal(problems: readonly LoadProblem[]): string {
  const lines = problems.map((problem) => `${oneLine(describeProblem(problem))}.`)
  const [first = ''] = lines
  const count = lines.length === 1 ? '' : ` (1 of ${lines.length})`
  const short = truncateCharacters(first, lineLength - count.length)
  let text = `${short}${count}${short === first ? '' : `\n1. ${first}`}`
  for (const [index, line] of [...lines.entries()].slice(1)) {
    const more = `\n${index + 1}. ${line}`
    if (Buffer.byteLength(text + more) > maxMessageBytes - restBytes) return `${text}\n+${lines.length - index} more`
    text += more
  }
  return text
}
