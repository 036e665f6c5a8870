import { expect, test } from 'vitest'
import { isDeeperThan } from './depth.ts'

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

test.each([
  ['at the limit', nested(10), false],
  ['above it', nested(11), true],
  ['objects count too', '{"a":'.repeat(11) + '1' + '}'.repeat(11), true],
  ['many brackets side by side', `[${Array.from({ length: 50 }, () => '{}').join()}]`, false],
  ['brackets in strings', JSON.stringify(['[[[[[[[[[[[[[[', '{{{{{']), false],
  ['an escaped quote', JSON.stringify(['"[[[[[[[[[[[[[[']), false],
  ['an escaped backslash at the end of a string', `["\\\\",${nested(10)}]`, true],
  ['closers in strings do not count', `["]]]]",${nested(10)}]`, true],
  ['100,000 levels', '['.repeat(100_000), true],
])('%s', (_name, text, expected) => expect(isDeeperThan(Buffer.from(text), 10)).toBe(expected))
