import { sentence } from '../engine/message.ts'
import type { ManifestProblem } from '../manifest/manifest.ts'
import { severities } from '../policy/action.ts'
import { repositoryPath } from './file-path.ts'
import { markLength } from './frame.ts'
import { printable } from './printable.ts'
import { type CheckReport, type CheckResult, isAudited } from './result.ts'
import { secretLines } from './secret-lines.ts'
import { placeText, statement } from './statement.ts'
import { closingLines, count, summaryLine, templatesLines } from './summary.ts'
import { isDenial } from './verdict.ts'

/** The commands that annotate, worst first. */
const commands = ['error', 'warning', 'notice'] as const
type Command = (typeof commands)[number]

/** One annotation before it is written as a command. */
interface Annotation {
  readonly command: Command
  readonly properties: Readonly<Record<string, string | number>>
  readonly lines: readonly string[]
}

// GitHub shows no more of each in a step; the log has all of them (docs/problem-matchers.md of actions/toolkit).
const shownOfEach = 10

/**
 * Writes a report as workflow commands of GitHub Actions, which become annotations of a pull request's lines: the worst
 * first, for GitHub shows only ten of each kind. Then, for the log, what was passed over, what can be repaired and one
 * line of numbers. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function renderGithub(report: CheckReport): string {
  const { problems, templates, results } = report
  const lines = new Map(
    [...Map.groupBy(results, ({ file }) => file)].map(([file, own]) => [file, secretLines(own)] as const),
  )
  const isHidden = ({ file, line }: CheckResult) => lines.get(file)?.has(line) === true
  const annotations = [
    ...problems.map(problemAnnotation),
    ...templatesAnnotation(templates, templatesLines(templates)),
    ...worstFirst(results).flatMap((result) => resultAnnotation(result, isHidden(result))),
  ]
  const ordered = commands.flatMap((command) => annotations.filter((annotation) => annotation.command === command))
  const log = [...notShown(annotations), ...closingLines({ ...report, templates: [] }), summaryLine(report)]
  return `${[...ordered.map(written), ...log].join('\n')}\n`
}

function worstFirst(results: readonly CheckResult[]): readonly CheckResult[] {
  return severities.flatMap((severity) => results.filter((result) => result.severity === severity))
}

function resultAnnotation(result: CheckResult, isHidden: boolean): readonly Annotation[] {
  const command = commandOf(result)
  if (command === undefined) return []
  const { policy, severity, why, fix, note, links } = result
  const details = { Why: why, Note: note, Fix: fix.text, Docs: links[0] }
  return [
    {
      command,
      properties: { ...placeProperties(result, markLength(result, isHidden)), title: `${policy} (${severity})` },
      lines: [
        statement(result),
        ...Object.entries(details).flatMap(([label, text]) =>
          text === undefined || text === '' ? [] : [`${label}: ${text}`],
        ),
        // The log shows the message alone.
        `${placeText(result)} ${policy}`,
      ],
    },
  ]
}

function commandOf(result: CheckResult): Command | undefined {
  if (result.result === 'skip') return undefined
  if (isAudited(result)) return 'notice'
  return isDenial(result) ? 'error' : 'warning'
}

function problemAnnotation(problem: ManifestProblem): Annotation {
  const lines = [sentence(problem.message), placeText(problem)]
  return { command: 'error', properties: { ...placeProperties(problem), title: 'cannot be judged' }, lines }
}

/** All templates in one notice, at the first of them. */
function templatesAnnotation([first]: readonly ManifestProblem[], lines: readonly string[]): readonly Annotation[] {
  if (first === undefined) return []
  return [{ command: 'notice', properties: { ...placeProperties(first), title: 'not judged' }, lines }]
}

/** Nothing of standard input: an annotation without a file belongs to the whole run. */
function placeProperties(
  { file, line, column }: Pick<ManifestProblem, 'file' | 'line' | 'column'>,
  length?: number,
): Annotation['properties'] {
  if (file.startsWith('<')) return {}
  const end = length === undefined ? {} : { endColumn: column + length }
  return { file: printable(repositoryPath(file)), line, col: column, ...end }
}

function notShown(annotations: readonly Annotation[]): readonly string[] {
  const left = commands.flatMap((command) => {
    const rest = annotations.filter((annotation) => annotation.command === command).length - shownOfEach
    return rest > 0 ? [count(rest, command)] : []
  })
  return left.length === 0
    ? []
    : [`In this log only, for GitHub annotates ${shownOfEach} of each kind in a step: ${left.join(', ')}.`]
}

function written({ command, properties, lines }: Annotation): string {
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`)
  return `::${command} ${pairs.join(',')}::${escapedData(lines.map(printable).join('\n'))}`
}

// As escapeData and escapeProperty of actions/toolkit, packages/core/src/command.ts.
function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
