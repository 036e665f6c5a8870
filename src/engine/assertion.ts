import type { CheckContext, CheckFinding } from '../checks/check.ts'
import { isJsonValue, isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import type { GroupKind } from '../kubernetes/kinds.ts'
import { type Pointer, resolve } from '../kubernetes/pointer.ts'
import type { CompiledExpression } from '../policy/cel/compile.ts'
import type { CompiledFix, CompiledRule } from '../policy/compiled.ts'
import type { Subject } from '../kubernetes/views.ts'
import { describe, schemaViolations } from '../policy/schema-violations.ts'
import { fieldPlace } from '../policy/template.ts'
import { concealed } from './conceal.ts'
import type { RuleContext } from './context.ts'
import type { Repair } from './repair.ts'

/** A violation as an assertion finds it: places are relative to the judged object. */
export interface RawViolation {
  readonly path: Pointer
  /** What is wrong, with `{{field}}` where the field's path belongs. */
  readonly problem: string
  readonly actual: JsonValue | undefined
  readonly expected: JsonValue | undefined
  readonly remedy: string
  /** Undefined: no repair without a guess. */
  readonly repairs: readonly Repair[] | undefined
}

/**
 * Judges one subject by one rule. Throws what an expression or a check throws; the caller turns that into an `error`.
 *
 * Most objects keep a rule, and to see that often takes less than its `when`: so a schema or an expression is tried
 * first, and `when` decides only about what fails.
 *
 * @param context the expressions' context; called only where the rule has expressions to evaluate.
 */
export function violationsOf(
  rule: CompiledRule,
  { kind, object }: Subject,
  parameters: JsonObject,
  context: () => RuleContext,
  checkContext: CheckContext,
): readonly RawViolation[] {
  const { assertion, when } = rule
  const applies = (): boolean => when === undefined || when.evaluateBoolean(context())
  const words = (): RuleContext => showableContext(kind, context())
  switch (assertion.type) {
    case 'schema':
      if (assertion.validate(object) || !applies()) return []
      return schemaViolations(assertion.validate.errors ?? [], showable(kind, object)).map(({ problem, ...found }) =>
        inWords(rule, { ...found, problem: `${fieldPlace} ${problem}`, remedy: '' }, words),
      )
    case 'cel':
      if (holds(assertion.expression, context(), applies) || !applies()) return []
      return [celViolation(rule, assertion, showable(kind, object), words)]
    case 'check':
      return applies() ? assertion.check.evaluate(parameters, object, checkContext).map(fromCheck) : []
    default:
      return assertion satisfies never
  }
}

/** Whether an expression is true. One that throws counts only where its rule applies. */
function holds(expression: CompiledExpression, context: RuleContext, applies: () => boolean): boolean {
  try {
    return expression.evaluateBoolean(context)
  } catch (error) {
    if (applies()) throw error
    return true
  }
}

function fromCheck({ repair, ...finding }: CheckFinding): RawViolation {
  const { path, problem, actual, expected, remedy } = finding
  return {
    path,
    problem,
    actual,
    expected,
    remedy,
    repairs: repair === undefined ? undefined : [repairAt(path, repair)],
  }
}

function showableContext(kind: GroupKind, context: RuleContext): RuleContext {
  const { object, oldObject } = context
  return kind === 'Secret'
    ? {
        ...context,
        object: isObject(object) ? concealed(object) : object,
        oldObject: isObject(oldObject) ? concealed(oldObject) : null,
      }
    : context
}

/** The object as messages may quote it: a Secret without its values. */
function showable(kind: GroupKind, object: JsonObject): JsonObject {
  return kind === 'Secret' ? concealed(object) : object
}

function repairAt(path: Pointer, value: JsonValue): Repair {
  return value === null ? { remove: path } : { set: path, value }
}

function celViolation(
  rule: CompiledRule,
  { path, expected }: Extract<CompiledRule['assertion'], { type: 'cel' }>,
  object: JsonObject,
  context: () => RuleContext,
): RawViolation {
  const place = path?.render(context(), { actual: undefined, expected: undefined }) ?? ''
  return inWords(
    rule,
    {
      path: place,
      actual: resolve(object, place),
      expected: expected === undefined ? undefined : toJson(expected.evaluate(context())),
      problem: `${fieldPlace} breaks the rule ${rule.name}`,
      remedy: '',
    },
    context,
  )
}

/** Puts the rule's own message, remedy and fix in place of the assertion's words. */
function inWords(rule: CompiledRule, found: Omit<RawViolation, 'repairs'>, context: () => RuleContext): RawViolation {
  if (rule.message === undefined && rule.remedy === undefined && rule.fixes.length === 0) {
    return { ...found, remedy: defaultRemedy(found), repairs: undefined }
  }
  const words = context()
  return {
    ...found,
    problem: rule.message?.render(words, found) ?? found.problem,
    remedy: rule.remedy?.render(words, found) ?? defaultRemedy(found),
    repairs: rule.fixes.length === 0 ? undefined : rule.fixes.map((fix) => toRepair(fix, words)),
  }
}

function defaultRemedy({ expected }: Pick<RawViolation, 'expected'>): string {
  return expected === undefined ? `correct ${fieldPlace}` : `set ${fieldPlace} to ${describe(expected)}`
}

function toRepair(fix: CompiledFix, context: RuleContext): Repair {
  if (!('expression' in fix)) return fix
  return { set: fix.set, value: toJson(fix.expression.evaluate(context)) ?? null }
}

function toJson(value: unknown): JsonValue | undefined {
  return isJsonValue(value) ? value : undefined
}
