import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { characterCount, cleanLines, oneLine, truncateCharacters, truncateUtf8 } from './text.ts'

describe('oneLine', () => {
  test.each([
    ['line breaks and tabs', 'a\r\n\tb', 'a b'],
    ['DEL and C1 controls', 'a\u007fb\u009fc', 'a b c'],
    ['Unicode line separators', 'a\u2028b\u2029c', 'a b c'],
    ['direction overrides', 'gold\u202edlog\u2066', 'gold dlog'],
    ['both ends', ' \n a ', 'a'],
    ['nothing but controls', '\n\u0000', ''],
    ['other scripts', 'größer 存储 💾', 'größer 存储 💾'],
    ['half a character', 'a\ud83d', 'a\ufffd'],
  ])('%s', (_name, text, expected) => expect(oneLine(text)).toBe(expected))

  test('never leaves a control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(oneLine(text)).not.toMatch(/\p{Cc}/u)
      }),
    )
  })
})

describe('cleanLines', () => {
  test.each([
    ['keeps lines and indentation', 'a\r\n  fix: b', 'a\n  fix: b'],
    ['a tab becomes a space', 'a\tb', 'a b'],
    ['no empty lines at the ends', '\n\n a \n\nb  \n', 'a\n\nb'],
    ['a carriage return alone', 'a\rb', 'a b'],
  ])('%s', (_name, text, expected) => expect(cleanLines(text)).toBe(expected))
})

describe('truncateCharacters', () => {
  test.each([
    ['abcd', 4, 'abcd'],
    ['abcde', 4, 'abc…'],
    ['💾💾💾💾', 4, '💾💾💾💾'],
    ['💾💾💾💾💾', 4, '💾💾💾…'],
    ['ab cde', 4, 'ab…'],
  ])('%s to %i', (text, max, expected) => expect(truncateCharacters(text, max)).toBe(expected))
})

test('characterCount counts as Go counts runes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(characterCount(text)).toBe(Array.from(text).length)
    }),
  )
})

describe('truncateUtf8', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abc', 2, 'ab'],
    ['aé', 2, 'a'],
    ['aé', 3, 'aé'],
    ['💾💾', 7, '💾'],
    ['abc', 0, ''],
  ])('%s to %i bytes', (text, max, expected) => expect(truncateUtf8(text, max)).toBe(expected))

  test('gives a whole beginning, and the longest that fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, max) => {
        const cut = truncateUtf8(text, max)
        const next = String.fromCodePoint(text.codePointAt(cut.length) ?? 0)
        expect(text.startsWith(cut) && cut.isWellFormed()).toBe(true)
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(max)
        expect(cut === text || Buffer.byteLength(cut + next) > max).toBe(true)
      }),
    )
  })
})
