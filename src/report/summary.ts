import { canRepair } from '../engine/decide.ts'
import type { ManifestProblem } from '../manifest/manifest.ts'
import { type Level, levelOf } from './level.ts'
import { printable } from './printable.ts'
import { placeText } from './statement.ts'
import type { CheckReport, CheckResult } from './result.ts'

/** A number and its noun: `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** The last line of a report: `2 files, 7 objects: 3 denied, 1 warning`, or that there are no violations. */
export function summaryLine(report: CheckReport): string {
  const { files, objects } = report.summary
  const counts = countsOf(report)
  return counts.length > 0
    ? `${count(files, 'file')}, ${count(objects, 'object')}: ${counts.join(', ')}`
    : `${count(objects, 'object')} in ${count(files, 'file')}: no violations`
}

/** What there is of each kind, worst first: `3 denied`, `1 to fix`, …; nothing of what there is none. */
export function countsOf({
  results,
  problems,
  templates,
}: Pick<CheckReport, 'results' | 'problems' | 'templates'>): readonly string[] {
  const levels = Map.groupBy(results, levelOf)
  const of = (level: Level) => levels.get(level)?.length ?? 0
  const counts: readonly (readonly [number, string])[] = [
    [of('deny'), `${of('deny')} denied`],
    [of('fix'), `${of('fix')} to fix`],
    [of('warn'), count(of('warn'), 'warning')],
    [of('error'), count(of('error'), 'error')],
    [of('note'), `${of('note')} audited`],
    [of('skip'), `${of('skip')} excepted`],
    [problems.length, count(problems.length, 'problem')],
    [templates.length, `${count(templates.length, 'template')} passed over`],
  ]
  return counts.filter(([number]) => number > 0).map(([, words]) => words)
}

/** How many violations `holdfast fix` repairs. */
export function repairable(results: readonly CheckResult[]): number {
  return results.filter(({ result, fix }) => result !== 'skip' && canRepair(fix)).length
}

/** What else a report has to say in a line each: what was passed over, and what can be repaired. */
export function closingLines({
  templates,
  results,
  summary,
}: Pick<CheckReport, 'templates' | 'results' | 'summary'>): readonly string[] {
  const repairs = repairable(results)
  return [
    ...templatesLines(templates),
    ...(summary.ignored === 0 ? [] : [`${count(summary.ignored, 'file')} left out by .holdfastignore`]),
    ...(repairs === 0 ? [] : [`${repairs} can be repaired: holdfast fix --diff`]),
  ]
}

const namedTemplates = 3

/** A line for each reason why templates were passed over: how many, where the first are, and what to do. */
export function templatesLines(templates: readonly ManifestProblem[]): readonly string[] {
  return [...Map.groupBy(templates, ({ message }) => message)].map(([message, group]) => {
    const places = group.slice(0, namedTemplates).map(placeText)
    const rest = group.length - places.length
    const named = places.join(', ') + (rest > 0 ? ` and ${rest} more` : '')
    return `${count(group.length, 'template')} passed over (${named}): ${printable(message)}`
  })
}
