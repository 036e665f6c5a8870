import { describe, expect, it } from 'vitest'
import { configMap, nowhere, ownerPolicy, policyNamed, policySet, request } from '../../test/support/policy-set.ts'
import type { AdmissionRequest } from '../admission/request.ts'
import { inventoryOf } from '../kubernetes/inventory.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import type { PolicySet } from '../policy/compiled.ts'
import { evaluate } from './evaluate.ts'
import type { Finding } from './finding.ts'

const findings = (policies: PolicySet, judged: AdmissionRequest, surroundings = nowhere): readonly Finding[] =>
  evaluate(policies, judged, surroundings).map(({ finding }) => finding)

const bad = configMap({ colour: 'blue' })

describe('evaluate', () => {
  it('says who, where, what and how', () => {
    const [finding, ...more] = findings(policySet([ownerPolicy]), request(bad))
    expect(more).toEqual([])
    expect(finding).toEqual({
      policy: 'owner-named',
      rule: 'owner',
      action: 'deny',
      effect: 'deny',
      result: 'fail',
      severity: 'medium',
      resource: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings' },
      path: '/data/owner',
      message: 'ConfigMap shop/settings: data.owner is not set; name who owns this. [owner-named]',
      problem: 'data.owner is not set; name who owns this',
      actual: undefined,
      expected: undefined,
      fix: { text: 'set data.owner', patch: undefined },
      note: undefined,
      links: [],
    })
  })

  it('finds nothing in an object that keeps the rule', () => {
    expect(findings(policySet([ownerPolicy]), request(configMap({ owner: 'sre' })))).toEqual([])
  })

  const matched = (match: JsonObject, judged: AdmissionRequest, surroundings = nowhere): boolean => {
    const policy = policyNamed('p', {
      match: { kinds: ['ConfigMap'], ...match },
      rules: [{ name: 'never', assert: { cel: 'false' }, message: 'x', remedy: 'y' }],
    })
    return findings(policySet([policy]), judged, surroundings).length > 0
  }

  const by = (username: string, ...groups: readonly string[]): AdmissionRequest =>
    request(bad, undefined, { userInfo: { username, groups } })

  const production = {
    ...nowhere,
    inventory: inventoryOf([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { tier: 'prod' } } },
    ]),
  }

  it.each<[string, JsonObject, AdmissionRequest, boolean, typeof nowhere?]>([
    ['another kind', { kinds: ['Secret'] }, request(bad), false],
    ['a namespace by glob', { namespaces: ['sh*'] }, request(bad), true],
    ['another namespace', { namespaces: ['bank'] }, request(bad), false],
    ['an excluded namespace', { excludeNamespaces: ['shop'] }, request(bad), false],
    ['an operation that is not asked for', { operations: ['UPDATE'] }, request(bad), false],
    [
      'labels that match',
      { objectSelector: { matchLabels: { a: 'b' } } },
      request(configMap({}, { labels: { a: 'b' } })),
      true,
    ],
    ['labels that do not', { objectSelector: { matchLabels: { a: 'b' } } }, request(bad), false],
    ['a namespace by label', { namespaceSelector: { matchLabels: { tier: 'prod' } } }, request(bad), true, production],
    [
      'a namespace whose labels are unknown',
      { namespaceSelector: { matchLabels: { tier: 'prod' } } },
      request(bad),
      false,
    ],
    [
      'a namespace by the label every namespace has',
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
      request(bad),
      true,
    ],
    ['a user', { users: ['system:serviceaccount:ci:*'] }, by('system:serviceaccount:ci:deployer'), true],
    ['another user', { users: ['root'] }, by('jane'), false],
    ['an excluded user', { excludeUsers: ['jane'] }, by('jane'), false],
    ['a group', { groups: ['devs'] }, by('jane', 'ops', 'devs'), true],
    ['an excluded group', { excludeGroups: ['system:masters'] }, by('jane', 'system:masters'), false],
    ['nobody, as in Git', { users: ['root'] }, request(bad), true],
  ])('matches: %s', (_name, match, judged, expected, surroundings) => {
    expect(matched(match, judged, surroundings)).toBe(expected)
  })

  it.each([
    ['kube-system', { namespace: 'kube-system' }],
    ['its own namespace', { namespace: 'holdfast-system' }],
  ])('leaves %s alone whatever the configuration says', (_name, metadata) => {
    expect(
      findings(policySet([ownerPolicy], { exemptNamespaces: ['other'] }), request(configMap({}, metadata))),
    ).toEqual([])
  })

  it('leaves alone what is being deleted, so that finalizers can be removed', () => {
    const dying = configMap({}, { deletionTimestamp: '2026-05-31T00:00:00Z' })
    expect(findings(policySet([ownerPolicy]), request(dying, configMap({ owner: 'x' })))).toEqual([])
    expect(findings(policySet([ownerPolicy]), request(configMap({}), configMap({ owner: 'x' })))).toHaveLength(1)
  })

  it('judges an object about to be deleted by its stored form, for policies that ask for it', () => {
    const policy = policyNamed('guard', {
      match: { kinds: ['ConfigMap'], operations: ['DELETE'] },
      rules: [{ name: 'keep', assert: { cel: "!('keep' in object.data)" }, message: 'keep it', remedy: 'do not' }],
    })
    const deletion = request({}, configMap({ keep: 'me' }), {
      operation: 'DELETE',
      object: undefined,
      namespace: 'shop',
    })
    expect(findings(policySet([policy]), deletion).map(({ effect }) => effect)).toEqual(['deny'])
    expect(findings(policySet([ownerPolicy]), deletion)).toEqual([])
  })

  it('keeps a rule that fails to itself: an error, which denies only where the action does', () => {
    const broken = policyNamed('broken', {
      match: { kinds: ['ConfigMap'] },
      rules: [{ name: 'fails', assert: { cel: 'object.data.absent.too == 1' }, message: 'x', remedy: 'y' }],
    })
    const told = (action: string): readonly (readonly string[])[] =>
      findings(policySet([broken, ownerPolicy], { policies: { broken: { action } } }), request(bad)).map(
        ({ policy, result, effect }) => [policy, result, effect],
      )
    expect(told('deny')).toEqual([
      ['broken', 'error', 'deny'],
      ['owner-named', 'fail', 'deny'],
    ])
    expect(told('fix')).toEqual([
      ['broken', 'error', 'warn'],
      ['owner-named', 'fail', 'deny'],
    ])
    expect(told('warn')).toEqual([
      ['broken', 'error', 'warn'],
      ['owner-named', 'fail', 'deny'],
    ])
    expect(told('audit')).toEqual([
      ['broken', 'error', 'none'],
      ['owner-named', 'fail', 'deny'],
    ])
    expect(told('off')).toEqual([['owner-named', 'fail', 'deny']])
  })

  it('does not mind an assertion that fails where the rule does not apply', () => {
    const policy = policyNamed('p', {
      match: { kinds: ['ConfigMap'] },
      rules: [
        {
          name: 'r',
          when: "'size' in object.data",
          assert: { cel: 'int(object.data.size) > 0' },
          message: 'm',
          remedy: 'f',
        },
      ],
    })
    const results = (data: JsonObject): readonly string[] =>
      findings(policySet([policy]), request(configMap(data))).map(({ result }) => result)
    expect(results({ colour: 'blue' })).toEqual([])
    expect(results({ size: '0' })).toEqual(['fail'])
    expect(results({ size: 'large' })).toEqual(['error'])
  })

  it('shows nothing of a Secret but its keys, whatever the rule says', () => {
    const policy = policyNamed('leaky', {
      match: { kinds: ['Secret'] },
      rules: [
        {
          name: 'schema',
          assert: {
            schema: { type: 'object', properties: { data: { type: 'object', properties: { key: { const: 'x' } } } } },
          },
        },
        {
          name: 'cel',
          assert: { cel: 'false' },
          message: "it is {{object.data.key}} {{object.metadata.annotations['last']}}",
          remedy: 'y',
        },
      ],
    })
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', annotations: { last: 'aHVudGVyMg==' } },
      data: { key: 'aHVudGVyMg==' },
    }
    const text = JSON.stringify(findings(policySet([policy]), request(secret)))
    expect(text).toContain('data.key is')
    expect(text).not.toContain('aHVudGVyMg')
  })
})
