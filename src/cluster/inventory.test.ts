import { KubeConfig } from '@kubernetes/client-node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeClock, fakeClock } from '../../test/cluster/fake-clock.ts'
import { type FakeSource, fakeSource, page } from '../../test/cluster/fake-source.ts'
import { logBook } from '../../test/cluster/log-book.ts'
import { refuseLeftovers } from '../../test/cluster/reflecting.ts'
import { type ClusterInventory, connectInventory, followKinds } from './inventory.ts'
import { StatusError } from './source.ts'
import { watchedKind } from './watched-kind.ts'

const minute = 60_000
const gold = { apiVersion: 'v1', kind: 'Gold', metadata: { name: 'g' } }
const kinds = ['Gold', 'Iron'].map((kind) =>
  watchedKind({ kind, apiVersion: 'v1', resource: kind.toLowerCase(), optional: true, fields: {} }),
)

let clock: FakeClock
let golds: FakeSource
let irons: FakeSource
let inventory: ClusterInventory

function follow(): Promise<void> {
  const sourceOf = ({ kind }: { readonly kind: string }) => (kind === 'Gold' ? golds : irons)
  inventory = followKinds(sourceOf, clock, { kinds, logger: logBook(), random: () => 1, relistEveryMs: 60 * minute })
  return clock.advance(0)
}

beforeEach(() => {
  clock = fakeClock()
  golds = fakeSource()
  irons = fakeSource()
  golds.lists(page([gold], '7'))
})

afterEach(async () => {
  await inventory.stop()
  refuseLeftovers(clock, golds, irons)
})

describe('current', () => {
  it('is incomplete until a kind is listed', async () => {
    irons.lists('hang')
    await follow()
    const current = inventory.current()
    expect([current.isComplete('Gold'), current.isComplete('Iron'), current.isComplete('Tin')]).toEqual([
      true,
      false,
      false,
    ])
    expect([current.get('Gold', '', 'g'), current.get('Iron', '', 'g'), current.get('Tin', '', 'g')]).toEqual([
      gold,
      undefined,
      undefined,
    ])
    expect([current.list('Gold'), current.list('Iron'), current.list('Tin')]).toEqual([[gold], [], []])
  })

  it('is the same until something changes, and stays what it was', async () => {
    await follow()
    const before = inventory.current()
    golds.watching().send('BOOKMARK', { metadata: { resourceVersion: '9' } })
    await clock.advance(minute)
    expect(inventory.current()).toBe(before)
    golds.watching().send('DELETED', gold)
    await clock.advance(0)
    expect(inventory.current()).not.toBe(before)
    expect([inventory.current().list('Gold'), before.list('Gold')]).toEqual([[], [gold]])
  })

  it('forgets nothing while the API server is away, but is no longer complete after six minutes', async () => {
    await follow()
    await clock.advance(minute)
    golds.watches(...Array.from({ length: 99 }, () => new Error('connect ECONNREFUSED')))
    golds.watching().close()
    await clock.advance(5 * minute)
    expect([inventory.current().isComplete('Gold'), inventory.ready()]).toEqual([true, { ready: true, reasons: [] }])
    await clock.advance(minute)
    expect(inventory.current().list('Gold')).toEqual([gold])
    expect([inventory.current().isComplete('Gold'), inventory.current().isComplete('Iron')]).toEqual([false, true])
    expect(inventory.ready()).toEqual({ ready: true, reasons: ['Gold: not up to date for 420 s'] })
    expect(inventory.ageSeconds()).toBe(420)
  })
})

describe('ready', () => {
  it('waits for every kind', async () => {
    irons.lists('hang', new Error('connect ECONNREFUSED'), page([], '7'))
    await follow()
    expect([inventory.ready(), inventory.ageSeconds()]).toEqual([
      { ready: false, reasons: ['Iron: not listed yet'] },
      undefined,
    ])
    await clock.advance(2 * minute + 500)
    expect(inventory.ready()).toEqual({ ready: false, reasons: ['Iron: cannot be listed'] })
    await clock.advance(1000)
    expect(inventory.ready()).toEqual({ ready: true, reasons: [] })
  })

  it('does not wait for a forbidden kind, but names it', async () => {
    irons.lists(new StatusError(403, 'no'))
    await follow()
    expect(inventory.ready()).toEqual({ ready: true, reasons: ['Iron: RBAC forbids to list or watch it'] })
    expect([inventory.current().isComplete('Iron'), inventory.ageSeconds()]).toEqual([false, 0])
  })

  it('does not wait for a kind that the cluster does not have', async () => {
    irons.lists(new StatusError(404, ''))
    await follow()
    await clock.advance(minute)
    expect(inventory.ready()).toEqual({ ready: true, reasons: [] })
    expect([inventory.current().isComplete('Iron'), inventory.ageSeconds()]).toEqual([true, 60])
  })
})

describe('synced', () => {
  it.each([
    { what: 'at once where it is ready', lists: [page([], '1')], passes: 0, expected: true },
    { what: 'as soon as it is', lists: [new Error('refused'), page([], '1')], passes: 500, expected: true },
    { what: 'not when it takes too long', lists: [new Error('refused')], passes: 10_000, expected: false },
  ])('$what', async ({ lists, passes, expected }) => {
    irons.lists(...lists)
    await follow()
    const answers: boolean[] = []
    void inventory.synced(10_000).then((answer) => answers.push(answer))
    await clock.advance(Math.max(0, passes - 1))
    expect(answers).toEqual(passes === 0 ? [expected] : [])
    await clock.advance(1)
    expect(answers).toEqual([expected])
  })

  it('not when it is stopped meanwhile', async () => {
    irons.lists('hang')
    await follow()
    const synced = inventory.synced(10_000)
    await inventory.stop()
    expect(await synced).toBe(false)
    expect(await inventory.synced(10_000)).toBe(false)
  })
})

it('rejects only where no kubeconfig can be used', async () => {
  await follow()
  const options = { logger: logBook(), now: () => clock.now() }
  await expect(connectInventory({ ...options, kubeConfig: new KubeConfig() })).rejects.toThrow(
    'names no current cluster',
  )
})
