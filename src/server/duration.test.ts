import { expect, test } from 'vitest'
import { parseDuration } from './duration.ts'

test.each([
  ['10s', 10_000],
  ['500ms', 500],
  ['1m30s', 90_000],
  ['1.5s', 1500],
  ['1h0m0s', 3_600_000],
  ['250us', 0.25],
  ['250µs', 0.25],
  ['1000000ns', 1],
  ['0', 0],
  ['0s', 0],
  ['', undefined],
  ['10', undefined],
  ['s', undefined],
  ['-1s', undefined],
  ['1s ', undefined],
  ['1s2', undefined],
  ['1.s', undefined],
  ['1e3s', undefined],
])('%s', (text, expected) => expect(parseDuration(text)).toBe(expected))

test('a long number without a unit is none', () => expect(parseDuration(`${'1'.repeat(50_000)}x`)).toBeUndefined())
