import { type IProperty, property, tuple } from 'fast-check'
import { expect } from 'vitest'
import type { AdmissionRequest } from '../../src/admission/request.ts'
import type { Surroundings } from '../../src/engine/evaluate.ts'
import type { Finding } from '../../src/engine/finding.ts'
import { fieldPath } from '../../src/kubernetes/pointer.ts'
import type { PolicySet } from '../../src/policy/compiled.ts'
import { type Disguise, disguises } from './disguise.ts'
import {
  answerTo,
  findingsIn,
  gist,
  manifestRequest,
  ofManifests,
  surroundingsWith,
  updateRequest,
  webhookRequest,
} from './judging.ts'
import type { Offence } from './offence.ts'
import type { Planted } from './planted.ts'
import { settings } from './settings.ts'

type Case = [object: Planted, disguise: Disguise]

/**
 * What breaks the policy is found at exactly the planned places, at the API server and in Git alike, and does not get
 * into the cluster, as a new object or as a change of one.
 */
export function isFound(policies: PolicySet, { policy, bad }: Offence): IProperty<[Case]> {
  return property(tuple(bad, disguises), ([object, disguise]) => {
    const surroundings = surroundingsWith(object.known ?? [])
    const request = webhookRequest(object.part)
    const findings = findingsIn(policies, request, surroundings)
    expect(placesFound(policy, findings)).toEqual(placesPlanted(object))
    const inGit = findingsIn(policies, manifestRequest(object.part, disguise), surroundings)
    expect(ofObject(inGit)).toEqual(ofObject(findings))
    keepsOut(policies, { policy, object, request, surroundings })
    const update = updateRequest(object.part)
    const before = update?.oldObject
    // What was wrong before the update as well is no way in.
    if (update === undefined || before === undefined) return
    if (placesFound(policy, findingsIn(policies, webhookRequest(before), surroundings)).length > 0) return
    keepsOut(policies, { policy, object, request: update, surroundings })
  })
}

/** What only looks like it is not seen, neither at the API server nor in Git. */
export function isNotSeen(policies: PolicySet, { policy, good }: Offence): IProperty<[Case]> {
  return property(tuple(good, disguises), ([object, disguise]) => {
    const surroundings = surroundingsWith(object.known ?? [])
    for (const request of [webhookRequest(object.part), manifestRequest(object.part, disguise)]) {
      expect(placesFound(policy, findingsIn(policies, request, surroundings))).toEqual([])
    }
  })
}

interface Attempt {
  readonly policy: string
  readonly object: Planted
  readonly request: AdmissionRequest
  readonly surroundings: Surroundings
}

/** Refused with every place named, or, by a policy that repairs, stored without any of it. */
function keepsOut(policies: PolicySet, { policy, object, request, surroundings }: Attempt): void {
  const { response, stored } = answerTo(policies, request, surroundings)
  const isRepaired = settings[policy]?.['action'] === 'fix'
  if (isRepaired && request.operation === 'CREATE') expect(response).toMatchObject({ allowed: true })
  if (isRepaired && response.allowed) {
    expect(placesFound(policy, findingsIn(policies, { ...request, object: stored }, surroundings))).toEqual([])
    return
  }
  const fields = object.places.map(({ path }) => ({ reason: policy, field: fieldPath(path) }))
  const causes = response.allowed ? 'allowed' : response.causes.map(({ reason, field }) => ({ reason, field }))
  expect(causes).toEqual(expect.arrayContaining(fields))
}

/** Rule and place of each finding of a policy, once each; of a rule that failed, that it did. */
function placesFound(policy: string, findings: readonly Finding[]): readonly string[] {
  const own = findings.filter((finding) => finding.policy === policy)
  return [
    ...new Set(own.map(({ rule, path, result }) => `${rule} ${path}${result === 'error' ? ' error' : ''}`)),
  ].sort()
}

function placesPlanted({ places }: Planted): readonly string[] {
  return places.map(({ rule, path }) => `${rule} ${path}`).sort()
}

function ofObject(findings: readonly Finding[]): readonly unknown[] {
  return findings.filter(({ policy }) => !ofManifests.has(policy)).map(gist)
}
