import { describe, expect, test } from 'vitest'
import { InFlight, Overloaded } from './in-flight.ts'

describe('calls in flight', () => {
  test('are let in up to the limit, and again as others leave', () => {
    const inFlight = new InFlight({ calls: 2, bytes: 1000 })
    const first = inFlight.enter()
    expect(inFlight.enter()).toBeDefined()
    expect(inFlight.enter()).toBeUndefined()
    first?.leave()
    first?.leave()
    expect(inFlight.calls).toBe(1)
    expect(inFlight.enter()).toBeDefined()
    expect(inFlight.enter()).toBeUndefined()
  })

  test('share the room for their bodies, and give it back', () => {
    const inFlight = new InFlight({ calls: 9, bytes: 1000 })
    const [one, two] = [inFlight.enter(), inFlight.enter()]
    expect([one?.grow(100), two?.grow(100), two?.grow(100), two?.grow(32)]).toEqual([true, true, false, true])
    one?.leave()
    expect([one?.grow(1), two?.grow(100)]).toEqual([false, true])
  })

  test('take up more than their bytes where they come byte by byte', () => {
    const place = new InFlight({ calls: 1, bytes: 257 * 3 }).enter()
    expect([1, 1, 1, 1].map((bytes) => place?.grow(bytes))).toEqual([true, true, true, false])
  })

  test('that are turned away are asked to come again', () => {
    const { status, headers, reason } = new Overloaded('memory')
    expect([status, headers, reason]).toEqual([429, { 'retry-after': '1' }, 'memory'])
  })
})
