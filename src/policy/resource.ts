import { asObject, asString, at, type JsonObject } from '../kubernetes/json.ts'
import { groupVersion, referenceOf } from '../kubernetes/object.ts'
import { formatPointer, type Pointer } from '../kubernetes/pointer.ts'
import { didYouMean } from '../kubernetes/suggest.ts'
import { compileExceptions, type CompileInput, compilePolicies, type PolicySource } from './compile.ts'
import type { CompiledException } from './compiled.ts'
import type { ConfigDocument, ExceptionSpec } from './document.ts'
import { refuseFingerprints } from './fingerprints.ts'
import { parseConfig, parsePolicy } from './parse.ts'
import { LoadError, type LoadProblem } from './problem.ts'
import { ProblemList } from './problems.ts'

/** The API group of policies and exceptions as custom resources. */
const policyGroup = 'policy.holdfast.dev'

/** The kinds of custom resources that say how is judged. */
export const policyResourceKinds = ['StoragePolicy', 'StoragePolicyException', 'ClusterStoragePolicyException'] as const
type PolicyResourceKind = (typeof policyResourceKinds)[number]

/** Which of the kinds an object is; undefined for any other object. */
export function policyResourceKind(object: JsonObject): PolicyResourceKind | undefined {
  if (groupVersion(asString(object['apiVersion']) ?? '').group !== policyGroup) return undefined
  return policyResourceKinds.find((kind) => kind === object['kind'])
}

/** What a custom resource adds to what files say. */
export interface PolicyAddition {
  readonly policies: readonly PolicySource[]
  readonly exceptions: readonly CompiledException[]
}

/**
 * Reads a custom resource as it would be used together with the policies and the configuration of files, or says all
 * that is wrong with it. The file of a problem is the object's kind and name, or the configuration's where its settings
 * for the policy are wrong. Never throws.
 *
 * @param base what the files say, compiled without a mistake.
 */
export function readPolicyResource(
  object: JsonObject,
  base: CompileInput,
): PolicyAddition | { readonly problems: readonly LoadProblem[] } {
  try {
    return policyResourceKind(object) === 'StoragePolicy'
      ? { policies: [readPolicy(object, base)], exceptions: [] }
      : { policies: [], exceptions: readException(object, base) }
  } catch (error) {
    if (error instanceof LoadError) return { problems: error.problems }
    // Whatever a document does to a compiler is that document's mistake: a schema nested too deep, for one.
    const problem = `cannot be compiled (${error instanceof Error ? error.message : 'unknown error'})`
    return { problems: [{ file: nameOfResource(object), path: '/spec', problem }] }
  }
}

/** What is said of an exception for a policy that is not there: it may come later, so it is no mistake. */
export function unknownPolicy({ policy }: ExceptionSpec, names: readonly string[]): string | undefined {
  if (names.includes(policy)) return undefined
  const problem = `names the policy "${policy}", which does not exist`
  return [problem, didYouMean(policy, names)].filter(Boolean).join('; ')
}

/** A custom resource as messages name it: `StoragePolicyException shop/legacy`. */
export function nameOfResource(object: JsonObject): string {
  const { kind, namespace, name } = referenceOf(object)
  return `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`
}

function readPolicy(object: JsonObject, base: CompileInput): PolicySource {
  const { apiVersion, kind, name } = referenceOf(object)
  const file = nameOfResource(object)
  if (base.policies.some(({ document }) => document.metadata.name === name)) {
    const problem = `is "${name}", which a policy of the files is called already; settings of that one are in holdfast.json`
    throw new LoadError([{ file, path: '/metadata/name', problem }])
  }
  const document = parsePolicy({ apiVersion, kind, metadata: { name }, spec: asObject(object['spec']) }, file)
  const source = { file, document }
  compilePolicies({ ...base, policies: [source], config: { ...base.config, document: settingsOf(name, base) } })
  return source
}

/** The configuration, with nothing of what it says about other policies. */
function settingsOf(name: string, { config }: CompileInput): ConfigDocument {
  const { policies = {}, exceptions: _exceptions, ...others } = config.document
  const settings = Object.hasOwn(policies, name) ? policies[name] : undefined
  return settings === undefined ? others : { ...others, policies: { [name]: settings } }
}

function readException(object: JsonObject, { fingerprintKey }: CompileInput): readonly CompiledException[] {
  const file = nameOfResource(object)
  try {
    const document = parseConfig({ exceptions: [narrowed(object)] }, file)
    const problems = new ProblemList(file)
    if (fingerprintKey === undefined) refuseFingerprints(document, problems)
    const exceptions = compileExceptions(document, problems)
    problems.throwIfAny()
    return exceptions
  } catch (error) {
    if (!(error instanceof LoadError)) throw error
    throw new LoadError(error.problems.map(({ path, problem }) => ({ file, path: inSpec(path), problem })))
  }
}

/** An exception of a namespace holds there and nowhere else, whatever it says. */
function narrowed(object: JsonObject): JsonObject {
  const spec = asObject(object['spec'])
  if (policyResourceKind(object) !== 'StoragePolicyException') return spec
  return {
    ...spec,
    match: { ...asObject(spec['match']), namespaces: [asString(at(object, 'metadata', 'namespace')) ?? ''] },
  }
}

// It is read as the only exception of a configuration.
const listed = formatPointer('exceptions', 0)

function inSpec(path: Pointer): Pointer {
  return path.startsWith(listed) ? `/spec${path.slice(listed.length)}` : path
}
