import type { JsonValue } from '../kubernetes/json.ts'
import type { ManifestProblem } from '../manifest/manifest.ts'
import { keyColumn } from './conceal.ts'
import { codeFrame } from './frame.ts'
import { ansi, type Color, type Paint, plain } from './paint.ts'
import { printable } from './printable.ts'
import type { RenderOptions } from './renderer.ts'
import { type CheckReport, type CheckResult, type CheckSummary, isAudited } from './result.ts'

/** What a finding is called in the text, and its colour. */
interface Level {
  readonly word: string
  readonly color: Color
}

/**
 * Writes a report for people: file by file each violation with its place, code frame, fix and documentation, then
 * the documents that could not be read, then one line of numbers. A report without findings is that one line.
 */
export function renderText(report: CheckReport, options: RenderOptions): string {
  const paint = options.colors ? ansi : plain
  const linesOf = sourceLines(options.sources)
  const results = Map.groupBy(report.results, ({ file }) => file)
  const problems = Map.groupBy(report.problems, ({ file }) => file)
  const blocks = [...new Set([...results.keys(), ...problems.keys()])].flatMap((file) => {
    const own = results.get(file) ?? []
    const hidden = new Set(
      own.filter((result) => isSecret(result, linesOf(file)[result.line - 1])).map(({ line }) => line),
    )
    const found = own.map((result) => finding(result, hidden, linesOf, paint))
    return found.concat(problems.get(file)?.map((problem) => problemBlock(problem, linesOf, paint)) ?? [])
  })
  return `${[...blocks, summaryLine(report, options.duration, paint)].join('\n\n')}\n`
}

type LinesOf = (file: string) => readonly string[]

function sourceLines(sources: RenderOptions['sources']): LinesOf {
  const known = new Map<string, readonly string[]>()
  return (file) => {
    const lines = known.get(file) ?? linesIn(sources(file))
    known.set(file, lines)
    return lines
  }
}

function linesIn(source: string | undefined): readonly string[] {
  // A byte order mark is no part of the first line: positions do not count it either.
  return source?.replace(/^\uFEFF/, '').split(/\r?\n/) ?? []
}

function finding(result: CheckResult, hidden: ReadonlySet<number>, linesOf: LinesOf, paint: Paint): string {
  const head = headline(result, levelOf(result), `${result.severity}  ${result.message}`, paint)
  if (result.result === 'skip') return [head, ...detail('note', result.note, paint)].join('\n')
  const lines = linesOf(result.file)
  const concealed = hidden.has(result.line)
  const frame = codeFrame(lines, result, { paint, concealed, hidden })
  const details = [
    ...detail('why', result.why, paint),
    ...detail('fix', result.fix.text, paint),
    ...detail('note', result.note, paint),
    ...result.links.slice(0, 1).flatMap((link) => detail('docs', link, paint)),
  ]
  return [head, ...frame, ...details].join('\n')
}

function headline(place: CheckResult | ManifestProblem, level: Level, text: string, paint: Paint): string {
  const where = `${printable(place.file)}:${place.line}:${place.column}`
  return `${paint('bold', where)}  ${paint(level.color, level.word)}  ${printable(text)}`
}

function detail(label: string, text: string | undefined, paint: Paint): readonly string[] {
  return text === undefined || text === '' ? [] : [`  ${paint('cyan', `${label}:`.padEnd(5))} ${printable(text)}`]
}

function levelOf(result: CheckResult): Level {
  if (isAudited(result)) return { word: 'note', color: 'blue' }
  switch (result.result) {
    case 'fail':
      return result.action === 'fix' ? { word: 'fix', color: 'red' } : { word: 'deny', color: 'red' }
    case 'warn':
      return { word: 'warn', color: 'yellow' }
    case 'error':
      return { word: 'error', color: 'red' }
    case 'skip':
      return { word: 'skip', color: 'dim' }
    default:
      return result.result satisfies never
  }
}

/**
 * Whether the source at a finding must not be shown. A finding hides a secret by describing the value instead of
 * giving it: its `actual` is then a text that does not stand on the line. Nothing of a Secret is shown in any case.
 */
function isSecret(result: CheckResult, line: string | undefined): boolean {
  if (result.resource.kind === 'Secret') return true
  return typeof result.actual === 'string' && line !== undefined && !standsOn(line, result.actual)
}

function standsOn(line: string, value: JsonValue & string): boolean {
  return line.includes(value) || line.includes(JSON.stringify(value))
}

function problemBlock(problem: ManifestProblem, linesOf: LinesOf, paint: Paint): string {
  const head = headline(problem, { word: 'problem', color: 'red' }, problem.message, paint)
  const lines = linesOf(problem.file)
  // Whether the line holds a secret cannot be known here: only its key is shown, if it has one.
  const key = keyColumn(lines[problem.line - 1] ?? '')
  if (key === undefined) return head
  const place = { line: problem.line, column: key + 1 }
  return [head, ...codeFrame(lines, place, { paint, concealed: true })].join('\n')
}

function summaryLine({ summary, results, problems }: CheckReport, duration: number | undefined, paint: Paint): string {
  const time = duration === undefined ? '' : paint('dim', ` (${duration.toFixed(2)} s)`)
  const counts = countsOf(summary, results, problems)
  if (counts.length > 0) {
    return `${count(summary.files, 'file')}, ${count(summary.objects, 'object')}: ${counts.join(', ')}${time}`
  }
  return `${count(summary.objects, 'object')} in ${count(summary.files, 'file')}: no violations${time}`
}

function countsOf(
  summary: CheckSummary,
  results: readonly CheckResult[],
  problems: readonly ManifestProblem[],
): readonly string[] {
  const fixes = results.filter(({ result, action }) => result === 'fail' && action === 'fix').length
  const counts: readonly (readonly [number, string])[] = [
    [summary.fail - fixes, `${summary.fail - fixes} denied`],
    [fixes, `${fixes} to fix`],
    [summary.warn, count(summary.warn, 'warning')],
    [summary.error, count(summary.error, 'error')],
    [summary.audited, `${summary.audited} audited`],
    [summary.skip, `${summary.skip} excepted`],
    [problems.length, count(problems.length, 'problem')],
  ]
  return counts.filter(([number]) => number > 0).map(([, words]) => words)
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
