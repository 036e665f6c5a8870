import { describe, expect, test } from 'vitest'
import { policyNamed, policySet } from '../../test/support/policy-set.ts'
import type { AdmissionRequest } from '../admission/request.ts'
import { mutate, validate } from '../engine/decide.ts'
import type { EventNotice } from '../kubernetes/event.ts'
import { emptyInventory } from '../kubernetes/inventory.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { requestFor } from '../manifest/request.ts'
import type { Action } from '../policy/action.ts'
import { recorder } from './recording.ts'

const surroundings = { inventory: emptyInventory, now: new Date('2026-06-01T00:00:00Z') }
const match = { kinds: ['ConfigMap'] }
const assert = { cel: "has(object.data) && 'owner' in object.data" }
const rules = [
  {
    name: 'owner',
    assert,
    path: '/data/owner',
    message: '{{field}} is absent',
    remedy: 'set {{field}}',
    fix: [{ set: '/data/owner', value: 'nobody' }],
  },
]
const policies = (action: Action) =>
  policySet([policyNamed('owner-named', { match, rules, action: { baseline: action, strict: action } })])

const labels = { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' }
const settings: JsonObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', labels },
  data: { token: 's3cret' },
}
const request: AdmissionRequest = {
  ...requestFor(settings, 'shop'),
  uid: 'u1',
  dryRun: false,
  userInfo: { username: 'jane', groups: ['staff'] },
}

function recorded(action: Action, given: AdmissionRequest = request, decisionLog = true) {
  const [lines, notices, counts]: [unknown[][], EventNotice[], object[]] = [[], [], []]
  const line =
    (level: string) =>
    (fields: object, message: string): void =>
      void lines.push([level, message, fields])
  const logger = { isDebug: true, debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
  const record = recorder({
    logger,
    metrics: { decided: (decision) => void counts.push(decision), policyFailed: () => undefined },
    decisionLog,
    events: { publish: (notice) => void notices.push(notice) },
  })
  const [endpoint, judge] = action === 'fix' ? (['mutate', mutate] as const) : (['validate', validate] as const)
  const decision = judge(policies(action), given, surroundings)
  expect(record({ endpoint, request: given, decision, milliseconds: 0.12345 })).toBe(decision.response)
  return { lines, notices, counts }
}

const about = {
  uid: 'u1',
  dryRun: false,
  operation: 'CREATE',
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'shop',
  name: 'settings',
  user: 'jane',
  owner: 'Kustomization flux-system/apps',
  violations: 1,
  milliseconds: 0.123,
}
const violation = { policy: 'owner-named', rule: 'owner', path: '/data/owner' }
const denial = [
  'ConfigMap shop/settings: data.owner is absent. [owner-named]',
  '  Applied by: Kustomization flux-system/apps.',
  '  Fix: set data.owner.',
].join('\n')
const subjects = [
  { apiVersion: 'v1', kind: 'Namespace', namespace: 'shop', name: 'shop', uid: undefined, claimed: false },
  {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    namespace: 'flux-system',
    name: 'apps',
    uid: undefined,
    claimed: true,
  },
]

describe('a decision', () => {
  test.each<[Action, string, object, string, string]>([
    [
      'deny',
      'request denied',
      { ...about, endpoint: 'validate', policies: [{ ...violation, action: 'deny', effect: 'deny' }], denial },
      'PolicyDenied',
      denial,
    ],
    [
      'fix',
      'request repaired',
      { ...about, endpoint: 'mutate', policies: [{ ...violation, action: 'fix', effect: 'patch' }] },
      'PolicyRepaired',
      'ConfigMap shop/settings: set data.owner to "nobody" (was not set). [owner-named]',
    ],
    [
      'warn',
      'request warned of',
      { ...about, endpoint: 'validate', policies: [{ ...violation, action: 'warn', effect: 'warn' }] },
      'PolicyWarned',
      'ConfigMap shop/settings: data.owner is absent. [owner-named] Fix: set data.owner.',
    ],
  ])('%s is logged, counted and told', (action, message, fields, reason, note) => {
    const { lines, notices, counts } = recorded(action)
    expect(lines).toEqual([['info', message, fields]])
    expect(notices).toEqual([{ reason, about: 'v1 ConfigMap shop settings owner-named', note, subjects }])
    expect(counts).toMatchObject([{ policy: 'owner-named', kind: 'ConfigMap', namespace: 'shop', dryRun: false }])
    expect(JSON.stringify([lines, notices])).not.toContain('s3cret')
  })

  test('of a dry run is logged and counted as one, and told to nobody', () => {
    const { lines, notices, counts } = recorded('deny', { ...request, dryRun: true })
    expect(lines).toMatchObject([['info', 'request denied', { dryRun: true }]])
    expect(notices).toEqual([])
    expect(counts).toMatchObject([{ dryRun: true }])
  })

  test.each<[string, Action, AdmissionRequest]>([
    ['that only records', 'audit', request],
    ['without a violation', 'deny', { ...request, object: { ...settings, data: { owner: 'me' } } }],
  ])('%s is neither logged nor told', (_name, action, given) => {
    expect(recorded(action, given)).toMatchObject({ lines: [], notices: [] })
  })

  test('has no line where none is wanted', () => {
    expect(recorded('deny', request, false)).toMatchObject({ lines: [], notices: [{ reason: 'PolicyDenied' }] })
  })
})

test('what a controller made is told to the controller, and is the same under another name', () => {
  const controller = { apiVersion: 'example.com/v1', kind: 'App', name: 'shop', uid: 'u2', controller: true }
  const metadata = { generateName: 'settings-', name: 'settings-x7k2p', ownerReferences: [controller] }
  const { notices } = recorded('deny', { ...request, object: { ...settings, metadata } })
  expect(notices[0]?.about).toBe('v1 ConfigMap shop settings- owner-named')
  expect(notices[0]?.subjects).toEqual([
    { apiVersion: 'example.com/v1', kind: 'App', namespace: 'shop', name: 'shop', uid: 'u2', claimed: false },
  ])
})
