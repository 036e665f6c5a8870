import type { Check } from '../checks/check.ts'
import { driverTable } from '../kubernetes/drivers.ts'
import { globMatches } from '../kubernetes/glob.ts'
import { knownVersions, newestSchemas, schemasOfVersion } from '../kubernetes/openapi/versions.ts'
import { formatPointer } from '../kubernetes/pointer.ts'
import { inTreeTable } from '../kubernetes/in-tree.ts'
import { builtInViews, indexViews, type View } from '../kubernetes/views.ts'
import { compilePolicy, configurePolicy, type PolicyTemplate, readKind } from './compile-policy.ts'
import type { CompiledException, CompiledPolicy, PolicySet } from './compiled.ts'
import type { ConfigDocument, PolicyDocument, ViewSpec } from './document.ts'
import { compileException } from './exception.ts'
import { refuseFingerprints } from './fingerprints.ts'
import { LoadError, type LoadProblem } from './problem.ts'
import { ProblemList } from './problems.ts'
import { PatternNumbers, Screen } from './screen.ts'
import { didYouMean } from '../kubernetes/suggest.ts'

/** A parsed policy and the file it is from, for messages. */
export interface PolicySource {
  readonly file: string
  readonly document: PolicyDocument
}

export interface CompileInput {
  readonly policies: readonly PolicySource[]
  readonly config: { readonly file: string; readonly document: ConfigDocument }
  readonly checks: readonly Check[]
  /** The namespace Holdfast itself runs in; nothing is judged there. */
  readonly ownNamespace: string
  /** What credentials' fingerprints are made with; undefined: there are none, and nothing may name one. */
  readonly fingerprintKey?: string | undefined
  /** Whether the configuration may name policies that are not there: as custom resources they come and go. */
  readonly customResources?: boolean | undefined
}

// What must never be judged whatever the configuration says: a refusal there can stop the control plane itself.
const alwaysExempt = 'kube-system'
const defaultExempt = ['holdfast-system']

/** Compiles policies under a configuration. Throws a LoadError with every problem of every file. */
export function compilePolicies(input: CompileInput): PolicySet {
  const { document, file } = input.config
  const failures: LoadProblem[] = []
  const patterns = new PatternNumbers()
  const templates = collect(failures, () => compileTemplates(input, patterns, failures)) ?? []
  const set = collect(failures, () => {
    const problems = new ProblemList(file)
    const result = configure(templates, { input, patterns, problems, incomplete: failures.length > 0 })
    problems.throwIfAny()
    return result
  })
  if (set === undefined || failures.length > 0) throw new LoadError(failures)
  return {
    ...set,
    drivers: driverTable(document.drivers),
    facts: { inTree: inTreeTable(document.inTreePlugins) },
    fingerprintKey: input.fingerprintKey,
  }
}

function collect<T>(failures: LoadProblem[], step: () => T): T | undefined {
  try {
    return step()
  } catch (error) {
    if (!(error instanceof LoadError)) throw error
    failures.push(...error.problems)
    return undefined
  }
}

function compileTemplates(
  { policies, checks }: CompileInput,
  patterns: PatternNumbers,
  failures: LoadProblem[],
): readonly PolicyTemplate[] {
  const templates = new Map<string, PolicyTemplate>()
  for (const { file, document } of policies) {
    const { name } = document.metadata
    const template = collect(failures, () => {
      const problems = new ProblemList(file)
      if (templates.has(name)) problems.add('/metadata/name', `is "${name}", which another policy is called already`)
      const compiled = compilePolicy(document, { checks, patterns }, problems)
      problems.throwIfAny()
      return compiled
    })
    if (template !== undefined) templates.set(name, template)
  }
  return [...templates.values()].sort((left, right) =>
    left.document.metadata.name < right.document.metadata.name ? -1 : 1,
  )
}

interface Configuring {
  readonly input: CompileInput
  readonly patterns: PatternNumbers
  /** Problems of the configuration file. */
  readonly problems: ProblemList
  /** Whether policies failed to compile: a name that is not there may be one of theirs. */
  readonly incomplete: boolean
}

