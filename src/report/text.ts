import { sentence } from '../engine/message.ts'
import { lineOf } from '../manifest/excerpt.ts'
import type { ManifestProblem } from '../manifest/manifest.ts'
import type { Placed } from '../offline/place.ts'
import { keyColumn } from './conceal.ts'
import { codeFrame } from './frame.ts'
import { type Level, levelOf } from './level.ts'
import { ansi, type Color, type Paint, plain } from './paint.ts'
import { printable } from './printable.ts'
import type { RenderOptions } from './renderer.ts'
import type { CheckReport, CheckResult } from './result.ts'
import { secretLines } from './secret-lines.ts'
import { statement } from './statement.ts'
import { closingLines, countsOf, summaryLine } from './summary.ts'
import { wrap } from './wrap.ts'

const colors: Readonly<Record<Level | 'problem', Color>> = {
  deny: 'red',
  fix: 'red',
  error: 'red',
  problem: 'red',
  warn: 'yellow',
  note: 'blue',
  skip: 'dim',
}

// Longer lines of text are hard to read, however wide the terminal is.
const widest = 120

interface Style {
  readonly paint: Paint
  readonly width: number | undefined
}

/**
 * Writes a report for people: file by file each violation with its place, code frame, fix and documentation, and the
 * documents that could not be read; then what was passed over, what can be repaired, and one line of numbers. A report
 * without findings is that one line.
 */
export function renderText(report: CheckReport, { colors: isPainted, width, duration }: RenderOptions): string {
  const paint = isPainted ? ansi : plain
  const style = { paint, width: width === undefined ? undefined : Math.min(width, widest) }
  const results = Map.groupBy(report.results, ({ file }) => file)
  const problems = Map.groupBy(report.problems, ({ file }) => file)
  const blocks = [...new Set([...results.keys(), ...problems.keys()])].flatMap((file) =>
    fileBlocks(file, results.get(file) ?? [], problems.get(file) ?? [], style),
  )
  const isClean = report.results.length === 0 && report.problems.length === 0
  const time = duration === undefined ? '' : paint('dim', ` (${duration.toFixed(2)} s)`)
  const closing = [
    ...closingLines(report).flatMap((line) => wrap(line, style.width)),
    paint(isClean ? 'green' : 'bold', summaryLine(report)) + time,
  ]
  return `${[...blocks, closing.join('\n')].join('\n\n')}\n`
}

function fileBlocks(
  file: string,
  results: readonly CheckResult[],
  problems: readonly ManifestProblem[],
  style: Style,
): readonly string[] {
  const counts = countsOf({ results, problems, templates: [] }).join(', ')
  const header = `${style.paint('title', printable(file))}  ${style.paint('dim', counts)}`
  const hidden = secretLines(results)
  const linked = new Set<string>()
  const found = results.map((result, index) => {
    const [link] = result.links
    const docs = link === undefined || linked.has(link) ? undefined : link
    if (docs !== undefined) linked.add(docs)
    return { place: result, text: finding(result, { hidden, last: results[index - 1], docs }, style) }
  })
  const unreadable = problems.map((problem) => ({ place: problem, text: problemBlock(problem, style) }))
  const blocks = [...unreadable, ...found].toSorted(
    ({ place: left }, { place: right }) => left.line - right.line || left.column - right.column,
  )
  return [header, ...blocks.map(({ text }) => text)]
}

/** What surrounds a finding. */
interface Setting {
  /** The lines that must not be shown. */
  readonly hidden: ReadonlySet<number>
  /** The finding before it in the file: what that one has shown already is not shown again. */
  readonly last: CheckResult | undefined
  /** Its documentation, where no finding before it has named it. */
  readonly docs: string | undefined
}

function finding(result: CheckResult, { hidden, last, docs }: Setting, style: Style): string {
  const { line, column, why, fix, note, policy, severity } = result
  const level = levelOf(result)
  const head = [
    `${headline(result, level, style)}  ${severity}  ${printable(policy)}`,
    ...indented(statement(result), '  ', style),
  ]
  if (level === 'skip') return [...head, ...detail('note', note, style)].join('\n')
  const isFramed = last?.line === line && last.column === column && levelOf(last) !== 'skip'
  const frame = isFramed
    ? []
    : codeFrame(result, { ...style, color: colors[level], concealed: hidden.has(line), hidden })
  const details = [
    ...detail('why', why, style),
    ...detail('fix', fix.text, style),
    ...detail('note', note, style),
    ...(docs === undefined ? [] : [docsLine(docs, style)]),
  ]
  return [...head, ...frame, ...details].join('\n')
}

function headline({ file, line, column }: Placed, level: Level | 'problem', { paint }: Style): string {
  const where = paint('dim', printable(file)) + paint('bold', `:${line}:${column}`)
  return `${where}  ${paint(colors[level], level)}`
}

function indented(text: string, indent: string, { width }: Style): readonly string[] {
  return wrap(printable(text), width === undefined ? undefined : width - indent.length).map((line) => indent + line)
}

function detail(label: string, text: string | undefined, style: Style): readonly string[] {
  if (text === undefined || text === '') return []
  const [first = '', ...rest] = indented(text, '        ', style)
  return [`  ${style.paint('cyan', label.padEnd(4))}  ${first.trimStart()}`, ...rest]
}

function docsLine(link: string, { paint }: Style): string {
  return `  ${paint('cyan', 'docs')}  ${paint('dim', printable(link))}`
}

function problemBlock(problem: Placed & ManifestProblem, style: Style): string {
  const head = [headline(problem, 'problem', style), ...indented(sentence(problem.message), '  ', style)]
  // Whether the line holds a secret cannot be known here: only its key is shown, if it has one.
  const key = keyColumn(lineOf(problem.excerpt, problem.line) ?? '')
  if (key === undefined) return head.join('\n')
  const frame = codeFrame({ ...problem, column: key + 1 }, { ...style, color: 'red', concealed: true })
  return [...head, ...frame].join('\n')
}
