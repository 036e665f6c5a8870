import { describe, expect, it } from 'vitest'
import { ownerPolicy, policyNamed, refusal } from '../../test/support/policy-set.ts'
import type { JsonObject, JsonValue } from '../kubernetes/json.ts'

const rule = (more: JsonObject): JsonObject => ({
  name: 'r',
  assert: { cel: 'true' },
  message: 'm',
  remedy: 'f',
  ...more,
})

const withRule = (more: JsonObject, spec: JsonObject = {}): JsonObject =>
  policyNamed('p', { match: { kinds: ['ConfigMap'] }, rules: [rule(more)], ...spec })

describe('a wrong policy is refused with file, place, what is wrong and what is allowed', () => {
  it.each<[string, JsonValue, readonly string[]]>([
    ['no object', 'text', ['policy-0.json: is not a StoragePolicy: it must be a JSON object']],
    [
      'a misspelt field',
      policyNamed('p', { match: { kinds: ['Pod'] }, ruels: [], rules: [rule({})] }),
      ['policy-0.json: /spec/ruels is not known here; did you mean "rules"?'],
    ],
    [
      'a word that is none of the allowed',
      withRule({}, { severity: 'huge' }),
      ['policy-0.json: /spec/severity is "huge"; allowed are "critical", "high", "medium", "low"'],
    ],
    [
      'an unknown kind',
      withRule({}, { match: { kinds: ['StorageClas'] } }),
      [
        'policy-0.json: /spec/match/kinds/0 is "StorageClas", which is no kind known here; did you mean "StorageClass"? write a custom resource as Kind.group',
      ],
    ],
    [
      'two forms of assertion',
      withRule({ assert: { cel: 'true', check: 'x' } }),
      ['policy-0.json: /spec/rules/0/assert fits none of the forms allowed: it needs schema, or cel, or check'],
    ],
    [
      'an expression with a mistake',
      withRule({ when: 'object.' }),
      [expect.stringMatching(/^policy-0\.json: \/spec\/rules\/0\/when 1:\d+: /)],
    ],
    [
      'a variable that does not exist',
      withRule({ assert: { cel: 'objekt == 1' } }),
      [expect.stringMatching(/^policy-0\.json: \/spec\/rules\/0\/assert\/cel 1:1: .*objekt/)],
    ],
    ['a condition that is no condition', withRule({ when: '1 + 1' }), [expect.stringMatching(/when .*must be bool/)]],
    [
      'a message with a mistake',
      withRule({ message: 'it is {{nothing}}' }),
      [expect.stringMatching(/message .*nothing/)],
    ],
    [
      'a cel assertion without words',
      policyNamed('p', { match: { kinds: ['Pod'] }, rules: [{ name: 'r', assert: { cel: 'true' } }] }),
      [
        'policy-0.json: /spec/rules/0/message is missing: a cel assertion has no words of its own',
        'policy-0.json: /spec/rules/0/remedy is missing: a cel assertion has no words of its own',
      ],
    ],
    [
      'an item without each',
      withRule({ message: '{{item.name}}' }),
      [expect.stringMatching(/message .*undeclared variable 'item'/)],
    ],
    [
      'each with a check',
      withRule({ each: ['/spec/volumes/*'], assert: { check: 'secrets' } }),
      [
        'policy-0.json: /spec/rules/0/each cannot go with a check, which judges the object as a whole',
        expect.stringMatching(/needs the policy to have the parameters/),
      ],
    ],
    [
      'a place that is no pointer',
      withRule({ each: ['spec/volumes'] }),
      [expect.stringMatching(/^policy-0\.json: \/spec\/rules\/0\/each\/0 is "spec\/volumes"/)],
    ],
    [
      'a place with a mistake',
      withRule({ fix: [{ set: '/data/{{nothing}}', value: 1 }] }),
      [expect.stringMatching(/fix\/0 .*nothing/)],
    ],
    [
      'an unknown relation',
      policyNamed('p', {
        match: { kinds: ['Pod'] },
        lookup: { x: { relation: 'friends' } },
        rules: [{ name: 'r', assert: { schema: {} } }],
      }),
      [expect.stringMatching(/\/spec\/lookup\/x/)],
    ],
    [
      'an unknown check',
      withRule({ assert: { check: 'hostPath' } }),
      ['policy-0.json: /spec/rules/0/assert/check is "hostPath", which is no check; did you mean "hostPaths"?'],
    ],
    [
      'a check without its parameters',
      withRule({ assert: { check: 'hostPaths' } }),
      ['policy-0.json: /spec/rules/0/assert/check needs the policy to have the parameters allowed'],
    ],
    [
      'a schema that is none',
      withRule({ assert: { schema: { type: 'objekt' } } }),
      [expect.stringMatching(/^policy-0\.json: \/spec\/rules\/0\/assert\/schema .*type/)],
    ],
    [
      'a schema with an unknown parameter',
      withRule({ assert: { schema: { properties: { a: { const: { $param: 'mode' } } } } } }),
      [
        'policy-0.json: /spec/rules/0/assert/schema/properties/a/const names the parameter "mode", which is not among the policy\'s parameters',
      ],
    ],
    [
      'a default its own schema refuses',
      withRule({}, { parameters: { n: { description: 'd', type: 'integer', default: 'x' } } }),
      [
        'policy-0.json: /spec/parameters/n has a default that its own schema refuses: it is "x"; it must be of type integer',
      ],
    ],
    [
      'a parameter without default',
      withRule({}, { parameters: { n: { description: 'd' } } }),
      ['policy-0.json: /spec/parameters/n/default is missing'],
    ],
  ])('%s', (_name, document, expected) => {
    expect(refusal([document])).toEqual(expected)
  })

  it('every problem of every file is told at once', () => {
    const told = refusal(
      [
        withRule({ when: '(' }, { severity: 'low' }),
        ownerPolicy,
        policyNamed('q', { match: { kinds: ['Nope'] }, rules: [rule({})] }),
      ],
      { profile: 'strict', exceptions: [] },
    )
    expect(told.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'policy-0.json: /spec/rules/0/when',
      'policy-2.json: /spec/match/kinds/0',
    ])
  })

  it('two policies of one name', () => {
    expect(refusal([ownerPolicy, ownerPolicy])).toEqual([
      'policy-1.json: /metadata/name is "owner-named", which another policy is called already',
    ])
  })
})
