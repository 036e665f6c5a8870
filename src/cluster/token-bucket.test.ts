import { expect, test } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

test('lets a burst through, then one for each second', () => {
  const bucket = new TokenBucket({ burst: 2, perSecond: 1, now: 1000 })
  expect([bucket.take(1000), bucket.take(1000), bucket.take(1000)]).toEqual([true, true, false])
  expect(bucket.waitMs(1400)).toBe(600)
  expect([bucket.take(2000), bucket.take(2000)]).toEqual([true, false])
})

test('never holds more than its burst, and loses nothing where the clock is set back', () => {
  const bucket = new TokenBucket({ burst: 2, perSecond: 1, now: 1000 })
  expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([true, true, false])
  expect([99_000, 99_000, 99_000].map((now) => bucket.take(now))).toEqual([true, true, false])
})
