import { describe, expect, it } from 'vitest'
import { ownerPolicy, policyNamed } from '../../test/support/policy-set.ts'
import { checks } from '../checks/registry.ts'
import type { JsonObject, JsonValue } from '../kubernetes/json.ts'
import { type CompileInput, compilePolicies } from './compile.ts'
import { parseConfig, parsePolicy } from './parse.ts'
import { describeProblem } from './problem.ts'
import { policyResourceKind } from './resource.ts'
import { resourceKey, withResources } from './with-resources.ts'

/** What files say: the policy owner-named, and a configuration. */
function files(config: JsonObject = {}, fingerprintKey?: string): CompileInput {
  return {
    policies: [{ file: 'policy-0.json', document: parsePolicy(ownerPolicy, 'policy-0.json') }],
    config: { file: 'holdfast.json', document: parseConfig(config, 'holdfast.json') },
    checks,
    ownNamespace: 'holdfast-system',
    fingerprintKey,
    customResources: true,
  }
}

const rule = { name: 'r', assert: { cel: 'params.most > 1' }, message: 'm', remedy: 'f' }
const parameters = { most: { description: 'the most', type: 'integer', default: 3 } }

/** A policy as the API server has it. */
function policy(name: string, spec: JsonObject = {}): JsonObject {
  const written = policyNamed(name, { match: { kinds: ['ConfigMap'] }, parameters, rules: [rule], ...spec })
  return { ...written, metadata: { name, uid: 'u', generation: 1 }, status: { observedGeneration: 1 } }
}

const exceptionSpec = {
  policy: 'owner-named',
  match: { names: ['legacy-*'] },
  reason: 'older than the rule',
  owner: 'sre',
  expires: '2026-06-30',
}

function exception(kind: string, spec: JsonObject, namespace?: string): JsonObject {
  const metadata = { name: 'legacy', ...(namespace === undefined ? {} : { namespace }) }
  return { apiVersion: 'policy.holdfast.dev/v1alpha1', kind, metadata, spec: { ...exceptionSpec, ...spec } }
}

const clusterWide = (spec: JsonObject = {}) => exception('ClusterStoragePolicyException', spec)
const inShop = (spec: JsonObject = {}) => exception('StoragePolicyException', spec, 'shop')

function problems(object: JsonObject, base = files()): readonly string[] {
  return withResources(base, [object], new Map()).resources.flatMap((read) => read.problems.map(describeProblem))
}

/** The names of the policies that would be in force, and what their exceptions match. */
function inForce(
  base: CompileInput,
  objects: readonly JsonObject[],
  good: ReadonlyMap<string, JsonObject> = new Map(),
) {
  const set = compilePolicies(withResources(base, objects, good).input)
  return { policies: set.policies.map(({ name }) => name), exceptions: set.exceptions.map(({ match }) => match) }
}

describe('policyResourceKind', () => {
  it.each<[JsonValue, string, string | undefined]>([
    ['policy.holdfast.dev/v1alpha1', 'StoragePolicy', 'StoragePolicy'],
    ['policy.holdfast.dev/v2', 'ClusterStoragePolicyException', 'ClusterStoragePolicyException'],
    ['policy.holdfast.dev/v1alpha1', 'constructor', undefined],
    ['other.example.com/v1', 'StoragePolicy', undefined],
    [7, 'StoragePolicy', undefined],
  ])('of %s %s is %s', (apiVersion, kind, expected) => {
    expect(policyResourceKind({ apiVersion, kind })).toBe(expected)
  })
})

