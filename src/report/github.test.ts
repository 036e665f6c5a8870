import { describe, expect, test } from 'vitest'
import { checkReportOf, checkResultOf, problemOf } from '../../test/support/check-report.ts'
import { renderGithub } from './github.ts'
import type { CheckOutcome, CheckResult } from './result.ts'

const lines = (outcome: Partial<CheckOutcome>) => renderGithub(checkReportOf(outcome)).split('\n').slice(0, -1)
const only = (result: Partial<CheckResult>) => lines({ results: [checkResultOf(result)] })[0]
const resultsOf = (number: number, more: Partial<CheckResult> = {}) =>
  Array.from({ length: number }, () => checkResultOf(more))

describe('renderGithub', () => {
  test('a denial', () => {
    expect(lines({ results: [checkResultOf({ why: 'w', note: 'n' })] })).toEqual([
      '::error file=claim.yaml,line=6,col=3,endColumn=19,title=claim-storage-class (high)' +
        '::PersistentVolumeClaim shop/db: spec.storageClassName is "fast"; it must be "gold".' +
        '%0AWhy: w%0ANote: n%0AFix: set spec.storageClassName to "gold"%0ADocs: https://example.com/classes' +
        '%0Aclaim.yaml:6:3 claim-storage-class',
      '1 file, 1 object: 1 denied',
    ])
  })

  test.each([
    [{ action: 'deny', result: 'fail' }, 'error'],
    [{ action: 'fix', result: 'fail' }, 'error'],
    [{ action: 'deny', result: 'error' }, 'error'],
    [{ action: 'warn', result: 'error' }, 'warning'],
    [{ action: 'deny', result: 'warn' }, 'warning'],
    [{ action: 'audit', result: 'fail' }, 'notice'],
  ] as const)('%j is an %s', (finding, command) => {
    expect(only(finding)).toMatch(new RegExp(`^::${command} `))
  })

  test('nothing is annotated that an exception covers', () => {
    expect(lines({ results: [checkResultOf({ result: 'skip' })] })).toEqual(['1 file, 1 object: 1 excepted'])
  })

  test('unreadable documents are errors, templates one notice', () => {
    const template = (file: string) => problemOf({ kind: 'template', file })
    expect(lines({ problems: [template('a.yaml'), problemOf(), template('b.yaml')] })).toEqual([
      '::error file=claim.yaml,line=9,col=2,title=cannot be judged::cannot be read as YAML; correct it.%0Aclaim.yaml:9:2',
      '::notice file=a.yaml,line=9,col=2,title=not judged::2 templates passed over (a.yaml:9:2, b.yaml:9:2): ' +
        'cannot be read as YAML; correct it',
      '1 file, 1 object: 1 problem, 2 templates passed over',
    ])
  })

  test('the worst come first, and it is said what GitHub does not show', () => {
    const results = [
      ...resultsOf(12, { action: 'audit' }),
      ...resultsOf(11, { severity: 'low' }),
      checkResultOf({ severity: 'critical' }),
      checkResultOf({ result: 'warn' }),
    ]
    const written = lines({ results })
    expect(written.map((line) => /^::(\w+) .*\((\w+)\)::/.exec(line)?.slice(1).join(' ') ?? line)).toEqual([
      'error critical',
      ...Array.from({ length: 11 }, () => 'error low'),
      'warning high',
      ...Array.from({ length: 12 }, () => 'notice high'),
      'In this log only, for GitHub annotates 10 of each kind in a step: 2 errors, 2 notices.',
      '1 file, 1 object: 12 denied, 1 warning, 12 audited',
    ])
  })

  test('standard input is no file of the repository, and ./ no part of a name there', () => {
    expect(only({ file: '<stdin>' })).toMatch(/^::error title=claim-storage-class \(high\)::.*%0A<stdin>:6:3 /)
    expect(only({ file: './a/claim.yaml' })).toMatch(/^::error file=a\/claim\.yaml,/)
  })

  test('marks no more than a key where the value must not be shown', () => {
    const excerpt = { first: 6, lines: ['  - --password=hunter2'] }
    expect(only({ excerpt, actual: 'a password', column: 5 })).toContain(',col=5,endColumn=6,')
    expect(only({ excerpt: undefined })).toContain(',col=3,title=')
  })
})

describe('what a manifest says cannot be a command', () => {
  test('in names, values, fixes and files', () => {
    const evil = '%0A\n::set-output name=a::b,c:d ##[error]x'
    const text = renderGithub(
      checkReportOf({
        results: [checkResultOf({ file: `${evil}.yaml`, problem: evil, fix: { text: evil, patch: undefined } })],
        problems: [problemOf({ kind: 'template', file: '::debug::x' })],
      }),
    )
    const parsed = text.split('\n').filter((line) => line.trimStart().startsWith('::'))
    expect(parsed.map((line) => /^::\w+/.exec(line)?.[0])).toEqual(['::error', '::notice'])
    expect(text).toContain('file=%250A\\u000a%3A%3Aset-output name=a%3A%3Ab%2Cc%3Ad ##\\u005berror]x.yaml,line=6')
    expect(text).not.toContain('##[')
  })
})
