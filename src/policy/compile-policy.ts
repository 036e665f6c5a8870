import type { Check } from '../checks/check.ts'
import { globMatches } from '../kubernetes/glob.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { type GroupKind, knownKinds, parseGroupKind } from '../kubernetes/kinds.ts'
import { formatPointer, type Pointer } from '../kubernetes/pointer.ts'
import type { Action, Profile } from './action.ts'
import type { CompiledExpression } from './cel/compile.ts'
import { compileRule, compileValue, type RuleCompiler, rulePath } from './compile-rule.ts'
import type {
  CompiledException,
  CompiledLookup,
  CompiledPolicy,
  CompiledRule,
  MatchConditions,
  PolicyInForce,
} from './compiled.ts'
import type { LookupSpec, PolicyDocument, PolicySettings, PolicySpec } from './document.ts'
import { type ParameterReader, parameterReader } from './parameters.ts'
import type { ProblemList } from './problems.ts'
import type { PatternNumbers } from './screen.ts'
import { didYouMean } from '../kubernetes/suggest.ts'

/** A policy checked and compiled, before an operator's settings are applied to it. */
export interface PolicyTemplate {
  readonly document: PolicyDocument
  readonly kinds: readonly GroupKind[]
  readonly lookups: CompiledPolicy['lookups']
  readonly variables: CompiledPolicy['variables']
  readonly parameters: ParameterReader
  readonly rules: readonly RuleCompiler[]
  readonly patterns: CompiledPolicy['patterns']
}

/** What all policies of a set share. */
export interface CompileContext {
  readonly checks: readonly Check[]
  readonly patterns: PatternNumbers
}

/** Compiles a policy document. What is wrong goes to `problems` (of the policy's file); undefined then. */
export function compilePolicy(
  document: PolicyDocument,
  { checks, patterns }: CompileContext,
  problems: ProblemList,
): PolicyTemplate | undefined {
  const { spec } = document
  const kinds = spec.match.kinds.map((kind, index) =>
    readKind(kind, formatPointer('spec', 'match', 'kinds', index), problems),
  )
  const parameters = problems.attempt('/spec/parameters', () => parameterReader(spec.parameters ?? {}))
  const parameterNames = Object.keys(spec.parameters ?? {})
  const lookups = compileLookups(spec.lookup ?? {}, problems)
  const variables = compileVariables(spec.variables ?? [], problems)
  const rules = spec.rules.map((rule, index) =>
    compileRule(rule, rulePath(index), { checks, parameterNames, problems, patterns }),
  )
  if (parameters === undefined) return undefined
  const defaults = parameters.merge([])
  for (const { path, problem } of parameters.problems(defaults)) {
    problems.add(`/spec/parameters${path}`, `has a default that its own schema refuses: it ${problem}`)
  }
  // A schema is compiled with parameters filled in; with the defaults is the first time it can be tried.
  const ready = rules.map((rule, index) => problems.attempt(`${rulePath(index)}/assert/schema`, () => rule?.(defaults)))
  return {
    document,
    kinds: kinds.filter((kind) => kind !== undefined),
    lookups,
    variables,
    parameters,
    rules: rules.filter((rule) => rule !== undefined),
    patterns: patternsOf(ready.filter((rule) => rule !== undefined)),
  }
}

function patternsOf(rules: readonly CompiledRule[]): CompiledPolicy['patterns'] {
  const all = rules.flatMap(({ each = [], given = [] }) => [...each, ...given])
  return [...new Map(all.map((pattern) => [pattern.number, pattern])).values()]
}

function compileVariables(
  specs: NonNullable<PolicySpec['variables']>,
  problems: ProblemList,
): CompiledPolicy['variables'] {
  const variables = new Map<string, CompiledExpression>()
  for (const [index, { name, expression }] of specs.entries()) {
    const path = formatPointer('spec', 'variables', index)
    if (variables.has(name)) problems.add(`${path}/name`, `is "${name}", which another variable is called already`)
    const compiled = problems.attempt(`${path}/expression`, () => compileValue(expression))
    if (compiled !== undefined) variables.set(name, compiled)
  }
  return variables
}

/** Reads a kind; one that is not known here is a problem that names the nearest. */
export function readKind(text: string, path: Pointer, problems: ProblemList): GroupKind | undefined {
  const kind = parseGroupKind(text)
  if (kind === undefined) {
    const hint = [didYouMean(text, knownKinds), 'write a custom resource as Kind.group'].filter(Boolean).join(' ')
    problems.add(path, `is "${text}", which is no kind known here; ${hint}`)
  }
  return kind
}

