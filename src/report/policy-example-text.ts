import type { Example } from '../examples/example.ts'
import type { JsonValue } from '../kubernetes/json.ts'
import { groupKindOf } from '../kubernetes/kinds.ts'
import { referenceOf } from '../kubernetes/object.ts'
import { onOneLine } from './folded-json.ts'
import { lineDiff } from './line-diff.ts'
import type { PageExample } from './policy-examples.ts'
import { wrap } from './wrap.ts'

/** How many characters a line of an explanation has at most. */
export const lineWidth = 100

/** A part of a text with its heading. */
export interface TextPart {
  readonly title: string
  readonly lines: readonly string[]
}

/**
 * The example that shows soonest what breaks a policy: a short one under the policy's defaults, if there is one.
 *
 * @param rule only what breaks this rule; undefined: any of them.
 */
export function tellingExample(examples: readonly PageExample[], rule: string | undefined): PageExample | undefined {
  const broken = examples.filter(({ example }) => example.side !== 'allowed' && breaks(example, rule))
  return leastOf(broken, (one) => effort(one) + (rightForm(one, examples) === undefined ? explained : 0))
}

/**
 * An example that breaks a policy, what people read of it, and how it is right: repaired, or as the allowed example that
 * differs least.
 */
export function exampleParts(broken: PageExample, examples: readonly PageExample[]): readonly TextPart[] {
  const right = rightForm(broken, examples)
  return [
    { title: 'An example that breaks it', lines: [...linesOf(broken.manifest), ...circumstances(broken)] },
    { title: 'What people read', lines: answerLines(broken.example) },
    { title: 'How it is right', lines: right === undefined ? [] : linesOf(right) },
  ].filter(({ lines }) => lines.length > 0)
}

function breaks({ expected }: Example, rule: string | undefined): boolean {
  const { findings = [] } = expected ?? {}
  return rule === undefined || findings.some((finding) => finding.rule === rule)
}

// What has to be explained before an example says anything; more than any number of lines.
const explained = 10_000

/** How much there is to read before an example is understood. */
function effort({ example, manifest, stored }: PageExample): number {
  const { settings, operation, user, kubernetesVersion } = example.expected ?? {}
  const apart = [settings, operation, user, kubernetesVersion, stored].filter((part) => part !== undefined).length
  // The repaired form of an example is what it should be, in its own words.
  return apart * explained + linesOf(manifest).length + (example.side === 'fixed' ? 0 : explained / 2)
}

/** The repaired manifest, or that of the allowed example of the same kind that differs least. */
function rightForm(broken: PageExample, examples: readonly PageExample[]): string | undefined {
  const kind = groupKindOf(broken.example.object)
  const allowed = examples.filter(({ example }) => example.side === 'allowed' && groupKindOf(example.object) === kind)
  return broken.after ?? leastOf(allowed, (one) => distance(broken, one))?.manifest
}

function distance(broken: PageExample, right: PageExample): number {
  const changed = lineDiff(broken.manifest, right.manifest)
    .split('\n')
    .filter((line) => !line.startsWith(' '))
  return changed.length + explained * apartFrom(broken, right)
}

/** In how much of what surrounds it an example differs from another. */
function apartFrom({ example: { expected } }: PageExample, { example: { expected: other } }: PageExample): number {
  const differs = [
    JSON.stringify(expected?.settings) !== JSON.stringify(other?.settings),
    expected?.operation !== other?.operation,
    expected?.user !== other?.user,
    expected?.kubernetesVersion !== other?.kubernetesVersion,
  ]
  return differs.filter(Boolean).length
}

function circumstances({ example, stored }: PageExample): readonly string[] {
  const { settings, operation, user, kubernetesVersion } = example.expected ?? {}
  const around = example.context.map(referenceOf).map(({ kind, name }) => `${kind} ${name}`)
  const json: JsonValue = settings === undefined ? null : JSON.parse(JSON.stringify(settings))
  const facts = [
    ...(operation === 'DELETE' ? ['this object is being deleted'] : []),
    ...(stored === undefined ? [] : ['this is an update of what is stored']),
    ...(user === undefined ? [] : [`asked for by ${user}`]),
    ...(kubernetesVersion === undefined ? [] : [`for Kubernetes ${kubernetesVersion}`]),
    ...(around.length === 0 ? [] : [`in the cluster: ${around.join(', ')}`]),
    ...(settings === undefined ? [] : [`under these settings: ${onOneLine(json)}`]),
  ]
  return facts.map((fact) => `# ${fact}`)
}

function answerLines({ expected }: Example): readonly string[] {
  const { denial, warnings = [], findings = [] } = expected ?? {}
  const told = [...(denial === undefined ? [] : linesOf(denial)), ...warnings]
  return (told.length > 0 ? told : findings.map(({ message }) => message)).flatMap(wrapped)
}

function wrapped(line: string): readonly string[] {
  const text = line.trimStart()
  const indent = ' '.repeat(line.length - text.length)
  return wrap(text, lineWidth - indent.length).map((part) => indent + part)
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n+$/, '').split('\n')
}

function leastOf<T>(items: readonly T[], measure: (item: T) => number): T | undefined {
  const measured = items.map((item) => ({ item, size: measure(item) }))
  return measured.reduce<(typeof measured)[number] | undefined>(
    (least, one) => (least === undefined || one.size < least.size ? one : least),
    undefined,
  )?.item
}
