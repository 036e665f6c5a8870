import { afterEach, describe, expect, it } from 'vitest'
import { type FakeSource, type FakeWatch, page } from '../../test/cluster/fake-source.ts'
import { type Reflecting, reflecting, refuseLeftovers, storageClass } from '../../test/cluster/reflecting.ts'
import { silenceMs } from './reflector.ts'
import { StatusError } from './source.ts'

const minute = 60_000
const refused = new Error('connect ECONNREFUSED')
const gone = new StatusError(410, 'too old resource version')

let current: Reflecting | undefined

function setUp(...options: Parameters<typeof reflecting>): Reflecting {
  current = reflecting(...options)
  return current
}

afterEach(async () => {
  await current?.reflector.stop()
  if (current !== undefined) refuseLeftovers(current.clock, current.source)
})

describe('following', () => {
  it('knows nothing before the first list', async () => {
    const { source, reflector, start } = setUp()
    source.lists('hang')
    await start()
    expect(reflector.state()).toEqual({ condition: 'starting', known: false, upToDateAt: undefined })
  })

  it('lists page by page and watches from there', async () => {
    const { clock, source, log, reflector, names, changes, start } = setUp()
    source.lists(page([storageClass('a', '1')], '7', 'next'), page([storageClass('b', '2')], '7'))
    await start()
    expect(source.requests).toEqual(['list', 'list continue=next', 'watch from 7'])
    expect(names()).toEqual(['a', 'b'])
    expect(reflector.state()).toEqual({ condition: 'following', known: true, upToDateAt: clock.now() })
    expect(log.lines).toEqual(['info: following a kind (StorageClass)'])
    expect(changes()).toBe(1)
  })

  it('lists in one answer where pages have expired', async () => {
    const { source, names, start } = setUp()
    source.lists(page([storageClass('a', '1')], '7', 'next'), gone, page([storageClass('b', '2')], '9'))
    await start()
    expect(source.requests).toEqual(['list', 'list continue=next', 'list limit=undefined', 'watch from 9'])
    expect(names()).toEqual(['b'])
  })

  it('takes what is added, modified and deleted, and passes over what it does not know', async () => {
    const { clock, source, reflector, names, start } = setUp()
    source.lists(page([storageClass('a', '1'), storageClass('b', '2')], '7'))
    await start()
    source.watching().send('ADDED', storageClass('c', '8'))
    source.watching().send('MODIFIED', storageClass('a', '9', 'z.example.com'))
    source.watching().send('DELETED', storageClass('b', '10'))
    source.watching().send('RENAMED', storageClass('d', '11'))
    source.watching().send('ADDED', { metadata: {} })
    await clock.advance(0)
    expect(names()).toEqual(['a', 'c'])
    expect(reflector.objects().get('', 'a')).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'a' },
      provisioner: 'z.example.com',
    })
  })

  it('is as old as the last bookmark', async () => {
    const { clock, source, reflector, start } = setUp()
    await start()
    await clock.advance(minute)
    expect(clock.now().getTime() - (reflector.state().upToDateAt?.getTime() ?? 0)).toBe(minute)
    source.watching().send('BOOKMARK', { metadata: { resourceVersion: '12' } })
    await clock.advance(0)
    expect(clock.now().getTime() - (reflector.state().upToDateAt?.getTime() ?? 0)).toBe(0)
  })
})

