import { describe, expect, it } from 'vitest'
import { configMap, nowhere, ownerPolicy, policySet, request } from '../../test/support/policy-set.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { evaluate } from './evaluate.ts'
import type { Finding } from './finding.ts'

const findings = (config: JsonObject, object: JsonObject): readonly Finding[] =>
  evaluate(policySet([ownerPolicy], config), request(object), nowhere).map(({ finding }) => finding)

describe('settings', () => {
  const effects = (config: JsonObject, namespace = 'shop'): readonly string[] =>
    findings(config, configMap({}, { namespace })).map(({ effect }) => effect)

  it.each<[string, JsonObject, string, readonly string[]]>([
    ['the profile', { profile: 'strict' }, 'shop', ['deny']],
    ['observe audits', { profile: 'observe' }, 'shop', ['none']],
    [
      'an action over the profile',
      { profile: 'observe', policies: { 'owner-named': { action: 'warn' } } },
      'shop',
      ['warn'],
    ],
    ['off', { policies: { 'owner-named': { action: 'off' } } }, 'shop', []],
    [
      'an exact namespace before patterns',
      { policies: { 'owner-named': { namespaces: { 'sh*': { action: 'off' }, shop: { action: 'warn' } } } } },
      'shop',
      ['warn'],
    ],
    [
      'patterns in order',
      { policies: { 'owner-named': { namespaces: { 'sh*': { action: 'off' }, '*': { action: 'warn' } } } } },
      'shed',
      [],
    ],
    [
      'no override',
      { policies: { 'owner-named': { action: 'warn', namespaces: { x: { action: 'off' } } } } },
      'shop',
      ['warn'],
    ],
    ['exempt namespaces by glob', { exemptNamespaces: ['sh?p'] }, 'shop', []],
    [
      'users left out',
      { policies: { 'owner-named': { objectSelector: { matchLabels: { judged: 'yes' } } } } },
      'shop',
      [],
    ],
  ])('%s', (_name, config, namespace, expected) => {
    expect(effects(config, namespace)).toEqual(expected)
  })

  const exception = { policy: 'owner-named', reason: 'old', owner: 'sre', match: { names: ['sett*'] } }

  it.each<[string, JsonObject, string, string | undefined]>([
    ['covers', { ...exception, expires: '2026-06-01' }, 'skip', 'excepted until 2026-06-01: old (sre)'],
    ['has ended', { ...exception, expires: '2026-05-31' }, 'fail', 'an exception for this ended on 2026-05-31'],
    ['is for another name', { ...exception, match: { names: ['other'] }, expires: '2027-01-01' }, 'fail', undefined],
    ['is for another kind', { ...exception, match: { kinds: ['Pod'] }, expires: '2027-01-01' }, 'fail', undefined],
    ['is for another rule', { ...exception, rule: 'other', expires: '2027-01-01' }, 'fail', undefined],
    ['is for another place', { ...exception, match: { paths: ['/data/x'] }, expires: '2027-01-01' }, 'fail', undefined],
    [
      'is for this place',
      { ...exception, match: { paths: ['/data/*'] }, expires: '2027-01-01' },
      'skip',
      'excepted until 2027-01-01: old (sre)',
    ],
  ])('an exception that %s', (_name, spec, result, note) => {
    const [finding] = findings({ exceptions: [spec] }, configMap({ colour: 'blue' }))
    expect([finding?.result, finding?.note]).toEqual([result, note])
    expect(finding?.effect).toBe(result === 'skip' ? 'none' : 'deny')
  })
})
