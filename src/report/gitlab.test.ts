import { expect, test } from 'vitest'
import { checkReportOf, checkResultOf, problemOf } from '../../test/support/check-report.ts'
import type { CheckOutcome } from './result.ts'
import { fingerprinted } from './fingerprint.ts'
import { renderGitlab } from './gitlab.ts'

const issues = (outcome: Partial<CheckOutcome>) => JSON.parse(renderGitlab(checkReportOf(outcome)))

test('a violation', () => {
  const result = checkResultOf({ file: './deploy/claim.yaml' })
  expect(issues({ results: [result] })).toEqual([
    {
      description:
        'PersistentVolumeClaim shop/db: spec.storageClassName is "fast"; it must be "gold". Fix: set spec.storageClassName to "gold".',
      check_name: 'claim-storage-class',
      fingerprint: fingerprinted([result])[0]?.[1],
      severity: 'critical',
      location: { path: 'deploy/claim.yaml', lines: { begin: 6 } },
    },
  ])
})

test.each([
  ['critical', 'deny', 'blocker'],
  ['high', 'fix', 'critical'],
  ['medium', 'warn', 'major'],
  ['low', 'deny', 'minor'],
  ['critical', 'audit', 'info'],
] as const)('%s of action %s is %s', (severity, action, expected) => {
  expect(issues({ results: [checkResultOf({ severity, action })] })[0].severity).toBe(expected)
})

test('says why it passes', () => {
  const [issue] = issues({ results: [checkResultOf({ result: 'warn', note: 'it was there before' })] })
  expect(issue.description).toContain('it must be "gold". Note: it was there before. Fix: set')
})

test('what an exception covers is left out', () => {
  expect(renderGitlab(checkReportOf({ results: [checkResultOf({ result: 'skip', note: 'OPS-1' })] }))).toBe('[]\n')
})

test('what could not be read, and templates', () => {
  const problems = [
    problemOf(),
    problemOf({ line: 12 }),
    problemOf({ kind: 'template', message: 'a template: render it' }),
  ]
  const found = issues({ problems })
  expect(found).toEqual([
    {
      description: 'cannot be read as YAML; correct it',
      check_name: 'unreadable',
      fingerprint: expect.any(String),
      severity: 'critical',
      location: { path: 'claim.yaml', lines: { begin: 9 } },
    },
    {
      description: 'cannot be read as YAML; correct it',
      check_name: 'unreadable',
      fingerprint: expect.any(String),
      severity: 'critical',
      location: { path: 'claim.yaml', lines: { begin: 12 } },
    },
    {
      description: 'a template: render it',
      check_name: 'template',
      fingerprint: expect.any(String),
      severity: 'info',
      location: { path: 'claim.yaml', lines: { begin: 9 } },
    },
  ])
  expect(new Set(found.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(3)
})