describe('a watch that ends', () => {
  it('is taken up again at once from the last resource version, without a word', async () => {
    const { clock, source, log, start } = setUp()
    await start()
    source.watching().send('BOOKMARK', { metadata: { resourceVersion: '12' } })
    await clock.advance(5 * minute)
    source.watching().close()
    await clock.advance(0)
    expect(source.requests).toEqual(['list', 'watch from 1', 'watch from 12'])
    await clock.advance(5 * minute)
    source.watching().fail(new Error('socket hang up'))
    await clock.advance(0)
    expect(source.requests).toEqual(['list', 'watch from 1', 'watch from 12', 'watch from 12'])
    expect(log.lines).toEqual(['info: following a kind (StorageClass)'])
  })

  it('is given up when it is silent for longer than it may last', async () => {
    const { clock, source, start } = setUp()
    await start()
    await clock.advance(silenceMs - 1)
    expect(source.requests).toEqual(['list', 'watch from 1'])
    await clock.advance(1)
    expect(source.requests).toEqual(['list', 'watch from 1', 'watch from 1'])
    expect(source.open()).toBe(1)
  })

  it('is given up when it is not accepted within 30 seconds', async () => {
    const { clock, source, start } = setUp()
    source.watches('hang')
    await start()
    await clock.advance(30_000)
    expect(source.requests).toEqual(['list', 'watch from 1', 'watch from 1'])
  })

  it('leads to a new list when its resource version is too old, by status or by event', async () => {
    const { clock, source, names, start } = setUp()
    source.lists(page([storageClass('a', '1')], '7'), page([], '20'), page([storageClass('b', '2')], '30'))
    await start()
    await clock.advance(minute)
    source.watches(gone)
    source.watching().close()
    await clock.advance(0)
    expect(source.requests.slice(2)).toEqual(['watch from 7', 'list', 'watch from 20'])
    expect(names()).toEqual([])
    await clock.advance(minute)
    source.watching().send('ERROR', { kind: 'Status', code: 410, message: 'too old resource version' })
    await clock.advance(0)
    expect(source.requests.slice(5)).toEqual(['list', 'watch from 30'])
    expect(names()).toEqual(['b'])
  })

  it.each([
    { what: 'closed', end: (watch: FakeWatch) => watch.close() },
    { what: 'broken off', end: (watch: FakeWatch) => watch.fail(new Error('socket hang up')) },
    { what: 'ended by an error', end: (watch: FakeWatch) => watch.send('ERROR', { code: 500 }) },
    { what: 'too old right after a list', end: (watch: FakeWatch) => watch.send('ERROR', { code: 410 }) },
  ])('waits longer and longer when it is $what at once', async ({ end }) => {
    const { clock, source, start } = setUp()
    await start()
    for (const pauseMs of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
      end(source.watching())
      await clock.advance(pauseMs - 1)
      expect(source.open()).toBe(0)
      await clock.advance(1)
      expect(source.open()).toBe(1)
    }
  })
})

describe('listing again', () => {
  it('happens on time, and ends the watch', async () => {
    const { clock, source, names, start } = setUp({ relistEveryMs: 10 * minute })
    source.lists(page([storageClass('a', '1')], '7'), page([storageClass('b', '2')], '9'))
    await start()
    await clock.advance(5 * minute)
    source.watching().send('BOOKMARK', { metadata: { resourceVersion: '8' } })
    await clock.advance(5 * minute - 1)
    expect(names()).toEqual(['a'])
    await clock.advance(1)
    expect(names()).toEqual(['b'])
    expect(source.requests.slice(2)).toEqual(['list', 'watch from 9'])
  })

  it('that fails leaves what was known', async () => {
    const { clock, source, reflector, names, start } = setUp({ relistEveryMs: minute })
    source.lists(page([storageClass('a', '1')], '7'), refused)
    await start()
    await clock.advance(minute)
    expect(names()).toEqual(['a'])
    expect(reflector.state()).toMatchObject({ condition: 'failing', known: true })
  })

  it('without a change gives the same objects', async () => {
    const { clock, source, reflector, start } = setUp({ relistEveryMs: minute })
    source.lists(page([storageClass('a', '1')], '7'), page([storageClass('a', '1')], '9'))
    await start()
    const before = reflector.objects()
    await clock.advance(minute)
    source.watching().send('MODIFIED', storageClass('a', '10'))
    await clock.advance(0)
    expect(source.requests).toContain('watch from 9')
    expect(reflector.objects()).toBe(before)
  })
})

describe('stopping', () => {
  it.each([
    { during: 'a list', prepare: (source: FakeSource) => source.lists('hang') },
    { during: 'the opening of a watch', prepare: (source: FakeSource) => source.watches('hang') },
    { during: 'a watch', prepare: () => undefined },
    { during: 'a pause', prepare: (source: FakeSource) => source.lists(refused) },
  ])('ends all during $during, quietly', async ({ prepare }) => {
    const { clock, source, log, reflector, start } = setUp()
    prepare(source)
    await start()
    const lines = [...log.lines]
    const requests = [...source.requests]
    await reflector.stop()
    await reflector.stop()
    await clock.advance(60 * minute)
    expect({ lines: log.lines, requests: source.requests }).toEqual({ lines, requests })
    expect(clock.pending()).toBe(0)
  })
})
