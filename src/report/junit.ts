import { describeResource } from '../engine/message.ts'
import { fieldPath } from '../kubernetes/pointer.ts'
import type { ManifestProblem } from '../manifest/manifest.ts'
import { repositoryPath } from './file-path.ts'
import { levelOf } from './level.ts'
import type { RenderOptions } from './renderer.ts'
import type { CheckReport, CheckResult } from './result.ts'
import { placeText, statement } from './statement.ts'
import { summaryLine } from './summary.ts'
import { isDenial } from './verdict.ts'
import { type XmlElement, xmlElement } from './xml.ts'

/** How a test ended; with `--fail-on deny`, the default, a run fails where one failed or broke. */
type Outcome = 'passed' | 'failures' | 'errors' | 'skipped'

interface TestCase {
  /** What GitLab and Jenkins group by: the policy. */
  readonly group: string
  /** The object, the field and the rule; no line, so that readers find the test again after an edit elsewhere. */
  readonly name: string
  readonly file: string | undefined
  readonly line: number | undefined
  readonly outcome: Outcome
  readonly headline: string
  /** What there is to say of it, line by line. */
  readonly text: readonly string[]
}

const ownGroup = 'holdfast'

/**
 * Writes a report as JUnit XML, for the test reports of GitLab, Jenkins and GitHub: a suite for each file with findings,
 * a test for each finding. What would be refused or patched has failed; a warning, and what is only audited, has passed
 * and says so in its output; what an exception covers, and a template, was skipped; a document that could not be read
 * is an error. One more test, which has always passed, says what was checked: a report without tests is a mistake to
 * Jenkins.
 */
export function renderJunit(report: CheckReport, { duration }: RenderOptions): string {
  const cases = [
    ...report.results.map(resultCase),
    ...report.problems.map((problem) => problemCase(problem, 'errors')),
    ...report.templates.map((template) => problemCase(template, 'skipped')),
  ]
  const files = Map.groupBy(cases, ({ file }) => file ?? '')
  const suites = [...files].map(([file, found]) => suite(file, found))
  const all = [...cases, summaryCase(report)]
  const { tests, failures, errors } = tally(all)
  const written = xmlElement({
    name: 'testsuites',
    attributes: { name: ownGroup, tests, failures, errors, time: duration?.toFixed(3) },
    children: [...suites, suite(undefined, [summaryCase(report)])],
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written}\n`
}

function resultCase(result: CheckResult): TestCase {
  const { policy, rule, resource, path, file, line, why, fix, note, links } = result
  const details: readonly (readonly [string, string | undefined])[] = [
    ['why', why],
    ['fix', fix.text === '' ? undefined : fix.text],
    ['note', note],
    ['docs', links[0]],
  ]
  const told = details.flatMap(([label, text]) => (text === undefined ? [] : [`${label}: ${text}`]))
  return {
    group: policy,
    name: `${describeResource(resource)}: ${fieldPath(path)} (${rule})`,
    file,
    line,
    outcome: outcomeOf(result),
    headline: statement(result),
    text: [`${placeText(result)}  ${levelOf(result)}  ${result.severity}`, statement(result), ...told],
  }
}

function outcomeOf(result: CheckResult): Outcome {
  if (result.result === 'skip') return 'skipped'
  if (!isDenial(result)) return 'passed'
  return result.result === 'error' ? 'errors' : 'failures'
}

function problemCase(problem: ManifestProblem, outcome: 'errors' | 'skipped'): TestCase {
  const { kind, file, line, message } = problem
  return {
    group: ownGroup,
    name: kind,
    file,
    line,
    outcome,
    headline: message,
    text: [`${placeText(problem)}  ${message}`],
  }
}

function summaryCase(report: CheckReport): TestCase {
  const line = summaryLine(report)
  return {
    group: ownGroup,
    name: 'check',
    file: undefined,
    line: undefined,
    outcome: 'passed',
    headline: line,
    text: [line],
  }
}

function suite(file: string | undefined, cases: readonly TestCase[]): string {
  const path = file === undefined ? undefined : repositoryPath(file)
  return xmlElement({
    name: 'testsuite',
    attributes: { name: path ?? ownGroup, ...tally(cases), file: path },
    children: unique(cases).map(testCase),
  })
}

function tally(cases: readonly TestCase[]): Readonly<Record<Exclude<Outcome, 'passed'> | 'tests', number>> {
  const of = (outcome: Outcome): number => cases.filter((test) => test.outcome === outcome).length
  return { tests: cases.length, failures: of('failures'), errors: of('errors'), skipped: of('skipped') }
}

/** Tests with names of their own: of those that have the same, GitLab reads the first only. */
function unique(cases: readonly TestCase[]): readonly TestCase[] {
  const seen = new Map<string, number>()
  return cases.map((test) => {
    const key = `${test.group}\n${test.name}`
    const number = (seen.get(key) ?? 0) + 1
    seen.set(key, number)
    return number === 1 ? test : { ...test, name: `${test.name} #${number}` }
  })
}

function testCase({ group, name, file, line, outcome, headline, text }: TestCase): string {
  return xmlElement({
    name: 'testcase',
    attributes: {
      classname: group,
      name,
      // No single finding can be timed, but some readers want a number.
      time: '0',
      file: file === undefined ? undefined : repositoryPath(file),
      line,
    },
    children: [xmlElement(outcomeElement(outcome, headline, text))],
  })
}

function outcomeElement(outcome: Outcome, message: string, text: readonly string[]): XmlElement {
  switch (outcome) {
    case 'passed':
      return { name: 'system-out', text }
    case 'skipped':
      return { name: 'skipped', attributes: { message }, text }
    case 'failures':
      return { name: 'failure', attributes: { message, type: 'violation' }, text }
    case 'errors':
      return { name: 'error', attributes: { message, type: 'problem' }, text }
    default:
      return outcome satisfies never
  }
}
