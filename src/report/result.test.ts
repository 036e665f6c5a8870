import { describe, expect, test } from 'vitest'
import { findingOf } from '../../test/support/check-report.ts'
import type { Finding } from '../engine/finding.ts'
import { renderJson } from './json.ts'
import { checkReport, checkResult, toJson } from './result.ts'
import { failed } from './verdict.ts'

const base = findingOf({
  message: 'PersistentVolumeClaim shop/db: spec.storageClassName is "fast". [claim-storage-class]',
  problem: 'spec.accessModes[0] is "ReadWriteMany"',
  expected: ['gold'],
  links: ['https://kubernetes.io/docs/concepts/storage/storage-classes/'],
})
const counts = { files: 1, documents: 1, objects: 1, ignored: 0 }
const result = (finding: Partial<Finding> = {}, place = { line: 7, column: 3 }, file = 'a.yaml') =>
  checkResult({ ...base, ...finding }, { pointer: '/items/1', object: {} }, { ...place, file, excerpt: undefined })
const none = { results: [], problems: [], counts, policies: [] }
const reportOf = (finding: Partial<Finding>) => checkReport({ ...none, results: [result(finding)] })

describe('toJson', () => {
  const patch = [
    { op: 'add', path: '/spec/storageClassName', value: 'gold' },
    { op: 'remove', path: '/spec/x' },
  ] as const

  test('is the contract, with pointers into the whole document', () => {
    const fix = { text: 'set it', patch }
    const excerpt = { first: 1, lines: [] }
    const place = { file: 'b.yaml', line: 1, column: 2, excerpt }
    const problem = { ...place, kind: 'syntax', message: 'cannot be read' } as const
    const template = { ...problem, kind: 'template' } as const
    const problems = [problem, template]
    expect(toJson(checkReport({ ...none, results: [result({ fix })], problems }))).toEqual({
      summary: {
        files: 1,
        documents: 1,
        objects: 1,
        ignored: 0,
        fail: 1,
        warn: 0,
        error: 0,
        skip: 0,
        audited: 0,
        templates: 1,
      },
      results: [
        {
          policy: 'claim-storage-class',
          rule: 'allowed',
          action: 'deny',
          result: 'fail',
          severity: 'high',
          resource: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'db' },
          file: 'a.yaml',
          line: 7,
          column: 3,
          path: '/items/1/spec/storageClassName',
          message: base.message,
          actual: 'fast',
          expected: ['gold'],
          why: null,
          fix: {
            text: 'set it',
            patch: [
              { op: 'add', path: '/items/1/spec/storageClassName', value: 'gold' },
              { op: 'remove', path: '/items/1/spec/x' },
            ],
          },
        },
      ],
      problems: [{ file: 'b.yaml', line: 1, column: 2, kind: 'syntax', message: 'cannot be read' }],
      templates: [{ file: 'b.yaml', line: 1, column: 2, kind: 'template', message: 'cannot be read' }],
    })
  })

  test('says null where there is no value', () => {
    const [json] = JSON.parse(renderJson(reportOf({ actual: undefined, expected: undefined }))).results
    expect([json.actual, json.expected, json.fix.patch]).toEqual([null, null, null])
  })

  test('has no fix where there is nothing to say', () => {
    const [json] = JSON.parse(renderJson(reportOf({ fix: { text: '', patch: undefined } }))).results
    expect(json.fix).toBe(null)
  })

  test('holds nothing that the log of a workflow takes for a command', () => {
    const text = renderJson(reportOf({ problem: '##[error]x', actual: '##[add-mask]' }))
    expect(text).not.toContain('##[')
    expect(JSON.parse(text).results[0].actual).toBe('##[add-mask]')
  })

  test('is written with a line break at its end', () => {
    expect(renderJson(checkReport(none)).endsWith('\n}\n')).toBe(true)
  })
})

describe('checkReport', () => {
  test('counts results, those of action audit apart', () => {
    const results = [
      result(),
      result({ result: 'warn' }),
      result({ result: 'error' }),
      result({ result: 'skip' }),
      result({ result: 'fail', action: 'audit' }),
      result({ result: 'skip', action: 'audit' }),
    ]
    const { summary } = checkReport({ ...none, results, counts: { files: 2, documents: 3, objects: 4, ignored: 0 } })
    expect(summary).toEqual({
      files: 2,
      documents: 3,
      objects: 4,
      ignored: 0,
      templates: 0,
      fail: 1,
      warn: 1,
      error: 1,
      skip: 2,
      audited: 1,
    })
  })

  test('keeps the order of the files and sorts within them', () => {
    const at = (file: string, line: number, column: number) => result({}, { line, column }, file)
    const given = [at('b', 2, 1), at('a', 1, 1), at('b', 1, 9), at('b', 1, 2)]
    const { results } = checkReport({ ...none, results: given })
    expect(results.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
      'b:1:2',
      'b:1:9',
      'b:2:1',
      'a:1:1',
    ])
  })
})

describe('failed', () => {
  test.each([
    [{ result: 'fail', action: 'deny' }, true, true],
    [{ result: 'fail', action: 'fix' }, true, true],
    [{ result: 'error', action: 'deny' }, true, true],
    [{ result: 'error', action: 'fix' }, false, false],
    [{ result: 'error', action: 'warn' }, false, false],
    [{ result: 'warn', action: 'deny' }, false, true],
    [{ result: 'warn', action: 'warn' }, false, true],
    [{ result: 'fail', action: 'audit' }, false, false],
    [{ result: 'warn', action: 'audit' }, false, false],
    [{ result: 'error', action: 'audit' }, false, false],
    [{ result: 'skip', action: 'deny' }, false, false],
  ] as const)('%j: on deny %s, on warn %s, never', (finding, onDeny, onWarn) => {
    const report = reportOf(finding)
    expect([failed(report, 'deny'), failed(report, 'warn'), failed(report, 'never')]).toEqual([onDeny, onWarn, false])
  })

  test('nothing is no failure', () => expect(failed(checkReport(none), 'warn')).toBe(false))
})