function configure(
  templates: readonly PolicyTemplate[],
  { input, patterns, problems, incomplete }: Configuring,
): Omit<PolicySet, 'drivers' | 'facts' | 'fingerprintKey'> {
  const { config, ownNamespace } = input
  const { document } = config
  const names = templates.map((template) => template.document.metadata.name)
  if (!incomplete && input.customResources !== true) checkNames(document, names, problems)
  if (input.fingerprintKey === undefined) refuseFingerprints(document, problems)
  const exceptions = compileExceptions(document, problems)
  const policies = templates.map((template) =>
    configurePolicy(template, {
      profile: document.profile ?? 'baseline',
      settings: document.policies?.[template.document.metadata.name] ?? {},
      exceptions,
      problems,
    }),
  )
  const byKind = indexByKind(policies, patterns.count)
  const views = [...builtInViews, ...(document.views ?? []).flatMap((view, index) => readView(view, index, problems))]
  return {
    policies,
    byKind,
    views: indexViews(viewsThatLeadTo(byKind, views)),
    isExempt: exemption([alwaysExempt, ownNamespace, ...(document.exemptNamespaces ?? defaultExempt)]),
    exceptions,
    schemas: schemasFor(document, problems),
  }
}

function schemasFor({ kubernetesVersion }: ConfigDocument, problems: ProblemList): PolicySet['schemas'] {
  if (kubernetesVersion === undefined) return newestSchemas
  const schemas = schemasOfVersion(kubernetesVersion)
  if (schemas === undefined) {
    const known = `known versions of Kubernetes are ${knownVersions.join(', ')}`
    problems.add('/kubernetesVersion', `is ${JSON.stringify(kubernetesVersion)}; ${known}`)
  }
  return schemas ?? newestSchemas
}

function exemption(patterns: readonly string[]): PolicySet['isExempt'] {
  const names = new Set(patterns.filter((pattern) => !/[*?]/.test(pattern)))
  const globs = patterns.filter((pattern) => !names.has(pattern))
  return (namespace) => names.has(namespace) || globs.some((glob) => globMatches(glob, namespace))
}

function checkNames(document: ConfigDocument, names: readonly string[], problems: ProblemList): void {
  const check = (name: string, path: string): void => {
    if (names.includes(name)) return
    const problem = `names the policy "${name}", which does not exist`
    problems.add(path, [problem, didYouMean(name, names)].filter(Boolean).join('; '))
  }
  for (const name of Object.keys(document.policies ?? {})) check(name, formatPointer('policies', name))
  for (const [index, { policy }] of (document.exceptions ?? []).entries()) {
    check(policy, formatPointer('exceptions', index, 'policy'))
  }
}

/** Reads the exceptions of a configuration; a day that no calendar has goes to `problems`. */
export function compileExceptions(
  { exceptions = [] }: ConfigDocument,
  problems: ProblemList,
): readonly CompiledException[] {
  return exceptions.flatMap((spec, index) => {
    const compiled = compileException(spec)
    if (compiled === undefined) {
      problems.add(
        formatPointer('exceptions', index, 'expires'),
        `is "${spec.expires}", which is no day of the calendar`,
      )
    }
    return compiled ?? []
  })
}

function indexByKind(policies: readonly CompiledPolicy[], patternCount: number): PolicySet['byKind'] {
  const kinds = new Set(policies.flatMap((policy) => policy.kinds))
  return new Map(
    [...kinds].map((kind) => {
      const judging = policies.filter((policy) => policy.kinds.includes(kind))
      const patterns = judging.flatMap(({ patterns: own }) => own)
      return [kind, { policies: judging, screen: new Screen(patterns, patternCount) }]
    }),
  )
}

function readView(view: ViewSpec, index: number, problems: ProblemList): readonly View[] {
  const path = formatPointer('views', index)
  const carrier = readKind(view.in, `${path}/in`, problems)
  const kind = readKind(view.kind, `${path}/kind`, problems)
  if (carrier === undefined || kind === undefined) return []
  return [{ in: carrier, kind, path: view.path, template: view.template ?? true, part: view.part ?? 'object' }]
}

/** Leaves out the views in which nothing judged can be found: a pod's claims are not looked for if no policy judges claims. */
function viewsThatLeadTo(byKind: PolicySet['byKind'], views: readonly View[]): readonly View[] {
  const wanted = new Set(byKind.keys())
  let before = -1
  while (wanted.size !== before) {
    before = wanted.size
    for (const view of views) if (wanted.has(view.kind)) wanted.add(view.in)
  }
  return views.filter((view) => wanted.has(view.kind))
}
