import { describe, expect, test } from 'vitest'
import { characterCount } from './text.ts'
import { toWarnings } from './warning.ts'

describe('toWarnings', () => {
  test.each([
    ['one line each', ['a\nb\tc'], ['a b c']],
    ['no duplicates, also after cleaning', ['a b', 'a\nb', 'c'], ['a b', 'c']],
    ['no empty ones', ['', '\n', 'a'], ['a']],
    ['not ASCII stays', ['größer 存储 💾'], ['größer 存储 💾']],
    ['256 characters pass', ['x'.repeat(256)], ['x'.repeat(256)]],
    ['257 are cut', ['x'.repeat(257)], [`${'x'.repeat(255)}…`]],
    ['characters count, not code units', ['💾'.repeat(256)], ['💾'.repeat(256)]],
  ])('%s', (_name, texts, expected) => expect(toWarnings(texts)).toEqual(expected))

  test('keeps the first ones and counts the rest where they pass 4,096 characters together', () => {
    const texts = Array.from({ length: 20 }, (_, index) => `${index} `.padEnd(256, 'x'))
    const warnings = toWarnings(texts)
    expect(warnings).toEqual([...texts.slice(0, 15), '5 more warnings do not fit into this answer'])
    expect(warnings.reduce((sum, text) => sum + characterCount(text), 0)).toBeLessThanOrEqual(4096)
  })

  test('exactly 4,096 characters pass', () => {
    const texts = Array.from({ length: 16 }, (_, index) => `${index} `.padEnd(256, 'x'))
    expect(toWarnings(texts)).toEqual(texts)
  })
})
