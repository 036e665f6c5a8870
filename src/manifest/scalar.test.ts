import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainKey, readPlain } from './scalar.ts'

// Every row was measured: `kubectl annotate --local -f - a=1 -o json`, kubectl 1.32.
const asKubectl: readonly (readonly [unknown, string])[] = [
  [true, 'y Y yes Yes YES on On ON true True TRUE'],
  [false, 'n N no No NO off Off OFF false False FALSE'],
  [null, '~ null Null NULL'],
  [15, '0o17 017 0O17'],
  [-15, '-017 -0o17'],
  [7, '0_7 +0o7 0o_7'],
  [31, '0x1f 0X1F 0x_1f +0x1f'],
  [-31, '-0x1f'],
  [3, '0b11 0B11'],
  [-3, '-0b11'],
  [1, '+1 1. 1_ 0b_1 1.0'],
  [-1, '-_1'],
  [8, '08'],
  [10, '1__0'],
  [0, '0 -0 1e-400 -0.0'],
  [0.5, '.5 +.5 .5_0'],
  [-0.5, '-.5'],
  [5, '.5e1'],
  [8.5, '08.5'],
  [10.5, '1_0.5'],
  [1000, '1_000 1e3 1E3'],
  [1500, '1.5e3'],
  [0.001, '1e-3'],
  [1e30, '1e3_0'],
  [9007199254740992, '9007199254740993'],
  [18446744073709552000, '18446744073709551615 18446744073709551616 0xffffffffffffffff'],
  [-9223372036854776000, '-9223372036854775809'],
  [7.777777777777778e24, '07777777777777777777777777'],
]

const asText =
  'yES tRUE nULL 0o8 0b2 0o 0x -0b _1 . ._ ._5 .e5 .0x1p4 1e400 .1e400 1:30 0xfffffffffffffffff 10Gi 100m 1.2.3 - + -- ' +
  '2001-12-14 2001-12-14t21:59:43.10-05:00 2001-12-14T21:59:43Z = << constructor __proto__'

describe('a plain scalar', () => {
  test.each(asKubectl)('is %j, as kubectl reads it: %s', (value, sources) => {
    const read = sources.split(' ').map((source) => [source, readPlain(source)])
    expect(read).toEqual(sources.split(' ').map((source) => [source, value]))
  })

  test('without anything is null', () => expect(readPlain('')).toBe(null))

  test.each(asText.split(' '))('%s is text', (source) => expect(readPlain(source)).toBe(source))

  test.each(['.inf', '-.Inf', '+.INF', '.nan', '.NaN', '.NAN'])('%s is nothing JSON has', (source) =>
    expect(readPlain(source)).toBeUndefined(),
  )

  test('of a hundred thousand digits takes no time', () => {
    const digits = '9'.repeat(100_000)
    expect([readPlain(digits), readPlain(`0x${digits}`)]).toEqual([digits, `0x${digits}`])
  })

  test('is a string, a finite number, a boolean, null or nothing, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+.0-9_eExob]{0,12}$/)), (source) => {
        const value = readPlain(source)
        expect(typeof value === 'number' ? Number.isFinite(value) : true).toBe(true)
      }),
    )
  })
})

describe('a plain key', () => {
  test.each([
    ['yes', 'true'],
    ['n', 'false'],
    ['1', '1'],
    ['0x1f', '31'],
    ['010', '8'],
    ['1e3', '1000'],
    ['1.5', '1.5'],
    ['1e21', '1e+21'],
    ['2001-01-01', '2001-01-01'],
    ['name', 'name'],
    ['~', undefined],
    ['.inf', undefined],
  ])('%s is %j', (source, key) => expect(plainKey(source)).toBe(key))
})
