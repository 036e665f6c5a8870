import { expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

it.each([
  [1, 1, 500],
  [2, 1, 1000],
  [6, 1, 16_000],
  [7, 1, 30_000],
  [1e9, 1, 30_000],
  [1, 0, 250],
  [7, 0, 15_000],
  [7, 0.5, 22_500],
])('after %d failures, with the random number %d, it is %d ms', (failures, random, milliseconds) => {
  expect(backoffMs(failures, random)).toBe(milliseconds)
})
