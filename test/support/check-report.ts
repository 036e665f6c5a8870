import type { Finding } from '../../src/engine/finding.ts'
import type { ManifestProblem } from '../../src/manifest/manifest.ts'
import type { Placed } from '../../src/offline/place.ts'
import { type CheckOutcome, type CheckReport, checkReport, type CheckResult } from '../../src/report/result.ts'

const classFinding: Finding = {
  policy: 'claim-storage-class',
  rule: 'allowed',
  action: 'deny',
  effect: 'deny',
  result: 'fail',
  severity: 'high',
  resource: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'db' },
  path: '/spec/storageClassName',
  message: 'PersistentVolumeClaim shop/db: spec.storageClassName is "fast"; it must be "gold". [claim-storage-class]',
  problem: 'spec.storageClassName is "fast"; it must be "gold"',
  actual: 'fast',
  expected: 'gold',
  why: undefined,
  fix: { text: 'set spec.storageClassName to "gold"', patch: undefined },
  note: undefined,
  links: ['https://example.com/classes'],
}

const placed: Placed = {
  file: 'claim.yaml',
  line: 6,
  column: 3,
  excerpt: { first: 5, lines: ['spec:', '  storageClassName: fast', '  accessModes: [ReadWriteOnce]'] },
}

/** A claim of the wrong class, wherever it is written. */
export function findingOf(more: Partial<Finding> = {}): Finding {
  return { ...classFinding, ...more }
}

/** A claim of the wrong class, on line 6 of claim.yaml. */
export function checkResultOf(more: Partial<CheckResult> = {}): CheckResult {
  return { ...classFinding, ...placed, pointer: '', namedPath: more.path ?? classFinding.path, edits: [], ...more }
}

/** A document on line 9 of claim.yaml that could not be read. */
export function problemOf(more: Partial<ManifestProblem> = {}): ManifestProblem {
  return {
    file: 'claim.yaml',
    line: 9,
    column: 2,
    kind: 'syntax',
    message: 'cannot be read as YAML; correct it',
    excerpt: { first: 9, lines: ['password: hunter2'] },
    ...more,
  }
}

/** A report of one file with one object. */
export function checkReportOf(outcome: Partial<CheckOutcome>): CheckReport {
  const counts = { files: 1, documents: 1, objects: 1, ignored: 0 }
  return checkReport({ results: [], problems: [], counts, policies: [], ...outcome })
}
