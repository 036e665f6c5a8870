import { describe, expect, it } from 'vitest'
import { configMap, nowhere, policyNamed, policySet, request } from '../../test/support/policy-set.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { decide } from './decide.ts'

const rule = (name: string, more: JsonObject = {}): JsonObject => ({
  name,
  assert: { cel: `object.data.${name} == 'yes'` },
  path: `/data/${name}`,
  message: '{{field}} is {{actual}}',
  remedy: 'set {{field}} to "yes"',
  ...more,
})

const policy = policyNamed('two-rules', {
  match: { kinds: ['ConfigMap'] },
  rules: [rule('kept'), rule('told', { advice: true, fix: [{ set: '/data/told', value: 'yes' }] })],
})

const answer = (config: JsonObject, data: JsonObject = { kept: 'yes', told: 'no' }): ReturnType<typeof decide> =>
  decide(policySet([policy], { policies: { 'two-rules': config } }), request(configMap(data)), nowhere)

const warning = 'ConfigMap shop/settings: data.told is "no". [two-rules] Fix: set data.told to "yes".'

describe('a rule that advises', () => {
  it.each(['warn', 'deny', 'fix'])('warns, and neither refuses nor repairs: %s', (action) => {
    const { response, findings } = answer({ action })
    expect(response).toEqual({ allowed: true, patch: [], warnings: [warning] })
    expect(findings.map(({ effect, result }) => [effect, result])).toEqual([['warn', 'warn']])
  })

  it('warns beside another rule that refuses', () => {
    expect(answer({ action: 'deny' }, { kept: 'no', told: 'no' }).response).toMatchObject({
      allowed: false,
      message: expect.stringContaining('data.kept is "no"'),
      warnings: [warning],
    })
  })

  it.each<[string, readonly string[]]>([
    ['deny', ['warn']],
    ['audit', []],
  ])('advises by a check as well: %s', (action, effects) => {
    const paths = policyNamed('paths', {
      match: { kinds: ['Pod'] },
      parameters: { allowed: { description: 'd', default: [] } },
      rules: [{ name: 'told', advice: true, assert: { check: 'hostPaths' } }],
    })
    const spec = { volumes: [{ name: 'host', hostPath: { path: '/etc' } }] }
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec }
    const { findings } = decide(policySet([paths], { policies: { paths: { action } } }), request(pod), nowhere)
    expect(findings.map(({ effect }) => effect)).toEqual(effects)
  })

  it('is left out where it could only be recorded: the other rule is not', () => {
    expect(answer({ action: 'audit' }, { kept: 'no', told: 'no' }).findings.map(({ rule: name }) => name)).toEqual([
      'kept',
    ])
  })

  it('is left out in namespaces that audit only', () => {
    expect(answer({ action: 'deny', namespaces: { shop: { action: 'audit' } } }).findings).toEqual([])
  })

  it('that cannot be evaluated refuses nothing', () => {
    const { response, findings } = answer({ action: 'deny' }, { kept: 'yes' })
    expect(response.allowed).toBe(true)
    expect(findings.map(({ effect, result }) => [effect, result])).toEqual([['warn', 'error']])
    expect(answer({ action: 'audit' }, { kept: 'yes' }).findings).toEqual([])
  })
})
