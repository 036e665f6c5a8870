import type { CheckContext, CheckFinding } from '../checks/check.ts'
import { isJsonValue, isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import type { GroupKind } from '../kubernetes/kinds.ts'
import { formatPointer, formatStep, type Pointer, resolve, visitMatches } from '../kubernetes/pointer.ts'
import { Allowance } from '../policy/cel/budget.ts'
import type { CompiledExpression } from '../policy/cel/compile.ts'
import type { CompiledFix, CompiledRule } from '../policy/compiled.ts'
import type { Subject } from '../kubernetes/views.ts'
import { describe, schemaViolations } from '../policy/schema-violations.ts'
import { fieldPlace, type Template } from '../policy/template.ts'
import { concealed, concealedValue } from './conceal.ts'
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
  /** What it rests on, where that takes words of its own. */
  readonly why: string | undefined
  /** The Secret that the value belongs into, where it is a credential. */
  readonly secretName: string | undefined
  /** Whether it warns at most: the rule only advises, or a check is not sure. */
  readonly advice: boolean
  /** What tells the values that it is about from others. */
  readonly fingerprints: readonly string[] | undefined
}

/** What the expressions of a rule read. */
export interface Contexts {
  readonly context: RuleContext
  /** What messages are put together from: the same, without the values of a Secret. */
  readonly words: () => RuleContext
}

/** A rule about one subject. */
interface Judgement extends Contexts {
  readonly rule: CompiledRule
  readonly assertion: Exclude<CompiledRule['assertion'], { type: 'check' }>
  readonly kind: GroupKind
  /** What the expressions about all items may cost together. */
  readonly allowance: Allowance
}

/**
 * Judges one subject by one rule. Throws what an expression or a check throws; the caller turns that into an `error`.
 *
 * Most objects keep a rule, and to see that often takes less than its `when`: so a schema or an expression is tried
 * first, and `when` decides only about what fails.
 */
export function violationsOf(
  rule: CompiledRule,
  { kind, object }: Subject,
  { context, words }: Contexts,
  checkContext: CheckContext,
): readonly RawViolation[] {
  const { assertion, when, each } = rule
  if (assertion.type === 'check') {
    if (when?.evaluateBoolean(context) === false) return none
    return assertion.check.evaluate(context.params, object, checkContext).map((found) => fromCheck(rule, found, object))
  }
  const judgement = { rule, assertion, kind, context, words, allowance: new Allowance() }
  if (each === undefined) return isKept(judgement, object) ? none : violationsAt({ value: object, path: '' }, judgement)
  const found: RawViolation[] = []
  for (const { steps } of each) {
    visitMatches(object, steps, (value, trail) => {
      context.item = value
      if (isKept(judgement, value)) return
      found.push(...violationsAt({ value, path: formatPointer(...trail) }, judgement))
    })
  }
  return found
}

const none: readonly RawViolation[] = []

/** Whether a value keeps a rule, or the rule is not about it. */
function isKept({ rule, assertion, context, allowance }: Judgement, value: JsonValue): boolean {
  const applies = (): boolean => rule.when === undefined || rule.when.evaluateBoolean(context, allowance)
  switch (assertion.type) {
    case 'schema':
      return assertion.holds(value) || !applies()
    case 'cel':
      return expressionHolds(assertion.expression, context, applies, allowance) || !applies()
    default:
      return assertion satisfies never
  }
}

/** What is judged: the subject as a whole, or one item in it. */
interface Place {
  readonly value: JsonValue
  readonly path: Pointer
}

function violationsAt(place: Place, judgement: Judgement): readonly RawViolation[] {
  const { assertion, kind } = judgement
  const shown = showable(kind, place)
  const words = judgement.words()
  if (place.path !== '') words.item = shown
  switch (assertion.type) {
    case 'schema':
      return schemaViolations(assertion.errorsIn(place.value), shown).map(({ problem, ...found }) =>
        inWords(judgement, words, place.path, { ...found, problem: `${fieldPlace} ${problem}`, remedy: '' }),
      )
    case 'cel':
      return [celViolation(judgement, words, place.path, assertion, shown)]
    default:
      return assertion satisfies never
  }
}

