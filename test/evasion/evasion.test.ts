import { assert, check } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PolicySet } from '../../src/policy/compiled.ts'
import { claimOffences } from './claim-offences.ts'
import { classOffences } from './class-offences.ts'
import { configOffences } from './config-offences.ts'
import { containerOffences } from './container-offences.ts'
import { credentialOffences } from './credential-offences.ts'
import { databaseOffences } from './database-offences.ts'
import { pack, policySetOf } from './judging.ts'
import { mountOffences } from './mount-offences.ts'
import type { Offence } from './offence.ts'
import { parameterOffences } from './parameter-offences.ts'
import { persistentVolumeOffences } from './persistent-volume-offences.ts'
import { podOffences } from './pod-offences.ts'
import { isFound, isNotSeen } from './properties.ts'
import { volumeOffences } from './volume-offences.ts'

const offences: readonly Offence[] = [
  ...volumeOffences,
  ...mountOffences,
  ...containerOffences,
  ...credentialOffences,
  ...podOffences,
  ...databaseOffences,
  ...claimOffences,
  ...classOffences,
  ...parameterOffences,
  ...persistentVolumeOffences,
  ...configOffences,
]

const badRuns = 250
const goodRuns = 125
const policies = policySetOf(pack)

describe.each(offences)('$policy: $what', (offence) => {
  it('is found wherever it hides', () => {
    assert(isFound(policies, offence), { numRuns: badRuns })
  })

  it('is not seen in what only looks like it', () => {
    assert(isNotSeen(policies, offence), { numRuns: goodRuns })
  })
})

/** The set as if this policy were not in it. */
function without(policy: string): PolicySet {
  return policySetOf(pack.filter(({ document }) => document.metadata.name !== policy))
}

/** The set as if it could not look into a kind. */
function blindTo(kind: string): PolicySet {
  return { ...policies, views: new Map([...policies.views].filter(([carrier]) => carrier !== kind)) }
}

const carriers = [...policies.views.keys()].filter((kind) => kind !== 'Pod')

describe('the suite', () => {
  it('tries ten thousand cases and more', () => {
    expect(offences.length * (badRuns + goodRuns)).toBeGreaterThanOrEqual(10_000)
  })

  it.each(offences)('notices where $policy does not find $what', (offence) => {
    expect(check(isFound(without(offence.policy), offence), { numRuns: 5, endOnFailure: true }).failed).toBe(true)
  })

  it.each(offences)('notices where $policy finds what it should not: $what', (offence) => {
    expect(
      check(isNotSeen(policies, { ...offence, good: offence.bad }), { numRuns: 5, endOnFailure: true }).failed,
    ).toBe(true)
  })

  it.each(carriers)('hides something in %s', (kind) => {
    const results = [...podOffences, ...claimOffences].map((offence) =>
      check(isFound(blindTo(kind), offence), { numRuns: 200, endOnFailure: true }),
    )
    expect(results.some(({ failed }) => failed)).toBe(true)
  })
})
