import { asString, deepEqual } from '../kubernetes/json.ts'
import { referenceOf } from '../kubernetes/object.ts'
import type { Action } from '../policy/action.ts'
import type { ExceptionSpec, PolicyDocument, RuleSpec } from '../policy/document.ts'
import { exceptionSample, settingsSample } from './configuration-samples.ts'
import { foldedJson, onOneLine } from './folded-json.ts'
import type { Paint } from './paint.ts'
import type { CatalogueEntry } from './policy-catalogue.ts'
import { exampleParts, lineWidth, tellingExample, type TextPart } from './policy-example-text.ts'
import type { PageExample } from './policy-examples.ts'
import { actionWords, catalogueName, judgedKinds, matchConditions, typeWords } from './policy-words.ts'
import { printable } from './printable.ts'
import { type CheckDescriptions, type Marks, ruleWords } from './rule-words.ts'
import { wrap } from './wrap.ts'

/** What is told of a policy. */
export interface PolicyExplanation {
  readonly document: PolicyDocument
  readonly entry: CatalogueEntry
  readonly examples: readonly PageExample[]
  readonly checks: CheckDescriptions
  /** The one rule that is asked for; undefined: all of them. */
  readonly rule: string | undefined
  readonly now: Date
}

const marks: Marks = { prose: (text) => text, place: (name) => `<${name}>`, code: (text) => text }

/**
 * One policy for a terminal: why, what it judges, its rules, an example that breaks it and how it is right, what it does
 * here, its parameters, and how to set it and to write an exception.
 */
export function policyText(explanation: PolicyExplanation, paint: Paint): string {
  const { document, entry, examples, rule } = explanation
  const { spec } = document
  const example = tellingExample(examples, rule)
  const rules = spec.rules.filter(({ name }) => rule === undefined || name === rule)
  const parts: readonly TextPart[] = [
    { title: `${entry.id}: ${spec.title}`, lines: [] },
    part('Why', wrapped(spec.why)),
    part(`Judges on ${entry.operations.join(' and ')}`, judgedLines(spec)),
    part(
      rule === undefined ? 'Rules' : 'Rule',
      rules.flatMap((one) => ruleLines(one, explanation.checks)),
    ),
    ...(example === undefined ? [] : exampleParts(example, examples)),
    part('What it does here', actionLines(explanation)),
    part('Parameters', parameterLines(entry)),
    part('To set it, in holdfast.json', jsonLines(settingsSample(entry.id, entry.action, entry.parametersInForce))),
    part('To except an object from it, in holdfast.json', jsonLines(exceptionOf(explanation, example))),
    part('Controls it gives evidence for', controlLines(entry)),
    part('Links', entry.links),
  ]
  const shown = parts.filter(({ lines }, index) => index === 0 || lines.length > 0)
  return shown.map(({ title, lines }) => `${paint('bold', printable(title))}\n${linesText(lines)}`).join('\n')
}

function part(title: string, lines: readonly string[]): TextPart {
  return { title, lines }
}

function linesText(lines: readonly string[]): string {
  return lines.map((line) => `${line === '' ? '' : `  ${printable(line)}`}\n`).join('')
}

function judgedLines(spec: PolicyDocument['spec']): readonly string[] {
  const kinds = judgedKinds(spec).flatMap(({ kind, hidesIn }) =>
    [kind].concat(hidesIn.flatMap(({ place, carriers }) => indented(wrapped(`in ${place} of ${carriers.join(', ')}`)))),
  )
  const conditions = matchConditions(spec).map(([name, value]) => `only where ${name}: ${onOneLine(value)}`)
  return [...kinds, ...conditions]
}

function ruleLines(rule: RuleSpec, checks: CheckDescriptions): readonly string[] {
  const { name, finds, each, remedy, repairs } = ruleWords(rule, checks, marks)
  const facts = [
    finds,
    ...(each === undefined ? [] : [`judged one by one: ${each}`]),
    ...(rule.when === undefined ? [] : [`only where ${rule.when}`]),
    ...(rule.advice === true ? ['it only tells: it warns whatever the action, and is left out under audit'] : []),
    ...(remedy === undefined ? [] : [`what to do: ${remedy}`]),
    ...(repairs.length === 0 ? [] : [`the repair ${repairs.join(' and ')}`]),
  ]
  return [name, ...indented(facts.flatMap(wrapped))]
}

function actionLines({ entry, now }: PolicyExplanation): readonly string[] {
  const { action, actions, severity, namespaces, exceptions, fixable } = entry
  const byNamespace = Object.entries(namespaces).map(([pattern, own]) => {
    const set = Object.keys(own.parameters).length === 0 ? '' : `, with ${onOneLine(own.parameters)}`
    return `${own.action} in namespace ${pattern}: ${actionWords[own.action].admission}${set}`
  })
  const profiles = Object.entries(actions).map(([profile, what]) => `${profile} ${what}`)
  return [
    ...wrapped(actionLine(action)),
    ...byNamespace.flatMap(wrapped),
    ...exceptions.flatMap((exception) => wrapped(exceptionWords(exception, now))),
    ...(fixable ? ['holdfast fix repairs what can be repaired without guessing'] : []),
    `by profile: ${profiles.join(', ')}; severity ${severity}`,
  ]
}

function actionLine(action: Action): string {
  const { admission, check } = actionWords[action]
  return action === 'off' ? `off: ${admission}` : `${action}: ${admission} (in holdfast check: ${check})`
}

function exceptionWords({ match, rule, reason, owner, expires }: ExceptionSpec, now: Date): string {
  const conditions = Object.entries(match).map(([name, globs]) => `${name} ${globs.join(', ')}`)
  const what = rule === undefined ? conditions : [`rule ${rule}`, ...conditions]
  const until = expires < isoDate(now) ? `ended on ${expires}` : `until ${expires}`
  return `exception for ${what.join('; ')}: ${reason} (${owner}, ${until})`
}

function parameterLines({ parameters, parametersInForce }: CatalogueEntry): readonly string[] {
  return Object.entries(parameters).flatMap(([name, schema]) => {
    const preset = schema['default'] ?? null
    const current = parametersInForce[name] ?? null
    const changed = deepEqual(preset, current) ? [] : [`in force: ${onOneLine(current)}`]
    const facts = wrapped(asString(schema['description']) ?? '').concat(`default: ${onOneLine(preset)}`, changed)
    return [`${name}  (${typeWords(schema)})`].concat(indented(facts))
  })
}

const exceptionDays = 90
const dayMilliseconds = 24 * 60 * 60 * 1000

function exceptionOf({ entry, rule, now }: PolicyExplanation, example: PageExample | undefined) {
  const shown = referenceOf(example?.example.object ?? {})
  return exceptionSample({
    policy: entry.id,
    rule,
    namespace: example === undefined ? 'my-namespace' : shown.namespace,
    name: shown.name === '' ? 'my-object' : shown.name,
    expires: isoDate(new Date(now.getTime() + exceptionDays * dayMilliseconds)),
  })
}

function isoDate(date: Date): string {
  return date.toISOString().slice(0, 'YYYY-MM-DD'.length)
}

function jsonLines(value: Parameters<typeof foldedJson>[0]): readonly string[] {
  return foldedJson(value, lineWidth).split('\n')
}

function controlLines({ controls }: CatalogueEntry): readonly string[] {
  return Object.entries(controls).map(([catalogue, items]) => `${catalogueName(catalogue)}: ${items.join(', ')}`)
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`)
}

function wrapped(text: string): readonly string[] {
  return wrap(text.replaceAll(/\s+/g, ' ').trim(), lineWidth)
}
