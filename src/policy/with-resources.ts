import type { JsonObject } from '../kubernetes/json.ts'
import { referenceOf } from '../kubernetes/object.ts'
import type { CompileInput } from './compile.ts'
import type { LoadProblem } from './problem.ts'
import { type PolicyAddition, readPolicyResource } from './resource.ts'

/** A custom resource and what is wrong with it; nothing is where it is in force. */
export interface ReadResource {
  readonly object: JsonObject
  /** What its present version adds; undefined where it has problems. */
  readonly addition: PolicyAddition | undefined
  readonly problems: readonly LoadProblem[]
}

/** Policies and exceptions of files and of custom resources together. */
export interface MixedPolicies {
  /** To be compiled; no resource in it stands in the way of another. */
  readonly input: CompileInput
  readonly resources: readonly ReadResource[]
  /** The last version of each resource that could be used, by {@link resourceKey}: for the next time. */
  readonly good: ReadonlyMap<string, JsonObject>
}

/** What tells a resource from all others as long as it exists, whatever becomes of its content. */
export function resourceKey(object: JsonObject): string {
  const { kind, namespace, name } = referenceOf(object)
  return `${kind}/${namespace}/${name}`
}

/**
 * Puts custom resources to what files say. One with a mistake is left out, or stays as it last was without one.
 *
 * @param good what this gave before; empty at first.
 */
export function withResources(
  base: CompileInput,
  objects: readonly JsonObject[],
  good: ReadonlyMap<string, JsonObject>,
): MixedPolicies {
  const usable = new Map<string, JsonObject>()
  const additions: PolicyAddition[] = []
  const resources = objects.map((object): ReadResource => {
    const key = resourceKey(object)
    const result = readPolicyResource(object, base)
    const [version, inForce] = 'problems' in result ? lastGood(good.get(key), base) : [object, result]
    if (version !== undefined) usable.set(key, version)
    if (inForce !== undefined) additions.push(inForce)
    return 'problems' in result
      ? { object, addition: undefined, problems: result.problems }
      : { object, addition: result, problems: [] }
  })
  return { input: extended(base, additions), resources, good: usable }
}

/** The version before, as far as it can still be used: files may have changed since. */
function lastGood(version: JsonObject | undefined, base: CompileInput): readonly [JsonObject?, PolicyAddition?] {
  if (version === undefined) return []
  const result = readPolicyResource(version, base)
  return 'problems' in result ? [] : [version, result]
}

function extended(base: CompileInput, additions: readonly PolicyAddition[]): CompileInput {
  const { file, document } = base.config
  const exceptions = [...(document.exceptions ?? []), ...additions.flatMap((addition) => addition.exceptions)]
  return {
    ...base,
    policies: [...base.policies, ...additions.flatMap((addition) => addition.policies)],
    config: { file, document: { ...document, exceptions } },
  }
}
