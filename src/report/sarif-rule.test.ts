import { describe, expect, test } from 'vitest'
import { policyNamed } from '../../test/support/policy-set.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { parsePolicy } from '../policy/parse.ts'
import { sarifRule } from './sarif-rule.ts'

const rule = { name: 'allowed', assert: { cel: 'true' }, message: 'm', remedy: 'set {{field}} to `gold` or <ask>' }

/** The rule of a policy, as it is read again from JSON. */
function ruleOf(spec: JsonObject) {
  const policy = policyNamed('claim-storage-class', { match: { kinds: ['ConfigMap'] }, rules: [rule], ...spec })
  return JSON.parse(JSON.stringify(sarifRule(parsePolicy(policy, 'policy.json'))))
}

describe('a rule', () => {
  test('is a policy', () => {
    const spec = {
      title: 'A class that is allowed',
      why: 'Of *others* nobody knows.',
      controls: { 'nist-800-53r5': ['CM-6'] },
      links: ['https://example.com/a', 'https://example.com/b'],
    }
    expect(ruleOf(spec)).toEqual({
      id: 'claim-storage-class',
      name: 'ClaimStorageClass',
      shortDescription: { text: 'A class that is allowed' },
      fullDescription: { text: 'Of *others* nobody knows.' },
      help: {
        text: 'Of *others* nobody knows.\n\n- allowed: set <field> to `gold` or <ask>\n\nhttps://example.com/a\nhttps://example.com/b',
        markdown:
          'Of \\*others\\* nobody knows.\n\n- `allowed`: set *field* to `gold` or \\<ask\\>\n\n- <https://example.com/a>\n- <https://example.com/b>\n',
      },
      helpUri: 'https://example.com/a',
      defaultConfiguration: { level: 'error' },
      properties: {
        tags: ['storage', 'external/nist-800-53r5/CM-6'],
        precision: 'very-high',
        'problem.severity': 'warning',
      },
    })
  })

  test.each([
    ['deny', 'error'],
    ['fix', 'error'],
    ['warn', 'warning'],
    ['audit', 'note'],
    ['off', 'note'],
  ])('of action %s is by default of level %s', (baseline, level) => {
    expect(ruleOf({ action: { baseline, strict: 'deny' } }).defaultConfiguration).toEqual({ level })
  })

  test.each([
    ['critical', '9.5', 'error'],
    ['high', '8.0', 'error'],
    ['medium', '5.5', 'warning'],
    ['low', '2.5', 'recommendation'],
  ])('of severity %s, about security, scores %s', (severity, score, problem) => {
    const { properties } = ruleOf({ severity, controls: { 'nist-800-53r5': ['IA-5(7)'] } })
    expect(properties['security-severity']).toBe(score)
    expect(properties['problem.severity']).toBe(problem)
    expect(properties.tags).toEqual(['storage', 'security', 'external/nist-800-53r5/IA-5(7)'])
  })

  test.each<[JsonObject, boolean]>([
    [{ 'nist-800-53r5': ['AC-6'] }, true],
    [{ 'nist-800-53r5': ['CP-9', 'SC-28(1)'] }, true],
    [{ 'nist-800-53r5': ['SC-4'] }, true],
    [{ 'nist-800-53r5': ['SC-5(2)', 'SC-36', 'SC-40', 'CP-10', 'SI-7'] }, false],
    [{ 'pod-security-standards': ['baseline: HostPath Volumes'] }, true],
    [{}, false],
  ])('for the controls %j is about security: %s', (controls, isSecurity) => {
    expect(ruleOf({ controls }).properties.tags.includes('security')).toBe(isSecurity)
  })

  test('that weighs what it sees is less precise', () => {
    expect(ruleOf({ rules: [{ name: 'a', assert: { check: 'podSecrets' } }] }).properties.precision).toBe('high')
  })
})
