import { describe, expect, it } from 'vitest'
import { ageOf, isCompleteAt, type KindState, staleAfterMs, troubleOf } from './kind-state.ts'

const upToDateAt = new Date('2026-01-01T00:00:00Z')
const later = (milliseconds: number) => new Date(upToDateAt.getTime() + milliseconds)
const following: KindState = { condition: 'following', known: true, upToDateAt }
const failing: KindState = { condition: 'failing', known: true, upToDateAt }
const never = { known: false, upToDateAt: undefined } as const

describe('a kind', () => {
  it.each<[string, KindState, Date, number | undefined, boolean, string | undefined]>([
    ['starting', { condition: 'starting', ...never }, later(0), undefined, false, 'Pod: not listed yet'],
    ['never listed', { condition: 'failing', ...never }, later(0), undefined, false, 'Pod: cannot be listed'],
    ['fresh', following, later(1000), 1000, true, undefined],
    ['ahead of the clock', following, later(-1000), 0, true, undefined],
    ['quiet', following, later(staleAfterMs), staleAfterMs, true, undefined],
    ['stale', following, later(staleAfterMs + 1), staleAfterMs + 1, false, 'Pod: not up to date for 360 s'],
    ['failing of late', failing, later(staleAfterMs), staleAfterMs, true, undefined],
    ['failing for long', failing, later(600_000), 600_000, false, 'Pod: not up to date for 600 s'],
    ['absent', { ...following, condition: 'absent' }, later(600_000), 0, true, undefined],
    [
      'forbidden',
      { condition: 'forbidden', ...never },
      later(0),
      undefined,
      false,
      'Pod: RBAC forbids to list or watch it',
    ],
    [
      'forbidden later',
      { ...following, condition: 'forbidden' },
      later(600_000),
      600_000,
      false,
      'Pod: RBAC forbids to list or watch it, not up to date for 600 s',
    ],
  ])('that is %s', (_what, state, now, age, complete, trouble) => {
    expect([ageOf(state, now), isCompleteAt(state, now), troubleOf('Pod', state, now)]).toEqual([
      age,
      complete,
      trouble,
    ])
  })
})