describe('a custom resource is refused with its place and what is wrong', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['a policy that is as it should be', policy('p'), []],
    ['an exception that is as it should be', clusterWide(), []],
    ['an exception for a policy that may come later', clusterWide({ policy: 'to-come' }), []],
    [
      'the name of a policy of the files',
      policy('owner-named'),
      [
        'StoragePolicy owner-named: /metadata/name is "owner-named", which a policy of the files is called already; settings of that one are in holdfast.json',
      ],
    ],
    [
      'an expression',
      policy('p', { rules: [{ ...rule, when: 'object.' }] }),
      [expect.stringMatching('^StoragePolicy p: /spec/rules/0/when ')],
    ],
    [
      'two mistakes',
      policy('p', { severity: 'huge', title: 7 }),
      [
        'StoragePolicy p: /spec/title is 7; it must be of type string',
        'StoragePolicy p: /spec/severity is "huge"; allowed are "critical", "high", "medium", "low"',
      ],
    ],
    [
      'a name that no message could end with',
      policy('a.b'),
      ['StoragePolicy a.b: /metadata/name is "a.b"; it must match ^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'],
    ],
    [
      'a day that no calendar has',
      inShop({ expires: '2027-02-30' }),
      ['StoragePolicyException shop/legacy: /spec/expires is "2027-02-30", which is no day of the calendar'],
    ],
    [
      'an exception without a reason',
      clusterWide({ reason: '' }),
      ['ClusterStoragePolicyException legacy: /spec/reason is ""; it must NOT have fewer than 1 characters'],
    ],
    [
      'an exception of the whole cluster that matches anything',
      clusterWide({ match: {} }),
      ['ClusterStoragePolicyException legacy: /spec/match is {}; it must NOT have fewer than 1 properties'],
    ],
    [
      'fingerprints without a key',
      inShop({ match: { fingerprints: ['9f2c01ab'] } }),
      [
        'StoragePolicyException shop/legacy: /spec/match/fingerprints names fingerprints, but there is no key to make them with; set HOLDFAST_FINGERPRINT_KEY or fingerprintKeyFile',
      ],
    ],
  ])('%s', (_, object, expected) => {
    expect(problems(object)).toEqual(expected)
  })

  it('says where the configuration has a wrong setting for it', () => {
    const config = { policies: { p: { parameters: { most: 'many' } } } }
    expect(problems(policy('p'), files(config))).toEqual([
      'holdfast.json: /policies/p/parameters/most is "many"; it must be of type integer',
    ])
  })

  it('takes fingerprints where there is a key', () => {
    expect(problems(inShop({ match: { fingerprints: ['9f2c01ab'] } }), files({}, 'k'.repeat(32)))).toEqual([])
  })

  it('survives a schema that is nested without end', () => {
    let schema: JsonObject = {}
    for (let depth = 0; depth < 20_000; depth += 1) schema = { not: schema }
    expect(problems(policy('p', { rules: [{ ...rule, assert: { schema } }] }))).toHaveLength(1)
  })
})

describe('withResources', () => {
  it('puts policies and exceptions to those of the files', () => {
    const base = files({ exceptions: [exceptionSpec] })
    expect(inForce(base, [policy('p'), clusterWide()])).toEqual({
      policies: ['owner-named', 'p'],
      exceptions: [{ names: ['legacy-*'] }, { names: ['legacy-*'] }],
    })
  })

  it.each<[string, JsonValue, JsonObject]>([
    ['without a match', {}, { namespaces: ['shop'] }],
    ['that names another', { namespaces: ['*', 'bank'] }, { namespaces: ['shop'] }],
    ['with names', { names: ['a'] }, { names: ['a'], namespaces: ['shop'] }],
  ])('narrows an exception of a namespace to it (%s)', (_, match, expected) => {
    expect(inForce(files(), [inShop({ match })]).exceptions).toEqual([expected])
  })

  it('lets the configuration set a policy that is a resource', () => {
    const set = compilePolicies(
      withResources(files({ policies: { p: { action: 'audit', parameters: { most: 5 } } } }), [policy('p')], new Map())
        .input,
    )
    const settings = set.policies.find(({ name }) => name === 'p')?.settingsFor('')
    expect([settings?.action, settings?.parameters]).toEqual(['audit', { most: 5 }])
  })

  it('leaves out what is wrong, and nothing else', () => {
    const { policies } = inForce(files(), [policy('a', { severity: 'huge' }), policy('b'), policy('owner-named')])
    expect(policies).toEqual(['b', 'owner-named'])
  })

  it('keeps the last version that was right, as long as it is', () => {
    const [right, wrong] = [policy('p'), policy('p', { severity: 'huge' })]
    const first = withResources(files(), [right], new Map())
    expect([...first.good]).toEqual([[resourceKey(right), right]])
    const second = withResources(files(), [wrong], first.good)
    expect(second.resources[0]?.problems).toHaveLength(1)
    expect(second.input.policies.map(({ document }) => document.metadata.name)).toEqual(['owner-named', 'p'])
    expect([...second.good]).toEqual([...first.good])
    expect(inForce(files(), [], second.good).policies).toEqual(['owner-named'])
    const nowWrong = files({ policies: { p: { parameters: { most: 'many' } } } })
    expect(inForce(nowWrong, [wrong], second.good).policies).toEqual(['owner-named'])
  })
})
