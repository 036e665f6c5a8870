import type { ManifestProblem } from '../manifest/manifest.ts'
import { changeOf } from './change.ts'
import { type Level, levelOf } from './level.ts'
import { codeSpan, fenced, literal } from './markdown.ts'
import { printable } from './printable.ts'
import type { CheckReport, CheckResult } from './result.ts'
import { secretLines } from './secret-lines.ts'
import { placeText, statement } from './statement.ts'
import { count, countsOf, repairable } from './summary.ts'
import { isDenial } from './verdict.ts'

/** By which a program finds its comment again, to update it instead of writing another one. */
const marker = '<!-- holdfast -->'

// What GitHub takes as the body of a comment; it refuses a longer one whole.
const mostCharacters = 65_536
// For the line that counts the rest.
const restCharacters = 100

// A `<br>` would be a second one on GitHub, where a line of a comment ends where it ends in the text.
const lineBreak = '\\\n'

/** A list of items that may be cut; folded, it opens on a click. */
interface Section {
  readonly title: string
  readonly isFolded: boolean
  readonly items: readonly string[]
}

/**
 * Writes a report as Markdown for a comment at a pull request: what would be refused, with the fix; folded, what would
 * not. At most 65,536 characters: what does not fit is counted.
 */
export function renderMarkdown(report: CheckReport): string {
  const { results, problems, templates, summary } = report
  const counts = countsOf(report)
  const repairs = repairable(results)
  const about = `${count(summary.objects, 'object')} in ${count(summary.files, 'file')}.`
  const advice = repairs === 0 ? '' : ` ${repairs} can be repaired: \`holdfast fix --diff\` shows how.`
  const head = `${marker}\n### Holdfast: ${counts.length === 0 ? 'no violations' : counts.join(', ')}\n\n${about}${advice}\n`
  const denials = results.filter(isDenial)
  const rest = Map.groupBy(
    results.filter((result) => !isDenial(result)),
    (result) => foldOf(levelOf(result)),
  )
  return fitted(head, [
    { title: 'Cannot be judged', isFolded: false, items: problems.map(problemItem) },
    { title: countsText(denials), isFolded: false, items: itemsOf(denials) },
    ...folds.map((fold) => folded(rest.get(fold) ?? [])),
    {
      title: `${count(templates.length, 'template')} passed over: they can be judged once they are rendered`,
      isFolded: true,
      items: templates.map((template) => `- ${codeSpan(placeText(template))}`),
    },
  ])
}

/** What is folded, each apart: what is only told (warnings, rules that could not be evaluated), audited, excepted. */
const folds = ['told', 'audited', 'excepted'] as const

function foldOf(level: Level): (typeof folds)[number] {
  if (level === 'note') return 'audited'
  return level === 'skip' ? 'excepted' : 'told'
}

function folded(results: readonly CheckResult[]): Section {
  return { title: countsText(results), isFolded: true, items: itemsOf(results) }
}

function countsText(results: readonly CheckResult[]): string {
  return countsOf({ results, problems: [], templates: [] }).join(', ')
}

/** The items of results, the first of each file under its name. */
function itemsOf(results: readonly CheckResult[]): readonly string[] {
  return [...Map.groupBy(results, ({ file }) => file)].flatMap(([file, own]) => {
    const secret = secretLines(own)
    return own.map((result, index) => {
      const heading = index === 0 ? `**${codeSpan(printable(file))}**\n\n` : ''
      return heading + resultItem(result, secret)
    })
  })
}

function resultItem(result: CheckResult, secret: ReadonlySet<number>): string {
  const { severity, why, note, fix } = result
  const change = changeOf(result, secret)
  const isExcepted = result.result === 'skip'
  const lines = [
    `- ${codeSpan(placeText(result))} **${levelOf(result)}** ${severity} ${policyLink(result)}`,
    `  ${literal(statement(result))}`,
    ...(isExcepted ? [] : labelled('Why', why)),
    ...labelled('Note', note),
    ...(isExcepted ? [] : labelled('Fix', fix.text)),
  ]
  const block = change === undefined || isExcepted ? '' : `\n\n${indented(fenced('diff', change))}`
  return lines.join(lineBreak) + block
}

function labelled(label: string, text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : [`  **${label}:** ${literal(printable(text))}`]
}

function policyLink({ policy, links }: CheckResult): string {
  const [link = ''] = links
  const name = literal(printable(policy))
  return /^https?:\/\/[^\s<>()]+$/.test(link) ? `[${name}](${link})` : name
}

function problemItem(problem: ManifestProblem): string {
  return `- ${codeSpan(placeText(problem))}${lineBreak}  ${literal(printable(problem.message))}.`
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}

/** As many items as there is room for, from the first; then how many were left out. */
function fitted(head: string, sections: readonly Section[]): string {
  let text = head
  let left = 0
  for (const { title, isFolded, items } of sections.filter((section) => section.items.length > 0)) {
    const open = isFolded ? `\n<details>\n<summary>${title}</summary>\n` : `\n#### ${title}\n`
    const close = isFolded ? '\n</details>\n' : ''
    let body = ''
    for (const item of items) {
      const more = `${body}\n${item}\n`
      const size = text.length + open.length + more.length + close.length
      if (left === 0 && size <= mostCharacters - restCharacters) body = more
      else left += 1
    }
    if (body !== '') text += open + body + close
  }
  return left === 0 ? text : `${text}\n+${left} more: \`holdfast check\` shows them all.\n`
}
