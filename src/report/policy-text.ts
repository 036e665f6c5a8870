import { asString, deepEqual } from '../kubernetes/json.ts'
import type { PolicyDocument, RuleSpec } from '../policy/document.ts'
import { foldedJson, onOneLine } from './folded-json.ts'
import type { CatalogueEntry } from './policy-catalogue.ts'
import { settingsSample } from './policy-examples.ts'
import { actionWords, catalogueName, judgedKinds, typeWords } from './policy-words.ts'
import { printable } from './printable.ts'
import { type CheckDescriptions, type Marks, ruleWords } from './rule-words.ts'

const lineWidth = 100
const marks: Marks = { prose: (text) => text, place: (name) => `<${name}>`, code: (text) => text }

/** One policy for a terminal: why, what it judges, its rules, what it does, its parameters and how to set them. */
export function policyText({ spec }: PolicyDocument, entry: CatalogueEntry, checks: CheckDescriptions): string {
  const parts = [
    [`${entry.id}: ${spec.title}`],
    section('Why', wrapped(spec.why)),
    section(`Judges on ${entry.operations.join(' and ')}`, judgedLines(spec)),
    section(
      'Rules',
      spec.rules.flatMap((rule) => ruleLines(rule, checks)),
    ),
    section('Does', actionLines(entry)),
    section('Parameters', parameterLines(entry)),
    section('Configure in holdfast.json', sampleLines(entry)),
    section('Controls (evidence for)', controlLines(entry)),
    section('Links', entry.links),
  ]
  const shown = parts.filter((part) => part.length > 0)
  return shown.map((part) => part.map((line) => `${printable(line)}\n`).join('')).join('\n')
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)]
}

function judgedLines(spec: PolicyDocument['spec']): readonly string[] {
  return judgedKinds(spec).flatMap(({ kind, hidesIn }) =>
    [kind].concat(hidesIn.flatMap(({ place, carriers }) => indented(wrapped(`in ${place} of ${carriers.join(', ')}`)))),
  )
}

function ruleLines(rule: RuleSpec, checks: CheckDescriptions): readonly string[] {
  const { name, finds, each, conditional, remedy, repairs } = ruleWords(rule, checks, marks)
  const facts = [
    finds,
    ...(each === undefined ? [] : [`judged one by one: ${each}`]),
    ...(conditional ? ['under a condition: see "when" of the rule'] : []),
    ...(remedy === undefined ? [] : [`what to do: ${remedy}`]),
    ...(repairs.length === 0 ? [] : [`the repair ${repairs.join(' and ')}`]),
  ]
  return [name, ...indented(facts.flatMap(wrapped))]
}

function actionLines({ action, actions, severity }: CatalogueEntry): readonly string[] {
  const profiles = Object.entries(actions).map(([profile, what]) => `${profile} ${what}`)
  return [`${action} (in force): ${actionWords[action].admission}`, `${profiles.join(', ')}; severity ${severity}`]
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

function sampleLines({ id, action, parameters }: CatalogueEntry): readonly string[] {
  return foldedJson(settingsSample(id, action, parameters), lineWidth).split('\n')
}

function controlLines({ controls }: CatalogueEntry): readonly string[] {
  return Object.entries(controls).map(([catalogue, items]) => `${catalogueName(catalogue)}: ${items.join(', ')}`)
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`)
}

/** Breaks a text between words; a word that is too long has a line of its own. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > lineWidth) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
