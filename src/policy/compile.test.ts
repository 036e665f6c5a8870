import { describe, expect, it } from 'vitest'
import { ownerPolicy, policyNamed, policySet } from '../../test/support/policy-set.ts'

describe('parameters', () => {
  const policy = policyNamed('p', {
    match: { kinds: ['ConfigMap'] },
    parameters: {
      owner: { description: 'd', type: 'string', default: 'sre' },
      level: { description: 'd', type: 'integer', default: 1 },
    },
    rules: [
      {
        name: 'r',
        assert: { schema: { properties: { data: { properties: { owner: { const: { $param: 'owner' } } } } } } },
      },
    ],
  })

  it('defaults, then the configuration, then the namespace', () => {
    const set = policySet([policy], {
      policies: { p: { parameters: { owner: 'dba' }, namespaces: { shop: { parameters: { level: 2 } } } } },
    })
    const [compiled] = set.policies
    expect(compiled?.settingsFor('other').parameters).toEqual({ owner: 'dba', level: 1 })
    expect(compiled?.settingsFor('shop').parameters).toEqual({ owner: 'dba', level: 2 })
  })
})

describe('views', () => {
  it('of kinds that no policy judges are left out', () => {
    expect([...policySet([ownerPolicy]).views.keys()]).toEqual([])
    const claims = policyNamed('c', {
      match: { kinds: ['PersistentVolumeClaim'] },
      rules: [{ name: 'r', assert: { schema: {} } }],
    })
    expect(policySet([claims]).views.has('CronJob.batch')).toBe(true)
  })
})
