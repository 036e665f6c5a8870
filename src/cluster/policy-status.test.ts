import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeClock, fakeClock } from '../../test/cluster/fake-clock.ts'
import { type LogBook, logBook } from '../../test/cluster/log-book.ts'
import { refuseLeftovers } from '../../test/cluster/reflecting.ts'
import { asObject, type JsonObject } from '../kubernetes/json.ts'
import { type PolicyOutcome, policyStatusWriter, type PolicyStatusWriter } from './policy-status.ts'
import { StatusError } from './source.ts'

/** What was written: the path, and the body. */
let written: (readonly [string, JsonObject])[]
/** What the next writes come to; success once these are used up. */
let failures: Error[]
let clock: FakeClock
let log: LogBook
let writer: PolicyStatusWriter

beforeEach(() => {
  written = []
  failures = []
  clock = fakeClock()
  log = logBook()
  const client = {
    apply(path: string, object: JsonObject, manager: string) {
      const failure = failures.shift()
      if (failure !== undefined) return Promise.reject(failure)
      written.push([`${path} ${manager}`, object])
      return Promise.resolve(object)
    },
  }
  writer = policyStatusWriter({ client, clock, logger: log, random: () => 1 })
})

afterEach(async () => {
  await writer.stop()
  refuseLeftovers(clock)
})

function policy(generation: number, status?: JsonObject, name = 'p'): JsonObject {
  const metadata = { name, uid: 'u', generation }
  return { apiVersion: 'policy.holdfast.dev/v1alpha1', kind: 'StoragePolicy', metadata, ...(status && { status }) }
}

const good = (object: JsonObject): PolicyOutcome => ({ object, accepted: true, reason: 'InForce', message: 'yes' })
const bad = (object: JsonObject): PolicyOutcome => ({ object, accepted: false, reason: 'Invalid', message: '/spec no' })

async function tell(...outcomes: readonly PolicyOutcome[]): Promise<void> {
  writer.tell(outcomes)
  await clock.advance(0)
}

const paths = () => written.map(([path]) => path)
const lastStatus = (): JsonObject => asObject(written.at(-1)?.[1]['status'])

const path = '/apis/policy.holdfast.dev/v1alpha1/storagepolicies/p/status holdfast'
const midnight = '2026-01-01T00:00:00Z'

describe('what is written', () => {
  it('is the whole status, as the manager holdfast', async () => {
    await tell(good(policy(3)))
    expect(written).toEqual([
      [
        path,
        {
          apiVersion: 'policy.holdfast.dev/v1alpha1',
          kind: 'StoragePolicy',
          metadata: { name: 'p', uid: 'u' },
          status: {
            observedGeneration: 3,
            lastApplied: midnight,
            conditions: [
              {
                type: 'Accepted',
                status: 'True',
                reason: 'InForce',
                message: 'yes',
                lastTransitionTime: midnight,
                observedGeneration: 3,
              },
            ],
          },
        },
      ],
    ])
  })

  it('goes to the object in its namespace', async () => {
    const metadata = { name: 'a', namespace: 'shop', uid: 'u', generation: 1 }
    await tell(good({ ...policy(1), kind: 'StoragePolicyException', metadata }))
    expect(paths()).toEqual([
      '/apis/policy.holdfast.dev/v1alpha1/namespaces/shop/storagepolicyexceptions/a/status holdfast',
    ])
    expect(written[0]?.[1]['metadata']).toEqual({ name: 'a', namespace: 'shop', uid: 'u' })
  })

  it('keeps when it was last in force, and since when it is as it is', async () => {
    await tell(bad(policy(1)))
    const status = lastStatus()
    expect(Object.keys(status)).toEqual(['observedGeneration', 'conditions'])
    await clock.advance(60_000)
    await tell(bad(policy(2, { ...status, lastApplied: midnight })))
    expect(lastStatus()).toMatchObject({ lastApplied: midnight, conditions: [{ lastTransitionTime: midnight }] })
    await tell(good(policy(3, lastStatus())))
    const now = '2026-01-01T00:01:00Z'
    expect(lastStatus()).toMatchObject({ lastApplied: now, conditions: [{ lastTransitionTime: now }] })
  })
})

describe('when it is written', () => {
  it('is once, however often it is told', async () => {
    for (let time = 0; time < 3; time += 1) await tell(good(policy(1)))
    expect(paths()).toEqual([path])
  })

  it('is not at all where it says the same already', async () => {
    await tell(good(policy(1)))
    const stored = lastStatus()
    await writer.stop()
    expect(paths()).toHaveLength(1)
    const other = policyStatusWriter({
      client: { apply: () => Promise.reject(new Error('written')) },
      clock,
      logger: log,
    })
    other.tell([good(policy(1, stored))])
    await clock.advance(0)
    await other.stop()
    expect(log.lines).toEqual([])
  })

  it('is again for a new version, a new outcome, and an object made anew', async () => {
    await tell(good(policy(1)))
    await tell(good(policy(2)))
    await tell(bad(policy(2)))
    await tell()
    await tell(bad(policy(2)))
    expect(paths()).toHaveLength(4)
  })

  it('is not an answer to what another replica writes', async () => {
    await tell(good(policy(1)))
    const theirs = {
      ...lastStatus(),
      conditions: [{ type: 'Accepted', status: 'False', reason: 'Invalid', message: '' }],
    }
    await tell(good(policy(1, theirs)))
    expect(paths()).toHaveLength(1)
  })
})

describe('a write that fails', () => {
  it('is tried again after a pause that grows, and is one line in the log', async () => {
    failures = [new StatusError(403, 'no'), new StatusError(500, ''), new Error('gone')]
    await tell(good(policy(1)))
    await clock.advance(499)
    expect(failures).toHaveLength(2)
    await clock.advance(1)
    expect(failures).toHaveLength(1)
    await clock.advance(60_000)
    expect(paths()).toEqual([path])
    expect(log.lines).toEqual([
      'warn: the status of a policy cannot be written; trying again (StoragePolicy)',
      'info: the status of policies can be written again (StoragePolicy)',
    ])
  })

  it('does not keep the others from being written', async () => {
    failures = [new StatusError(422, 'this one')]
    await tell(good(policy(1, undefined, 'a')), good(policy(1, undefined, 'b')))
    await clock.advance(60_000)
    expect(paths().map((text) => text.split('/').at(-2))).toEqual(['b', 'a'])
  })

  it.each([404, 409])('is left where the object is gone (%i)', async (code) => {
    failures = [new StatusError(code, '')]
    await tell(good(policy(1)))
    await clock.advance(60_000)
    expect([paths(), log.lines]).toEqual([[], []])
  })

  it('writes what is true by then', async () => {
    failures = [new Error('away')]
    await tell(good(policy(1)))
    await tell(bad(policy(2)))
    await clock.advance(60_000)
    expect(written.map(([, { status }]) => asObject(status)['observedGeneration'])).toEqual([2])
  })

  it('ends with the writer', async () => {
    failures = [new Error('away')]
    await tell(good(policy(1)))
    await writer.stop()
    await tell(bad(policy(2)))
    expect([paths(), clock.pending()]).toEqual([[], 0])
  })
})