function compileLookups(specs: NonNullable<PolicySpec['lookup']>, problems: ProblemList): CompiledPolicy['lookups'] {
  const lookups = new Map<string, CompiledLookup>()
  for (const [name, spec] of Object.entries(specs)) {
    const lookup = compileLookup(name, spec, problems)
    if (lookup !== undefined) lookups.set(name, lookup)
  }
  return lookups
}

function compileLookup(name: string, spec: LookupSpec, problems: ProblemList): CompiledLookup | undefined {
  const path = formatPointer('spec', 'lookup', name)
  if ('relation' in spec) return { type: spec.relation }
  const kind = readKind(spec.kind, `${path}/kind`, problems)
  if (kind === undefined) return undefined
  if ('list' in spec) return { type: 'list', kind }
  const objectName = problems.attempt(`${path}/name`, () => compileValue(spec.name))
  const { namespace } = spec
  const inNamespace =
    namespace === undefined ? undefined : problems.attempt(`${path}/namespace`, () => compileValue(namespace))
  return objectName === undefined ? undefined : { type: 'get', kind, objectName, namespace: inNamespace }
}

/** What an operator set for a policy, and where. */
export interface SettingsContext {
  readonly profile: Profile
  readonly settings: PolicySettings
  readonly exceptions: readonly CompiledException[]
  /** Problems of the configuration file. */
  readonly problems: ProblemList
}

/** Applies an operator's settings to a policy. What is wrong with them goes to `context.problems`. */
export function configurePolicy(template: PolicyTemplate, context: SettingsContext): CompiledPolicy {
  const { document } = template
  const { settings } = context
  const { name } = document.metadata
  const { kinds: _kinds, embedded = false, ...match } = document.spec.match
  return {
    name,
    title: document.spec.title,
    severity: document.spec.severity,
    links: document.spec.links ?? [],
    kinds: narrowedKinds(template, context),
    patterns: template.patterns,
    embedded,
    match: [match, narrowing(settings)].filter((conditions) => Object.keys(conditions).length > 0),
    templates: settings.templates ?? 'warn',
    lookups: template.lookups,
    variables: template.variables,
    exceptions: context.exceptions.filter(({ policy }) => policy === name),
    settingsFor: settingsByNamespace(template, context),
  }
}

function narrowedKinds(
  { kinds, document }: PolicyTemplate,
  { settings, problems }: SettingsContext,
): readonly GroupKind[] {
  if (settings.kinds === undefined) return kinds
  const path = formatPointer('policies', document.metadata.name, 'kinds')
  return settings.kinds.flatMap((text, index) => {
    const kind = readKind(text, `${path}/${index}`, problems)
    if (kind === undefined || kinds.includes(kind)) return kind ?? []
    problems.add(`${path}/${index}`, `is "${text}", which the policy does not judge; it judges ${kinds.join(', ')}`)
    return []
  })
}

function narrowing(settings: PolicySettings): MatchConditions {
  const { objectSelector, namespaceSelector, excludeUsers, excludeGroups } = settings
  return {
    ...(objectSelector === undefined ? {} : { objectSelector }),
    ...(namespaceSelector === undefined ? {} : { namespaceSelector }),
    ...(excludeUsers === undefined ? {} : { excludeUsers }),
    ...(excludeGroups === undefined ? {} : { excludeGroups }),
  }
}

function settingsByNamespace(
  template: PolicyTemplate,
  { profile, settings, problems }: SettingsContext,
): CompiledPolicy['settingsFor'] {
  const { document, parameters, rules } = template
  const path = formatPointer('policies', document.metadata.name)
  const inForce = (action: Action, given: readonly (JsonObject | undefined)[], at: Pointer): PolicyInForce => {
    for (const { path: place, problem } of parameters.problems(given.at(-1) ?? {}))
      problems.add(`${at}/parameters${place}`, problem)
    const merged = parameters.merge(given)
    const ready = rules.flatMap((rule) => problems.attempt(`${at}/parameters`, () => rule(merged)) ?? [])
    return { action, parameters: merged, rules: ready }
  }
  const action = settings.action ?? (profile === 'observe' ? 'audit' : document.spec.action[profile])
  const base = inForce(action, [settings.parameters], path)
  const overrides = Object.entries(settings.namespaces ?? {}).map(([pattern, override]) => ({
    pattern,
    settings: inForce(
      override.action ?? action,
      [settings.parameters, override.parameters],
      path + formatPointer('namespaces', pattern),
    ),
  }))
  if (overrides.length === 0) return () => base
  return (namespace) =>
    overrides.find(({ pattern }) => pattern === namespace)?.settings ??
    overrides.find(({ pattern }) => namespace !== '' && globMatches(pattern, namespace))?.settings ??
    base
}
