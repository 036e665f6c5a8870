import { type Example, type Side, sides } from '../examples/example.ts'
import type { JsonValue } from '../kubernetes/json.ts'
import { foldedJson } from './folded-json.ts'
import { lineDiff } from './line-diff.ts'
import { details, fenced } from './markdown.ts'

/** An example and its files as they are written, comments and all. */
export interface PageExample {
  readonly example: Example
  /** The manifest. */
  readonly manifest: string
  /** What is stored (`NAME.old.yaml`), of an update. */
  readonly stored: string | undefined
  /** What look-ups find (`NAME.context.yaml`). */
  readonly context: string | undefined
  /** The repaired manifest (`NAME.after.yaml`), of side `fixed`. */
  readonly after: string | undefined
}

// A page is read for its first examples; the others are there for who wants to know exactly.
const shownInFull = 2

const headings: Readonly<Record<Side, string>> = {
  allowed: 'Allowed',
  denied: 'Refused or warned about',
  fixed: 'Repaired',
}

/** The examples of a policy as Markdown blocks, side by side: the first two of each in full, the others to be opened. */
export function exampleBlocks(examples: readonly PageExample[]): readonly string[] {
  if (examples.length === 0) return []
  const groups = sides.flatMap((side) =>
    sideBlocks(
      headings[side],
      examples.filter(({ example }) => example.side === side),
    ),
  )
  return ['## Examples', ...groups]
}

function sideBlocks(heading: string, examples: readonly PageExample[]): readonly string[] {
  if (examples.length === 0) return []
  const full = examples.slice(0, shownInFull).flatMap((one) => [`#### ${titleOf(one)}`].concat(bodyOf(one)))
  const others = examples.slice(shownInFull).map((one) => details(titleOf(one), bodyOf(one).join('\n\n')))
  return [`### ${heading}`, ...full, ...others]
}

function titleOf({ example: { name } }: PageExample): string {
  const words = name.replaceAll('-', ' ')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

function bodyOf(one: PageExample): readonly string[] {
  const { example, manifest, stored, context, after } = one
  return [
    ...circumstances(example),
    after === undefined ? fenced('yaml', manifest) : fenced('diff', lineDiff(manifest, after)),
    ...(stored === undefined ? [] : [details('What is stored before this update', fenced('yaml', stored))]),
    ...(context === undefined ? [] : [details('What else is in the cluster', fenced('yaml', context))]),
    ...settingsBlocks(example),
    ...answerBlocks(example),
  ]
}

function circumstances({ expected }: Example): readonly string[] {
  const deleted = expected?.operation === 'DELETE' ? ['This object is being deleted.'] : []
  return expected?.user === undefined ? deleted : [...deleted, `Asked for by \`${expected.user}\`.`]
}

function settingsBlocks({ policy, expected }: Example): readonly string[] {
  const { settings: own, kubernetesVersion } = expected ?? {}
  if (own === undefined && kubernetesVersion === undefined) return []
  const policies = own === undefined ? undefined : { [policy]: own }
  const settings: JsonValue = JSON.parse(JSON.stringify({ kubernetesVersion, policies }))
  return ['With these settings in `holdfast.json`:', fenced('json', foldedJson(settings))]
}

function answerBlocks({ expected, side }: Example): readonly string[] {
  if (expected?.findings === undefined) return ['The answer is not written down yet.']
  const { denial, warnings = [], findings } = expected
  const refused = denial === undefined ? [] : ['Refused with this message:', fenced('text', denial)]
  if (warnings.length > 0)
    return [...refused, warningsIntroduction(side, denial, warnings.length), fenced('text', warnings.join('\n'))]
  if (refused.length > 0) return refused
  if (findings.length === 0) return ['Admitted; nothing is said.']
  return [
    'Admitted; nothing is said, but this is recorded:',
    fenced('text', findings.map(({ message }) => message).join('\n')),
  ]
}

function warningsIntroduction(side: Side, denial: string | undefined, count: number): string {
  const what = count === 1 ? 'this warning' : 'these warnings'
  if (denial !== undefined) return `Besides, ${what}:`
  return `${side === 'fixed' ? 'Repaired' : 'Admitted'} with ${what}:`
}
