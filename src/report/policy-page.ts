import { asObject, asString, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import type { PolicyDocument, PolicySpec, RuleSpec } from '../policy/document.ts'
import { defaultParameters, settingsSample } from './configuration-samples.ts'
import { foldedJson, onOneLine } from './folded-json.ts'
import { blocks, codeSpan, details, fenced, prose, table } from './markdown.ts'
import { exampleBlocks, type PageExample } from './policy-examples.ts'
import {
  actionsOf,
  actionWords,
  catalogueName,
  judgedKinds,
  lookupWords,
  matchConditions,
  operationsOf,
  typeWords,
} from './policy-words.ts'
import { type CheckDescriptions, type Marks, ruleWords } from './rule-words.ts'

/** What a policy's page is made of. */
export interface PolicyPage {
  readonly document: PolicyDocument
  readonly examples: readonly PageExample[]
  readonly checks: CheckDescriptions
  /** Where the page finds what it refers to; undefined: it refers to nothing. */
  readonly places: { readonly configurationGuide: string; readonly policyFolder: string } | undefined
}

const marks: Marks = { prose, place: (name) => `*${name}*`, code: codeSpan }

/** A policy's page in Markdown (GitHub Flavored): what a person who was refused, or who decides on it, needs to know. */
export function renderPolicyPage(page: PolicyPage): string {
  const { metadata, spec } = page.document
  return blocks([
    `# ${prose(spec.title)}`,
    `${codeSpan(metadata.name)} · severity **${spec.severity}** · baseline **${spec.action.baseline}** · strict **${spec.action.strict}**`,
    prose(spec.why),
    '## What it checks',
    ...judgedBlocks(spec),
    ...spec.rules.flatMap((rule) => ruleBlocks(rule, page.checks)),
    ...readBlocks(spec),
    '## What it does',
    ...profileBlocks(page),
    '## Parameters',
    ...parameterBlocks(page),
    ...exampleBlocks(page.examples),
    ...controlBlocks(spec),
    ...linkBlocks(page),
  ])
}

function judgedBlocks(spec: PolicySpec): readonly string[] {
  const kinds = judgedKinds(spec).flatMap(({ kind, hidesIn }) =>
    [`- ${codeSpan(kind)}`].concat(
      hidesIn.map(({ place, carriers }) => `  - in ${codeSpan(place)} of ${carriers.join(', ')}`),
    ),
  )
  const conditions = matchConditions(spec).map(([name, value]) => `${codeSpan(name)} ${codeSpan(onOneLine(value))}`)
  return [
    `On ${operationsOf(spec).join(' and ')} it judges:`,
    kinds.join('\n'),
    conditions.length === 0 ? '' : `Only where all of this holds: ${conditions.join('; ')}.`,
  ]
}

function ruleBlocks(rule: RuleSpec, checks: CheckDescriptions): readonly string[] {
  const { name, finds, each, conditional, remedy, repairs } = ruleWords(rule, checks, marks)
  const facts = [
    ...(each === undefined ? [] : [`- Each of these is judged by itself: ${each}`]),
    ...(conditional ? ['- It applies under a condition: `when` in the rule below'] : []),
    ...(rule.advice === true ? ['- It only tells: it warns whatever the action, and is left out under `audit`'] : []),
    ...(remedy === undefined ? [] : [`- What to do: ${remedy}`]),
    ...(repairs.length === 0 ? [] : [`- The repair ${repairs.join(' and ')}`]),
  ]
  return [
    `### Rule ${codeSpan(name)}`,
    `> ${finds}`,
    facts.join('\n'),
    details('The rule in JSON', fenced('json', foldedJson(asJson(rule)))),
  ]
}

function readBlocks({ lookup = {}, variables = [] }: PolicySpec): readonly string[] {
  const found = Object.entries(lookup).map(([name, spec]) => `- ${codeSpan(`lookup.${name}`)}: ${lookupWords(spec)}`)
  const reads = [
    'Rules look at other objects as well. What is not known is held against nobody; in Git, `--context` or `--cluster` make it known.',
    found.join('\n'),
  ]
  const worked = Object.fromEntries(variables.map(({ name, expression }) => [name, expression]))
  return [
    ...(found.length === 0 ? [] : reads),
    ...(variables.length === 0
      ? []
      : [details('The variables that the rules read', fenced('json', foldedJson(worked)))]),
  ]
}

function profileBlocks({ document, examples, places }: PolicyPage): readonly string[] {
  const { spec } = document
  const actions = Object.entries(actionsOf(spec))
  const rows = [...Map.groupBy(actions, ([, action]) => action)].map(([action, profiles]) => [
    profiles.map(([profile]) => profile).join(', '),
    `**${action}**`,
    actionWords[action].admission,
    actionWords[action].check,
  ])
  const stops = actions.some(([, action]) => action === 'deny' || action === 'fix')
  const guide = places === undefined ? 'configuration guide' : `[configuration guide](${places.configurationGuide})`
  return [
    table(['profile', 'action', 'at admission', 'in `holdfast check`'], rows),
    stops && operationsOf(spec).includes('UPDATE')
      ? 'An update that leaves a violation as it was passes with a warning: what was there before stays operable.'
      : '',
    actions.some(([, action]) => action === 'fix') ? templatesNote(spec) : repairNote(document, examples),
    `The ${guide} says how to choose another action, for some namespaces too, and how to make an exception.`,
  ]
}

function templatesNote(spec: PolicySpec): string {
  if (judgedKinds(spec).every(({ hidesIn }) => hidesIn.length === 0)) return ''
  return (
    'In the template of a workload the violation is a warning, and the template is not patched: that would roll its pods and drift ' +
    'from Git. What is made from it is repaired. `"templates": "fix"` has templates repaired as well.'
  )
}

function repairNote({ spec }: PolicyDocument, examples: PolicyPage['examples']): string {
  const isFixable =
    spec.rules.some(({ fix }) => fix !== undefined) || examples.some(({ example }) => example.side === 'fixed')
  return isFixable ? 'What can be repaired without guessing is repaired where you set its action to `fix`.' : ''
}

// A longer default makes a table unreadable.
const longestDefault = 60

function parameterBlocks({ document: { metadata, spec } }: PolicyPage): readonly string[] {
  const parameters = Object.entries(spec.parameters ?? {})
  const sample = settingsSample(metadata.name, spec.action.baseline, defaultParameters(spec.parameters ?? {}))
  const rows = parameters.map(([name, schema]) => {
    const shown = onOneLine(schema['default'] ?? null)
    return [
      codeSpan(name),
      prose(typeWords(schema)),
      shown.length > longestDefault ? 'see below' : codeSpan(shown),
      prose(asString(schema['description']) ?? ''),
    ]
  })
  return [
    rows.length === 0 ? 'It takes none.' : table(['name', 'type', 'default', 'what it says'], rows),
    ...parameters.map(([name, schema]) => schemaDetails(name, schema)),
    `Set in ${codeSpan('holdfast.json')}; here with what holds in profile baseline:`,
    fenced('json', foldedJson(sample)),
  ]
}

/** The JSON Schema of a parameter whose type takes more than a word. */
function schemaDetails(name: string, { description: _description, default: _default, ...schema }: JsonObject): string {
  const isPlain = Object.keys(schema).length <= 1 && !('anyOf' in schema || 'oneOf' in schema)
  const isList = onOneLine(schema) === '{ "type": "array", "items": { "type": "string" } }'
  return isPlain || isList ? '' : details(`JSON Schema of ${name}`, fenced('json', foldedJson(schema)))
}

function controlBlocks({ controls = {} }: PolicySpec): readonly string[] {
  const items = Object.entries(controls).map(([id, names]) => `- ${catalogueName(id)}: ${names.map(prose).join(', ')}`)
  return items.length === 0
    ? []
    : ['## Controls', 'What it finds is evidence for these control items:', items.join('\n')]
}

function linkBlocks({ document: { spec }, places }: PolicyPage): readonly string[] {
  const own =
    places === undefined
      ? []
      : [
          `- [The policy's document](${places.policyFolder}/policy.json) and [its examples](${places.policyFolder}/examples)`,
        ]
  const lines = [...(spec.links ?? []).map((link) => `- <${link}>`), ...own]
  return lines.length === 0 ? [] : ['## Links', lines.join('\n')]
}

/** A part of a document as plain JSON: what is undefined is left out. */
function asJson(part: object): JsonObject {
  const value: JsonValue = JSON.parse(JSON.stringify(part))
  return asObject(value)
}
