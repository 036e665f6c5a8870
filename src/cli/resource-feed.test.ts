import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ownerPolicy, policyNamed } from '../../test/support/policy-set.ts'
import { checks } from '../checks/registry.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { type CompileInput, compilePolicies } from '../policy/compile.ts'
import type { ConfigDocument } from '../policy/document.ts'
import { parsePolicy } from '../policy/parse.ts'
import type { LoadError } from '../policy/problem.ts'
import { type PoliciesInForce, type PolicyFeed, readyWith } from './policy-following.ts'
import { mixedFeed } from './resource-feed.ts'
import type { ResourceOutcome } from './resource-outcome.ts'

const rule = { name: 'r', assert: { cel: 'true' }, message: 'm', remedy: 'f' }

/** A policy as the API server has it. */
function policy(name: string, generation = 1, spec: JsonObject = {}): JsonObject {
  const written = policyNamed(name, { match: { kinds: ['ConfigMap'] }, rules: [rule], ...spec })
  return { ...written, metadata: { name, uid: 'u', generation } }
}

const wrong = (name: string, generation = 1) => policy(name, generation, { severity: 'huge' })

const exception: JsonObject = {
  apiVersion: 'policy.holdfast.dev/v1alpha1',
  kind: 'StoragePolicyException',
  metadata: { name: 'legacy', namespace: 'shop', uid: 'u', generation: 1 },
  spec: { policy: 'owner-named', reason: 'r', owner: 'sre', expires: '2026-06-01' },
}

function filesWith(document: ConfigDocument): PoliciesInForce {
  const files: CompileInput = {
    policies: [{ file: 'policy-0.json', document: parsePolicy(ownerPolicy, 'policy-0.json') }],
    config: { file: 'holdfast.json', document },
    checks,
    ownNamespace: 'holdfast-system',
    customResources: true,
  }
  return { policies: compilePolicies(files), files, refused: [] }
}

let objects: readonly JsonObject[]
let told: (readonly ResourceOutcome[])[]
let loaded: PoliciesInForce[]
let refused: LoadError[]
let changeFiles: (next: PoliciesInForce) => void
let feed: PolicyFeed
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-06-01T12:00:00Z') })
  objects = []
  told = []
  loaded = []
  refused = []
  const files: PolicyFeed = {
    initial: filesWith({}),
    isCurrent: () => true,
    watch(onLoaded) {
      changeFiles = onLoaded
      return () => undefined
    },
  }
  const resources = { objects: () => objects, tell: (outcomes: readonly ResourceOutcome[]) => void told.push(outcomes) }
  feed = mixedFeed(files, resources, () => new Date())
  stop = feed.watch(
    (next) => void loaded.push(next),
    (error) => void refused.push(error),
  )
})

afterEach(() => {
  stop()
  vi.useRealTimers()
})

const names = () => loaded.at(-1)?.policies.policies.map(({ name }) => name)
const outcomes = () => told.at(-1)?.map(({ accepted, reason, message }) => `${accepted} ${reason}: ${message}`)

function become(...next: readonly JsonObject[]): void {
  objects = next
  vi.advanceTimersByTime(100)
}

