import { describe, expect, test } from 'vitest'
import { checkReportOf, checkResultOf, problemOf } from '../../test/support/check-report.ts'
import { renderJunit } from './junit.ts'
import type { CheckOutcome, CheckResult } from './result.ts'
import { failed } from './verdict.ts'

const render = (outcome: Partial<CheckOutcome>, duration?: number) =>
  renderJunit(checkReportOf(outcome), { colors: false, version: '1.2.3', duration })

const summary = (line: string) => `<testsuite name="holdfast" tests="1" failures="0" errors="0" skipped="0">
<testcase classname="holdfast" name="check" time="0">
<system-out>${line}</system-out>
</testcase>
</testsuite>
</testsuites>
`

test('a violation, and what an exception covers', () => {
  const results = [
    checkResultOf({ file: './claim.yaml', why: 'it is "why"' }),
    checkResultOf({
      file: './claim.yaml',
      path: '/spec',
      result: 'skip',
      note: 'OPS-1',
      fix: { text: '', patch: undefined },
    }),
  ]
  expect(render({ results }, 0.5)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="holdfast" tests="3" failures="1" errors="0" time="0.500">
<testsuite name="claim.yaml" tests="2" failures="1" errors="0" skipped="1" file="claim.yaml">
<testcase classname="claim-storage-class" name="PersistentVolumeClaim shop/db: spec.storageClassName (allowed)" time="0" file="claim.yaml" line="6">
<failure message="PersistentVolumeClaim shop/db: spec.storageClassName is &quot;fast&quot;; it must be &quot;gold&quot;." type="violation">./claim.yaml:6:3  deny  high
PersistentVolumeClaim shop/db: spec.storageClassName is &quot;fast&quot;; it must be &quot;gold&quot;.
why: it is &quot;why&quot;
fix: set spec.storageClassName to &quot;gold&quot;
docs: https://example.com/classes</failure>
</testcase>
<testcase classname="claim-storage-class" name="PersistentVolumeClaim shop/db: spec (allowed)" time="0" file="claim.yaml" line="6">
<skipped message="PersistentVolumeClaim shop/db: spec.storageClassName is &quot;fast&quot;; it must be &quot;gold&quot;.">./claim.yaml:6:3  skip  high
PersistentVolumeClaim shop/db: spec.storageClassName is &quot;fast&quot;; it must be &quot;gold&quot;.
note: OPS-1
docs: https://example.com/classes</skipped>
</testcase>
</testsuite>
${summary('1 file, 1 object: 1 denied, 1 excepted')}`)
})

test('what could not be read, and templates', () => {
  const problems = [problemOf(), problemOf({ kind: 'template', message: 'render it', line: 12 })]
  expect(render({ problems })).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="holdfast" tests="3" failures="0" errors="1">
<testsuite name="claim.yaml" tests="2" failures="0" errors="1" skipped="1" file="claim.yaml">
<testcase classname="holdfast" name="syntax" time="0" file="claim.yaml" line="9">
<error message="cannot be read as YAML; correct it" type="problem">claim.yaml:9:2  cannot be read as YAML; correct it</error>
</testcase>
<testcase classname="holdfast" name="template" time="0" file="claim.yaml" line="12">
<skipped message="render it">claim.yaml:12:2  render it</skipped>
</testcase>
</testsuite>
${summary('1 file, 1 object: 1 problem, 1 template passed over')}`)
})

test('a run without findings is one test that passed', () => {
  expect(render({})).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="holdfast" tests="1" failures="0" errors="0">
${summary('1 object in 1 file: no violations')}`)
})

test('tests that would have one name are numbered within their file', () => {
  const results = [checkResultOf(), checkResultOf({ line: 9 }), checkResultOf({ file: 'b.yaml' })]
  const names = [...render({ results }).matchAll(/ name="(PersistentVolumeClaim[^"]*)"/g)].map(([, name]) => name)
  const name = 'PersistentVolumeClaim shop/db: spec.storageClassName (allowed)'
  expect(names).toEqual([name, `${name} #2`, name])
})

describe('fails where the run does', () => {
  const actions = ['deny', 'fix', 'warn', 'audit'] as const
  const results = ['fail', 'warn', 'error', 'skip'] as const
  const cases = actions.flatMap((action) => results.map((result): Partial<CheckResult> => ({ action, result })))

  test.each(cases)('%j', (more) => {
    const report = checkReportOf({ results: [checkResultOf(more)] })
    const xml = renderJunit(report, { colors: false, version: '1.2.3' })
    expect(/<failure|<error/.test(xml)).toBe(failed(report, 'deny'))
    expect(/<testsuites [^>]*failures="0" errors="0"/.test(xml)).toBe(!failed(report, 'deny'))
  })
})
