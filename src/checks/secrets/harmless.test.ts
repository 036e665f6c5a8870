import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenFormats } from './formats/all.ts'
import { isHarmless } from './harmless.ts'
import { scanEntries } from './scan.ts'

const prefixes = tokenFormats.flatMap(({ prefixes: own }) => own)

describe('isHarmless', () => {
  it.each([
    ['LOG_LEVEL', 'info'],
    ['PORT', '8080'],
    ['BROKERS', 'kafka-0:9092,kafka-1:9092'],
    ['URL', 'http://a.shop.svc:8080/api/v1'],
    ['EMPTY', ''],
  ])('%s=%s is passed at once', (name, value) => expect(isHarmless(name, value)).toBe(true))

  it.each([
    ['PASSWORD', 'x'],
    ['DSN', 'x'],
    ['ANY', 'password'],
    ['ANY', 'bob:pw@db'],
    ['ANY', 'a=b'],
    ['ANY', 'AKIAQWERTYUI'],
    ['ANY', 'a b'],
    ['ANY', 'line\nline'],
  ])('%s=%s is scanned', (name, value) => expect(isHarmless(name, value)).toBe(false))

  // A newline in front keeps the shortcut out and changes nothing else.
  it('passes nothing that a scan would find', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abzABZ019_-.:/,'.split('')), maxLength: 64 })
    const value = fc.oneof(
      word,
      fc.tuple(fc.constantFrom(...prefixes), word).map((parts) => parts.join('')),
      fc
        .tuple(word, fc.constantFrom('pw', 'curl', 'mysql', 'login', '-p', '-u', '--'), word)
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(word, value, (key, text) => {
        fc.pre(isHarmless(key, text))
        expect(scanEntries([{ path: '/x', key, value: `\n${text}` }])).toEqual([])
        expect(scanEntries([{ path: '/x', key, value: ` ${text}` }])).toEqual([])
      }),
      { numRuns: 3000 },
    )
  })
})
