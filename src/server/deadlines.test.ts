import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Deadlines, sweepMs } from './deadlines.ts'

describe('deadlines', () => {
  function waitFor(milliseconds: number, expired: string[], name: string) {
    return { due: performance.now() + milliseconds, expire: () => void expired.push(name) }
  }

  test('expire once each, when they are due, and not after they were ended', async () => {
    const deadlines = new Deadlines()
    const expired: string[] = []
    const ended = waitFor(10, expired, 'ended')
    deadlines.add(waitFor(60_000, expired, 'later'))
    deadlines.add(waitFor(10, expired, 'soon'))
    deadlines.add(ended)
    deadlines.delete(ended)
    expect(expired).toEqual([])
    await sleep(10 + 5 * sweepMs)
    expect(expired).toEqual(['soon'])
  })

  test('go on after there were none', async () => {
    const deadlines = new Deadlines()
    const expired: string[] = []
    deadlines.add(waitFor(0, expired, 'first'))
    await expect.poll(() => expired).toEqual(['first'])
    await sleep(2 * sweepMs)
    deadlines.add(waitFor(0, expired, 'second'))
    await expect.poll(() => expired).toEqual(['first', 'second'])
  })
})
