import { describe, expect, it } from 'vitest'
import { configMap, ownerPolicy, policyNamed, policySet, request } from '../../test/support/policy-set.ts'
import { characterCount } from '../admission/text.ts'
import { checks } from '../checks/registry.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { parsePolicy } from '../policy/parse.ts'
import { judgeResource, type ResourceContext } from './judge-resource.ts'

const context: ResourceContext = {
  files: {
    policies: [{ file: 'policy-0.json', document: parsePolicy(ownerPolicy, 'policy-0.json') }],
    config: { file: 'holdfast.json', document: {} },
    checks,
    ownNamespace: 'holdfast-system',
  },
  policies: policySet([ownerPolicy]),
  now: new Date('2026-06-01T12:00:00Z'),
}

const rule = { name: 'r', assert: { cel: 'true' }, message: 'm', remedy: 'f' }
const policy = (spec: JsonObject = {}) => policyNamed('p', { match: { kinds: ['ConfigMap'] }, rules: [rule], ...spec })

const exception = (spec: JsonObject = {}): JsonObject => ({
  apiVersion: 'policy.holdfast.dev/v1alpha1',
  kind: 'StoragePolicyException',
  metadata: { name: 'legacy', namespace: 'shop' },
  spec: { policy: 'owner-named', reason: 'r', owner: 'sre', expires: '2026-06-01', ...spec },
})

const answer = (object: JsonObject, oldObject?: JsonObject) =>
  judgeResource(request(object, oldObject), context)?.response

function denial(object: JsonObject, oldObject?: JsonObject): string {
  const response = answer(object, oldObject)
  return response === undefined || response.allowed ? 'allowed' : response.message
}

const wrong = policy({ severity: 'huge' })
const wrongLine = 'StoragePolicy p: /spec/severity is "huge"; allowed are "critical", "high", "medium", "low".'

describe('judgeResource', () => {
  it('says nothing of other objects, and of deletions', () => {
    expect(answer(configMap({}))).toBeUndefined()
    const deletion = request(wrong, wrong, { operation: 'DELETE', object: undefined })
    expect(judgeResource(deletion, context)).toBeUndefined()
  })

  it.each<[string, string, string]>([
    ['a policy', denial(policy()), 'allowed'],
    ['an exception on its last day', denial(exception()), 'allowed'],
    ['a policy with a mistake', denial(wrong), wrongLine],
    ['an update with a mistake', denial(wrong, policy()), wrongLine],
    [
      'an update that leaves a mistake as it was',
      denial({ ...wrong, metadata: { name: 'p', labels: {} } }, wrong),
      'allowed',
    ],
    [
      'the last step of a deletion',
      denial({ ...wrong, metadata: { name: 'p', deletionTimestamp: '2026-06-01T00:00:00Z' } }, policy()),
      'allowed',
    ],
    [
      'an exception that has ended',
      denial(exception({ expires: '2026-05-31' })),
      'StoragePolicyException shop/legacy: /spec/expires is "2026-05-31", which is over; name a day to come.',
    ],
  ])('answers %s', (_, actual, expected) => {
    expect(actual).toBe(expected)
  })

  it('tells machines each place', () => {
    expect(answer(wrong)).toMatchObject({
      allowed: false,
      causes: [
        {
          reason: 'FieldValueInvalid',
          field: 'spec.severity',
          message: 'is "huge"; allowed are "critical", "high", "medium", "low"',
        },
      ],
    })
  })

  it('warns of a policy that is not there, with what may be meant', () => {
    expect(answer(exception({ policy: 'owner-name' }))).toEqual({
      allowed: true,
      patch: [],
      warnings: [
        'StoragePolicyException shop/legacy: /spec/policy names the policy "owner-name", which does not exist; did you mean "owner-named"?',
      ],
    })
  })

  it('tells every mistake, the first line alone, and counts what has no room', () => {
    const rules = Array.from({ length: 30 }, (_, index) => ({ ...rule, name: `r${index}`, when: 'object.' }))
    const message = denial(policy({ rules }))
    const [first = '', second = ''] = message.split('\n')
    expect(first).toMatch(/^StoragePolicy p: \/spec\/rules\/0\/when .* \(1 of 30\)$/)
    expect(characterCount(first)).toBeLessThanOrEqual(200)
    expect(second).toMatch(/^2\. StoragePolicy p: \/spec\/rules\/1\/when /)
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1000)
    const told = message.split('\n').length - 1
    expect(message).toMatch(new RegExp(`\n\\+${30 - told} more$`))
  })

  it('tells a line that had to be cut once more as a whole', () => {
    const name = `a${'b'.repeat(150)}`
    const message = denial(policy({ [name]: true }))
    expect(message.split('\n')).toEqual([
      expect.stringMatching(/…$/),
      expect.stringContaining(`/spec/${name} is not known here`),
    ])
  })

  it('never says what makes Flux delete the live object', () => {
    expect(denial(policy({ severity: 'is immutable' }))).toContain('is unchangeable')
  })
})
