import { describe, expect, test } from 'vitest'
import { checkReportOf, checkResultOf, problemOf } from '../../test/support/check-report.ts'
import { policyNamed } from '../../test/support/policy-set.ts'
import { notShown } from '../admission/text.ts'
import { parsePolicy } from '../policy/parse.ts'
import { fingerprinted } from './fingerprint.ts'
import type { CheckOutcome, CheckResult } from './result.ts'
import { renderSarif } from './sarif.ts'

const options = { colors: false, version: '1.2.3' }
const runOf = (outcome: Partial<CheckOutcome>) => JSON.parse(renderSarif(checkReportOf(outcome), options)).runs[0]
const resultOf = (more: Partial<CheckResult> = {}) => runOf({ results: [checkResultOf(more)] }).results[0]

const policies = ['claim-size', 'claim-storage-class'].map((name) =>
  parsePolicy(
    policyNamed(name, { match: { kinds: ['ConfigMap'] }, rules: [{ name: 'a', assert: { cel: 'true' } }] }),
    'policy.json',
  ),
)

test('a run', () => {
  const log = JSON.parse(renderSarif(checkReportOf({}), options))
  expect(log).toEqual({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Holdfast',
            version: '1.2.3',
            semanticVersion: '1.2.3',
            rules: [],
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: expect.any(String) } } },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }],
        results: [],
      },
    ],
  })
})

test('a result', () => {
  const result = checkResultOf({ file: './größe/a b.yaml', pointer: '/items/1', why: 'it is so' })
  const fingerprint = fingerprinted([result])[0]?.[1]
  expect(runOf({ results: [result], policies }).results).toEqual([
    {
      ruleId: 'claim-storage-class',
      ruleIndex: 1,
      level: 'error',
      message: {
        text: 'PersistentVolumeClaim shop/db: spec.storageClassName is "fast"; it must be "gold". Fix: set spec.storageClassName to "gold".',
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'gr%C3%B6%C3%9Fe/a%20b.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 6, startColumn: 3, endLine: 6, endColumn: 19 },
          },
          logicalLocations: [
            { name: 'PersistentVolumeClaim shop/db', kind: 'resource' },
            {
              name: 'spec.storageClassName',
              fullyQualifiedName: 'PersistentVolumeClaim shop/db /items/1/spec/storageClassName',
              kind: 'member',
            },
          ],
        },
      ],
      partialFingerprints: { primaryLocationLineHash: fingerprint, 'holdfast/v1': fingerprint },
      suppressions: [],
      properties: {
        rule: 'allowed',
        action: 'deny',
        result: 'fail',
        severity: 'high',
        resource: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'db' },
        path: '/items/1/spec/storageClassName',
        actual: 'fast',
        expected: 'gold',
        why: 'it is so',
      },
    },
  ])
})

describe('levels', () => {
  test.each([
    ['fail', 'deny', 'error'],
    ['fail', 'fix', 'error'],
    ['error', 'deny', 'error'],
    ['error', 'fix', 'warning'],
    ['warn', 'deny', 'warning'],
    ['warn', 'warn', 'warning'],
    ['fail', 'audit', 'note'],
    ['warn', 'audit', 'note'],
    ['skip', 'deny', 'note'],
  ] as const)('%s of action %s is %s', (result, action, level) => {
    expect(resultOf({ result, action }).level).toBe(level)
  })
})

test('what an exception covers is suppressed', () => {
  const { suppressions, message } = resultOf({ result: 'skip', note: 'excepted until 2027-06-30 (OPS-1)' })
  expect(suppressions).toEqual([
    { kind: 'external', status: 'accepted', justification: 'excepted until 2027-06-30 (OPS-1)' },
  ])
  expect(message.text).toBe(
    'PersistentVolumeClaim shop/db: spec.storageClassName is "fast"; it must be "gold". Note: excepted until 2027-06-30 (OPS-1).',
  )
})

test('edits are a fix', () => {
  const at = (line: number, column: number) => ({ line, column })
  const edits = [
    { offset: 40, length: 4, text: 'gold', start: at(6, 21), end: at(6, 25) },
    { offset: 60, length: 10, text: '', start: at(8, 1), end: at(9, 1) },
  ]
  expect(resultOf({ file: '/srv/a.yaml', edits }).fixes).toEqual([
    {
      description: { text: 'set spec.storageClassName to "gold"' },
      artifactChanges: [
        {
          artifactLocation: { uri: 'file:///srv/a.yaml' },
          replacements: [
            {
              deletedRegion: { startLine: 6, startColumn: 21, endLine: 6, endColumn: 25 },
              insertedContent: { text: 'gold' },
            },
            { deletedRegion: { startLine: 8, startColumn: 1, endLine: 9, endColumn: 1 } },
          ],
        },
      ],
    },
  ])
  expect(resultOf().fixes).toBe(undefined)
})

test('what was not judged is told of the run', () => {
  const problems = [
    problemOf({ message: 'bad\nline' }),
    problemOf({ kind: 'template', message: 'render it', line: 12 }),
  ]
  const place = (startLine: number) => ({
    artifactLocation: { uri: 'claim.yaml', uriBaseId: '%SRCROOT%' },
    region: expect.objectContaining({ startLine, startColumn: 2 }),
  })
  expect(runOf({ problems }).invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          descriptor: { id: 'unreadable' },
          level: 'error',
          message: { text: 'bad\\u000aline' },
          locations: [{ physicalLocation: place(9) }],
          properties: { kind: 'syntax' },
        },
        {
          descriptor: { id: 'template' },
          level: 'note',
          message: { text: 'render it' },
          locations: [{ physicalLocation: place(12) }],
          properties: { kind: 'template' },
        },
      ],
    },
  ])
  expect(runOf({ problems: [problemOf({ kind: 'template' })] }).invocations[0].executionSuccessful).toBe(true)
})

describe('never shows what must not be shown', () => {
  test('a patch, the lines, or how long a hidden value is', () => {
    const secret = {
      path: '/args/0',
      column: 5,
      actual: notShown,
      excerpt: { first: 6, lines: ['  - --password=hunter2'] },
      fix: { text: 'move it', patch: [{ op: 'add', path: '/args/0', value: 'hunter2' }] },
    } as const
    const result = resultOf(secret)
    expect(JSON.stringify(result)).not.toContain('hunter2')
    const { region } = result.locations[0].physicalLocation
    expect(region).toEqual({ startLine: 6, startColumn: 5, endLine: 6, endColumn: 6 })
  })

  test('the line of a document that cannot be read', () => {
    expect(JSON.stringify(runOf({ problems: [problemOf()] }))).not.toContain('hunter2')
  })

  test('and makes no link of what a manifest says', () => {
    const { text } = resultOf({ problem: '[click](http://evil.example) and [a](1)' }).message
    expect(text).toContain('[click] (http://evil.example) and [a] (1)')
  })
})