/** Whether an expression is true. One that throws counts only where its rule applies. */
function expressionHolds(
  expression: CompiledExpression,
  context: RuleContext,
  applies: () => boolean,
  allowance: Allowance,
): boolean {
  try {
    return expression.evaluateBoolean(context, allowance)
  } catch (error) {
    if (applies()) throw error
    return true
  }
}

function fromCheck(rule: CompiledRule, finding: CheckFinding, object: JsonObject): RawViolation {
  const { path, problem, actual, expected, remedy, why, secretName, advice = rule.advice, fingerprints } = finding
  const repairs = repairsOf(finding, object)
  return { path, problem, actual, expected, remedy, repairs, why, secretName, advice, fingerprints }
}

function repairsOf({ path, repair, rename }: CheckFinding, object: JsonObject): readonly Repair[] | undefined {
  if (repair !== undefined) return [repairAt(path, repair)]
  const value = rename === undefined ? undefined : resolve(object, path)
  if (rename === undefined || value === undefined) return undefined
  const renamed = path.slice(0, path.lastIndexOf('/')) + formatStep(rename)
  return [{ remove: path }, { set: renamed, value }]
}

/** What is judged as messages may quote it: a Secret without its values, and no part of one. */
function showable(kind: GroupKind, { value, path }: Place): JsonValue {
  if (kind !== 'Secret') return value
  return path === '' && isObject(value) ? concealed(value) : concealedValue
}

function repairAt(path: Pointer, value: JsonValue): Repair {
  return value === null ? { remove: path } : { set: path, value }
}

function celViolation(
  judgement: Judgement,
  words: RuleContext,
  base: Pointer,
  { path, expected }: Extract<CompiledRule['assertion'], { type: 'cel' }>,
  value: JsonValue,
): RawViolation {
  const place = path?.render(words, nothingFound) ?? ''
  return inWords(judgement, words, base, {
    path: place,
    actual: resolve(value, place),
    expected: expected === undefined ? undefined : toJson(expected.evaluate(words)),
    problem: `${fieldPlace} breaks the rule ${judgement.rule.name}`,
    remedy: '',
  })
}

const nothingFound = { actual: undefined, expected: undefined }

/** Puts the rule's own message, remedy and fix in place of the assertion's words; `base` is where the judged item is. */
function inWords(
  { rule, context }: Judgement,
  words: RuleContext,
  base: Pointer,
  found: Omit<RawViolation, 'repairs' | 'why' | 'secretName' | 'advice' | 'fingerprints'>,
): RawViolation {
  const { message, remedy, fixes } = rule
  return {
    ...found,
    path: base + found.path,
    problem: message?.render(words, found) ?? found.problem,
    remedy: remedy?.render(words, found) ?? defaultRemedy(found),
    repairs: fixes.length === 0 ? undefined : fixes.map((fix) => toRepair(fix, base, context)),
    why: undefined,
    secretName: undefined,
    advice: rule.advice,
    fingerprints: undefined,
  }
}

function defaultRemedy({ expected }: Pick<RawViolation, 'expected'>): string {
  return expected === undefined ? `correct ${fieldPlace}` : `set ${fieldPlace} to ${describe(expected)}`
}

function toRepair(fix: CompiledFix, base: Pointer, context: RuleContext): Repair {
  const place = (template: Template): Pointer => base + template.render(context, nothingFound)
  if ('remove' in fix) return { remove: place(fix.remove) }
  const value = 'expression' in fix ? (toJson(fix.expression.evaluate(context)) ?? null) : fix.value
  return { set: place(fix.set), value }
}

function toJson(value: unknown): JsonValue | undefined {
  return isJsonValue(value) ? value : undefined
}
