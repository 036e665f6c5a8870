import { describe, expect, it } from 'vitest'
import { policyNamed, refusal } from '../../test/support/policy-set.ts'
import type { JsonObject } from '../kubernetes/json.ts'

describe('a wrong configuration is refused', () => {
  const parameters = { limit: { description: 'd', type: 'integer', minimum: 1, default: 3 } }
  const policy = policyNamed('p', {
    match: { kinds: ['ConfigMap'] },
    parameters,
    rules: [{ name: 'r', assert: { cel: 'true' }, message: 'm', remedy: 'f' }],
  })

  it.each<[string, JsonObject, readonly string[]]>([
    ['a misspelt key', { polices: {} }, ['holdfast.json: /polices is not known here; did you mean "policies"?']],
    [
      'an unknown action',
      { policies: { p: { action: 'block' } } },
      ['holdfast.json: /policies/p/action is "block"; allowed are "deny", "fix", "warn", "audit", "off"'],
    ],
    [
      'a policy that does not exist',
      { policies: { pp: {} } },
      ['holdfast.json: /policies/pp names the policy "pp", which does not exist; did you mean "p"?'],
    ],
    [
      'a misspelt parameter',
      { policies: { p: { parameters: { limmit: 1 } } } },
      ['holdfast.json: /policies/p/parameters/limmit is not known here; did you mean "limit"?'],
    ],
    [
      'a parameter out of bounds',
      { policies: { p: { namespaces: { 'prod-*': { parameters: { limit: 0 } } } } } },
      ['holdfast.json: /policies/p/namespaces/prod-*/parameters/limit is 0; it must be >= 1'],
    ],
    [
      'a kind the policy does not judge',
      { policies: { p: { kinds: ['Secret'] } } },
      ['holdfast.json: /policies/p/kinds/0 is "Secret", which the policy does not judge; it judges ConfigMap'],
    ],
    [
      'an exception without an end',
      { exceptions: [{ policy: 'p', match: { names: ['x'] }, reason: 'r', owner: 'o' }] },
      ['holdfast.json: /exceptions/0/expires is missing'],
    ],
    [
      'an exception for everything',
      { exceptions: [{ policy: 'p', match: {}, reason: 'r', owner: 'o', expires: '2027-01-01' }] },
      [expect.stringMatching(/exceptions\/0\/match .*fewer than 1/)],
    ],
    [
      'a day no calendar has',
      { exceptions: [{ policy: 'p', match: { names: ['x'] }, reason: 'r', owner: 'o', expires: '2027-02-30' }] },
      ['holdfast.json: /exceptions/0/expires is "2027-02-30", which is no day of the calendar'],
    ],
    [
      'a self-managed certificate for nobody',
      { selfManagedCertificate: { secret: 'tls', service: 'Holdfast/x', webhookConfigurations: [] } },
      [
        expect.stringMatching(/selfManagedCertificate\/service is "Holdfast\/x"/),
        expect.stringMatching(/selfManagedCertificate\/webhookConfigurations .*fewer than 1/),
      ],
    ],
    [
      'a view into an unknown kind',
      { views: [{ in: 'Rollout', kind: 'Pod', path: '/spec/template' }] },
      [expect.stringMatching(/views\/0\/in is "Rollout", which is no kind known here/)],
    ],
    [
      'a driver fact that is none',
      { drivers: { 'x.example.com': { writers: 'two' } } },
      ['holdfast.json: /drivers/x.example.com/writers is "two"; allowed are "one", "many"'],
    ],
  ])('%s', (_name, config, expected) => {
    expect(refusal([policy], config)).toEqual(expected)
  })
})
