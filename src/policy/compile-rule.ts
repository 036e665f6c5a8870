import type { ValidateFunction } from 'ajv'
import type { Check } from '../checks/check.ts'
import { isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import { formatPointer, parsePointer, type Pointer } from '../kubernetes/pointer.ts'
import { type CompiledExpression, compileExpression } from './cel/compile.ts'
import type { Assertion, CompiledFix, CompiledRule } from './compiled.ts'
import type { FixSpec, RuleSpec } from './document.ts'
import { substituteParameters } from './parameters.ts'
import type { ProblemList } from './problems.ts'
import { compileSchema, compileTest } from './schema.ts'
import type { NumberedPattern, PatternNumbers } from './screen.ts'
import { didYouMean } from '../kubernetes/suggest.ts'
import { compilePlace, compileTemplate, type Template } from './template.ts'
import { itemVariable, ruleVariables } from './variables.ts'

/** A rule compiled up to its parameters: give them, and it is ready. */
export type RuleCompiler = (parameters: JsonObject) => CompiledRule

interface RuleContext {
  readonly checks: readonly Check[]
  readonly parameterNames: readonly string[]
  readonly problems: ProblemList
  readonly patterns: PatternNumbers
}

/**
 * Compiles one rule at `path` of its document. What is wrong goes to `context.problems`; undefined then.
 * Expressions and templates compile once, schemas once for each set of parameters.
 */
export function compileRule(spec: RuleSpec, path: Pointer, context: RuleContext): RuleCompiler | undefined {
  const { problems, patterns } = context
  const numbered = (pattern: Pointer): NumberedPattern => ({
    number: patterns.of(pattern),
    steps: parsePointer(pattern),
  })
  const variables = spec.each === undefined ? ruleVariables : [...ruleVariables, itemVariable]
  const words = (source: string): Template => compileTemplate(source, variables)
  const assertion = compileAssertion(spec, path, variables, context)
  const when = optional(spec.when, `${path}/when`, problems, (source) => compileCondition(source, variables))
  const message = optional(spec.message, `${path}/message`, problems, words)
  const remedy = optional(spec.remedy, `${path}/remedy`, problems, words)
  const fixes = (spec.fix ?? []).map((fix, index) =>
    problems.attempt(`${path}/fix/${index}`, () => compileFix(fix, variables)),
  )
  if (assertion === undefined) return undefined
  return (parameters) => ({
    name: spec.name,
    each: spec.each?.map(numbered),
    given: spec.given?.map(numbered),
    when,
    advice: spec.advice ?? false,
    assertion: assertion(parameters),
    message,
    remedy,
    fixes: fixes.filter((fix) => fix !== undefined),
  })
}

/** Compiles an expression that has to answer true or false. Throws a CelError. */
function compileCondition(source: string, variables: readonly string[]): CompiledExpression {
  return compileExpression(source, { variables, result: 'bool' })
}

/** Compiles an expression that may give any JSON value. Throws a CelError. */
export function compileValue(source: string, variables: readonly string[] = ruleVariables): CompiledExpression {
  return compileExpression(source, { variables, result: 'any' })
}

function optional<T>(
  source: string | undefined,
  path: Pointer,
  problems: ProblemList,
  compile: (source: string) => T,
): T | undefined {
  return source === undefined ? undefined : problems.attempt(path, () => compile(source))
}

function compileAssertion(
  spec: RuleSpec,
  path: Pointer,
  variables: readonly string[],
  context: RuleContext,
): ((parameters: JsonObject) => Assertion) | undefined {
  const { assert } = spec
  if ('check' in assert && spec.each !== undefined) {
    context.problems.add(`${path}/each`, 'cannot go with a check, which judges the object as a whole')
  }
  if ('schema' in assert) return compileSchemaAssertion(assert.schema, `${path}/assert/schema`, context)
  if ('check' in assert) return compileCheckAssertion(assert.check, `${path}/assert/check`, context)
  return compileCelAssertion(spec, path, variables, context.problems)
}

function compileCelAssertion(
  spec: RuleSpec,
  path: Pointer,
  variables: readonly string[],
  problems: ProblemList,
): ((parameters: JsonObject) => Assertion) | undefined {
  if (!('cel' in spec.assert)) return undefined
  const { cel } = spec.assert
  for (const name of ['message', 'remedy'] as const) {
    if (spec[name] === undefined) problems.add(`${path}/${name}`, 'is missing: a cel assertion has no words of its own')
  }
  const expression = problems.attempt(`${path}/assert/cel`, () => compileCondition(cel, variables))
  const place = optional(spec.path, `${path}/path`, problems, (source) => compilePlace(source, variables))
  const expected = optional(spec.expected, `${path}/expected`, problems, (source) => compileValue(source, variables))
  return expression === undefined ? undefined : () => ({ type: 'cel', expression, path: place, expected })
}

function compileSchemaAssertion(
  schema: JsonObject,
  path: Pointer,
  { problems, parameterNames }: RuleContext,
): ((parameters: JsonObject) => Assertion) | undefined {
  const placeholders = Object.fromEntries(parameterNames.map((name) => [name, true]))
  const { unknown } = substituteParameters(schema, placeholders)
  for (const { path: place, name } of unknown) {
    problems.add(path + place, `names the parameter "${name}", which is not among the policy's parameters`)
  }
  if (unknown.length > 0) return undefined
  return (parameters) => {
    const filled = substituteParameters(schema, parameters).schema
    let validate: ValidateFunction<JsonValue> | undefined
    return {
      type: 'schema',
      holds: compileTest(filled),
      errorsIn(value) {
        // Compiling what has words takes as long again, and most rules are broken by nothing in a run.
        validate ??= compileSchema<JsonValue>(filled)
        validate(value)
        return validate.errors ?? []
      },
    }
  }
}

function compileCheckAssertion(
  name: string,
  path: Pointer,
  { checks, parameterNames, problems }: RuleContext,
): ((parameters: JsonObject) => Assertion) | undefined {
  const check = checks.find((candidate) => candidate.name === name)
  if (check === undefined) {
    const names = checks.map((candidate) => candidate.name)
    problems.add(path, `is "${name}", which is no check; ${didYouMean(name, names) ?? `there are ${names.join(', ')}`}`)
    return undefined
  }
  const needed = isObject(check.parameters['properties']) ? Object.keys(check.parameters['properties']) : []
  const missing = needed.filter((parameter) => !parameterNames.includes(parameter))
  if (missing.length > 0) problems.add(path, `needs the policy to have the parameters ${missing.join(', ')}`)
  return () => ({ type: 'check', check })
}

function compileFix(fix: FixSpec, variables: readonly string[]): CompiledFix {
  if ('remove' in fix) return { remove: compilePlace(fix.remove, variables) }
  const set = compilePlace(fix.set, variables)
  return 'expression' in fix ? { set, expression: compileValue(fix.expression, variables) } : { set, value: fix.value }
}

/** The place of a rule in its document. */
export function rulePath(index: number): Pointer {
  return formatPointer('spec', 'rules', index)
}
