import type { FixSpec, RuleSpec } from '../policy/document.ts'
import { onOneLine } from './folded-json.ts'
import { placeText } from './policy-words.ts'

/** How words, names of what is filled in, and fields are marked: Markdown, or nothing on a terminal. */
export interface Marks {
  readonly prose: (text: string) => string
  readonly place: (name: string) => string
  readonly code: (text: string) => string
}

/** A rule as people read it. All texts are marked already. */
export interface RuleWords {
  readonly name: string
  /** What it finds, a sentence or the message's wording. */
  readonly finds: string
  /** What is judged one by one, where the rule does that. */
  readonly each: string | undefined
  readonly conditional: boolean
  readonly remedy: string | undefined
  /** What a repair does, a phrase each: `sets spec.accessModes to ["ReadWriteOncePod"]`. */
  readonly repairs: readonly string[]
}

/** Descriptions of checks by the name rules use. */
export type CheckDescriptions = ReadonlyMap<string, string>

/** Puts a rule into words. */
export function ruleWords(rule: RuleSpec, checks: CheckDescriptions, marks: Marks): RuleWords {
  return {
    name: rule.name,
    finds: findsWords(rule, checks, marks),
    each: rule.each?.map((pointer) => marks.code(placeText(pointer))).join(', '),
    conditional: rule.when !== undefined,
    remedy: rule.remedy === undefined ? undefined : templateWords(rule.remedy, marks),
    repairs: (rule.fix ?? []).map((fix) => fixWords(fix, rule.each !== undefined, marks)),
  }
}

function findsWords({ assert, message }: RuleSpec, checks: CheckDescriptions, marks: Marks): string {
  if (message !== undefined) return templateWords(message, marks)
  if ('check' in assert) return marks.prose(checks.get(assert.check) ?? `What the check ${assert.check} reports.`)
  return 'schema' in assert ? 'What does not fit its JSON Schema.' : 'What does not fit its expression.'
}

/** A message template for reading: what is filled in appears as a name, a longer expression as `…`. */
export function templateWords(template: string, marks: Marks): string {
  return template
    .split(/(\{\{[\s\S]*?\}\})/)
    .map((part, index) => (index % 2 === 0 ? marks.prose(part) : marks.place(placeName(part.slice(2, -2).trim()))))
    .join('')
}

function placeName(expression: string): string {
  if (expression === 'actual') return 'value'
  if (expression === 'expected') return 'what is accepted'
  const simple = /^(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*)$/.exec(expression)
  return simple?.[1] ?? '…'
}

function fixWords(fix: FixSpec, inItem: boolean, { code }: Marks): string {
  const place = 'remove' in fix ? fix.remove : fix.set
  const shown = place === '' ? `the ${inItem ? 'item' : 'object'}` : code(placeText(place))
  if ('remove' in fix) return `removes ${shown}`
  return 'value' in fix
    ? `sets ${shown} to ${code(onOneLine(fix.value))}`
    : `sets ${shown} to a value worked out from the object`
}
