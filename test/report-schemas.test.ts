import { join } from 'node:path'
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { renderers } from '../src/report/renderers.ts'
import type { CheckOutcome, CheckResult } from '../src/report/result.ts'
import { checkReportOf, checkResultOf, problemOf } from './support/check-report.ts'
import { run } from './support/command-line.ts'
import { gitlabProblems, junitProblems, sarifProblems, type Validate } from './support/report-schemas.ts'
import { seedFolder } from './support/seed-findings.ts'

const formats: readonly (readonly [name: string, validate: Validate])[] = [
  ['sarif', sarifProblems],
  ['gitlab', gitlabProblems],
  ['junit', junitProblems],
]

const seeds = readdirSync(seedFolder).filter((file) => file.endsWith('.yaml'))

const odd = {
  'control characters': 'a\u0000b\u0007\u001b[31mc\u007f\u0085\r\n\td',
  quotes: `"'\`<![CDATA[&amp;]]>--><!-- </failure>`,
  'what is no character': '\ud800 \udfff \ufffe \uffff',
  'characters beyond the first plane': '🐘 𝒳 ﷽',
  'what hides or turns text': '\u202e\u2066\u200b\ufeff\u2028',
  'placeholders and links': '{0} {{x}} [a](1) %s %25 [[ATTACHMENT|/etc/passwd]]',
  nothing: '',
}

const files = ['a b.yaml', '100%.yaml', '#1/c?d.yaml', 'größe/🐘.yaml', './x/../y.yaml', '/srv/a&b.yaml', '<stdin>']

/** A report in which a text stands wherever a manifest or a policy could have it. */
function reportWith(text: string, file = text): Partial<CheckOutcome> {
  const position = { line: 3, column: 5 }
  const result: Partial<CheckResult> = {
    file,
    excerpt: { first: 6, lines: [text] },
    resource: { apiVersion: text, kind: text, namespace: text, name: text },
    path: `/${text.replaceAll(/[~/]/g, '')}/0`,
    message: text,
    problem: text,
    actual: text,
    expected: [text],
    why: text,
    note: text,
    fix: { text, patch: undefined },
    links: [text],
    edits: [{ offset: 1, length: 2, text, start: position, end: position }],
  }
  const results = (['fail', 'warn', 'error', 'skip'] as const).flatMap((outcome) =>
    (['deny', 'audit'] as const).map((action) => checkResultOf({ ...result, result: outcome, action })),
  )
  const problems = (['syntax', 'template'] as const).map((kind) => problemOf({ file, kind, message: `x${text}` }))
  return { results, problems }
}

function render(format: string, outcome: Partial<CheckOutcome>): string {
  const renderer = renderers.find(({ name }) => name === format)
  return renderer?.render(checkReportOf(outcome), { colors: false, version: '1.2.3', duration: 1234.5 }) ?? ''
}

describe.each(formats)('%s is valid', (format, validate) => {
  it.each(seeds)('for %s', async (file) => {
    const { out } = await run(['check', '--format', format, join(seedFolder, file)])
    expect(await validate(out)).toEqual([])
  })

  it('for standard input in the strict profile', async () => {
    const { out } = await run(
      ['check', '--format', format, '--profile', 'strict', '-'],
      'a: b: c\n---\nkind: {{ .x }}\n',
    )
    expect(await validate(out)).toEqual([])
  })

  it.each(Object.entries(odd))('with %s', async (_what, text) => {
    expect(await validate(render(format, reportWith(text, `x${text}`)))).toEqual([])
  })

  it.each(files)('for a file named %s', async (file) => {
    expect(await validate(render(format, reportWith('x', file)))).toEqual([])
  })

  it('for a run without findings', async () => expect(await validate(render(format, {}))).toEqual([]))
})

describe('the schemas refuse', () => {
  it.each<[string, Validate, string, RegExp, string]>([
    ['a level that SARIF does not know', sarifProblems, 'sarif', /"level": "error"/, '"level": "fatal"'],
    ['a space in a URI', sarifProblems, 'sarif', /"uri": "claim/, '"uri": "a claim'],
    ['a severity that GitLab does not know', gitlabProblems, 'gitlab', /"critical"/, '"high"'],
    ['an outcome that Jenkins does not know', junitProblems, 'junit', /<(\/?)failure/g, '<$1violation'],
    ['a control character', junitProblems, 'junit', /violation/, '\u001b'],
  ])('%s', async (_what, validate, format, from, to) => {
    const report = render(format, { results: [checkResultOf()] })
    expect(await validate(report)).toEqual([])
    expect(await validate(report.replace(from, to))).not.toEqual([])
  })
})