describe('mixedFeed', () => {
  it('compiles nothing anew where nothing changes', () => {
    vi.advanceTimersByTime(10_000)
    expect(loaded).toEqual([])
    become(policy('p'))
    vi.advanceTimersByTime(10_000)
    expect(loaded).toHaveLength(1)
    // A status that was written is no change.
    become({ ...policy('p'), status: { observedGeneration: 1 } })
    expect(loaded).toHaveLength(1)
  })

  it('has what is made, changed and deleted within 100 ms', () => {
    become(policy('p'))
    expect(names()).toEqual(['owner-named', 'p'])
    expect(outcomes()).toEqual(['true InForce: The policy is in force.'])
    become(policy('p', 2, { title: 'other' }))
    expect(loaded.at(-1)?.policies.policies.map(({ title }) => title)).toEqual(['owner-named', 'other'])
    become()
    expect([names(), outcomes()]).toEqual([['owner-named'], []])
  })

  it('leaves out what is wrong, tells of it once, and keeps the rest', () => {
    become(wrong('a'), policy('b'))
    expect(names()).toEqual(['b', 'owner-named'])
    expect(loaded.at(-1)?.refused).toEqual([
      { file: 'StoragePolicy a', path: '/spec/severity', problem: expect.stringContaining('is "huge"; allowed are') },
    ])
    expect(outcomes()).toEqual([
      'false Invalid: /spec/severity is "huge"; allowed are "critical", "high", "medium", "low"',
      'true InForce: The policy is in force.',
    ])
    become(wrong('a'), policy('b', 2))
    expect(loaded.at(-1)?.refused).toEqual([])
    become(wrong('a', 2), policy('b', 2))
    expect(loaded.at(-1)?.refused).toHaveLength(1)
  })

  it('keeps the last version that was right', () => {
    become(policy('p', 1, { title: 'first' }))
    become(wrong('p', 2))
    expect(loaded.at(-1)?.policies.policies.map(({ title }) => title)).toEqual(['owner-named', 'first'])
    expect(outcomes()).toEqual([expect.stringMatching(/^false Invalid: /)])
  })

  it('takes files that change together with what the cluster has', () => {
    become(policy('p'))
    changeFiles(filesWith({ policies: { p: { action: 'audit' } } }))
    expect(loaded.at(-1)?.policies.policies.map((each) => each.settingsFor('').action)).toEqual(['deny', 'audit'])
    changeFiles(filesWith({ policies: { p: { parameters: { most: 1 } } } }))
    expect(names()).toEqual(['owner-named'])
    expect(outcomes()).toEqual([expect.stringMatching(/^false Invalid: holdfast\.json: \/policies\/p\/parameters/)])
  })

  it('notices the end of an exception by itself', () => {
    become(exception)
    expect(outcomes()).toEqual(['true InForce: It holds until the end of 2026-06-01 (UTC).'])
    vi.advanceTimersByTime(11 * 3_600_000)
    expect(told).toHaveLength(1)
    vi.advanceTimersByTime(3_600_000)
    expect(outcomes()).toEqual([
      'false Expired: It held until the end of 2026-06-01 (UTC) and covers nothing any more.',
    ])
    expect(loaded.at(-1)?.policies.exceptions).toHaveLength(1)
    vi.advanceTimersByTime(3_600_000)
    expect(told).toHaveLength(2)
  })

  it('says so where an exception is for a policy that is not there, until it is', () => {
    const early = { ...exception, spec: { ...Object(exception['spec']), policy: 'p' } }
    become(early)
    expect(outcomes()).toEqual([
      'true InForce: It holds until the end of 2026-06-01 (UTC). /spec/policy names the policy "p", which does not exist.',
    ])
    become(early, policy('p'))
    expect(outcomes()?.[0]).toBe('true InForce: It holds until the end of 2026-06-01 (UTC).')
    expect(refused).toEqual([])
  })

  it('survives a cluster that cannot be read, and says so once for each look', () => {
    objects = Object.freeze([
      {
        kind: 'StoragePolicy',
        get metadata(): never {
          throw new Error('odd')
        },
      },
    ])
    vi.advanceTimersByTime(100)
    expect(refused.map(({ message }) => message)).toEqual(['the custom resources: cannot be put into force (odd)'])
    become(policy('p'))
    expect(names()).toEqual(['owner-named', 'p'])
  })

  it('looks no more once it is stopped', () => {
    stop()
    become(policy('p'))
    expect([loaded, vi.getTimerCount()]).toEqual([[], 0])
  })
})

describe('readyWith', () => {
  it('waits for what the cluster has, once', () => {
    let isListed = false
    let isCurrent = false
    const follower = { ...feed.initial, policies: () => feed.initial.policies, files: () => feed.initial.files, stop }
    const ready = readyWith(
      { ready: () => ({ ready: isListed, reasons: isListed ? [] : ['not listed'] }) },
      { ...follower, isCurrent: () => isCurrent },
    )
    isCurrent = true
    expect(ready()).toEqual({ ready: false, reasons: ['not listed'] })
    isListed = true
    isCurrent = false
    expect(ready()).toEqual({ ready: false, reasons: ['the policies of the cluster are not in force yet'] })
    isCurrent = true
    expect(ready()).toEqual({ ready: true, reasons: [] })
    isCurrent = false
    expect(ready()).toEqual({ ready: true, reasons: [] })
  })

  it('follows the feed', () => {
    objects = [policy('p')]
    expect(feed.isCurrent()).toBe(false)
    vi.advanceTimersByTime(100)
    expect(feed.isCurrent()).toBe(true)
  })
})
