import { afterEach, describe, expect, it } from 'vitest'
import { page } from '../../test/cluster/fake-source.ts'
import { type Reflecting, reflecting, refuseLeftovers, storageClass } from '../../test/cluster/reflecting.ts'
import { StatusError } from './source.ts'

const minute = 60_000
const refused = new Error('connect ECONNREFUSED')

let current: Reflecting | undefined

function setUp(...options: Parameters<typeof reflecting>): Reflecting {
  current = reflecting(...options)
  return current
}

afterEach(async () => {
  await current?.reflector.stop()
  if (current !== undefined) refuseLeftovers(current.clock, current.source)
})

describe('an API server that is away', () => {
  it('is asked less and less often, with one line in the log, and nothing is forgotten', async () => {
    const { clock, source, log, reflector, names, start } = setUp()
    source.lists(page([storageClass('a', '1')], '7'))
    await start()
    await clock.advance(minute)
    const { upToDateAt } = reflector.state()
    source.watches(...Array.from({ length: 8 }, () => refused))
    source.watching().fail(refused)
    await clock.advance(61_500)
    expect(source.requests.slice(2)).toEqual(Array.from({ length: 8 }, () => 'watch from 7'))
    expect(reflector.state()).toEqual({ condition: 'failing', known: true, upToDateAt })
    expect(names()).toEqual(['a'])
    await clock.advance(30_000)
    expect(reflector.state()).toEqual({ condition: 'following', known: true, upToDateAt: clock.now() })
    expect(log.lines).toEqual([
      'info: following a kind (StorageClass)',
      'warn: cannot follow a kind; trying again (StorageClass)',
      'info: following a kind (StorageClass)',
    ])
  })

  it('is asked again until the first list succeeds', async () => {
    const { clock, source, names, start } = setUp()
    source.lists(refused, new StatusError(503, ''), 'hang', page([storageClass('a', '1')], '7'))
    await start()
    await clock.advance(500 + 1000)
    expect(source.open()).toBe(1)
    await clock.advance(120_000 + 2000)
    expect(names()).toEqual(['a'])
  })
})

describe('a kind that the cluster does not have', () => {
  it('is known to be empty, and looked for again after a minute', async () => {
    const { clock, source, log, reflector, names, start } = setUp({ optional: true, relistEveryMs: 10 * minute })
    source.lists(new StatusError(404, ''), page([storageClass('a', '1')], '7'))
    await start()
    expect(reflector.state()).toMatchObject({ condition: 'absent', known: true })
    expect(log.lines).toEqual(['info: the cluster does not have a kind (StorageClass)'])
    await clock.advance(minute - 1)
    expect(source.requests).toEqual(['list'])
    await clock.advance(1)
    expect(names()).toEqual(['a'])
  })

  it('is emptied when its definition is deleted', async () => {
    const { clock, source, reflector, names, start } = setUp({ optional: true })
    source.lists(page([storageClass('a', '1')], '7'), new StatusError(404, ''))
    await start()
    await clock.advance(minute)
    source.watches(new StatusError(404, ''))
    source.watching().close()
    await clock.advance(0)
    expect(reflector.state()).toMatchObject({ condition: 'absent', known: true })
    expect(names()).toEqual([])
  })

  it('that every cluster has is a failure', async () => {
    const { source, reflector, start } = setUp()
    source.lists(new StatusError(404, ''))
    await start()
    expect(reflector.state()).toMatchObject({ condition: 'failing', known: false })
  })
})

describe('a forbidden kind', () => {
  it('stays unknown until it is allowed, also while the API server is away', async () => {
    const { clock, source, log, reflector, start } = setUp()
    const forbidden = new StatusError(403, 'storageclasses is forbidden')
    source.lists(forbidden, refused, page([storageClass('a', '1')], '7'))
    await start()
    expect(reflector.state()).toMatchObject({ condition: 'forbidden', known: false })
    await clock.advance(500)
    expect(reflector.state()).toMatchObject({ condition: 'forbidden', known: false })
    await clock.advance(1000)
    expect(reflector.state()).toMatchObject({ condition: 'following', known: true })
    expect(log.lines).toEqual([
      'warn: RBAC forbids to list or watch a kind (StorageClass)',
      'info: following a kind (StorageClass)',
    ])
  })

  it('keeps what was known before', async () => {
    const { clock, source, reflector, names, start } = setUp()
    source.lists(page([storageClass('a', '1')], '7'))
    await start()
    await clock.advance(minute)
    source.watches(new StatusError(403, ''))
    source.watching().close()
    await clock.advance(0)
    expect(reflector.state()).toMatchObject({ condition: 'forbidden', known: true })
    expect(names()).toEqual(['a'])
  })
})
