import { expect, test } from 'vitest'
import { wrap } from './wrap.ts'

test.each([
  ['a bc def', undefined, ['a bc def']],
  ['a bc def', 8, ['a bc def']],
  ['a bc def', 7, ['a bc', 'def']],
  ['a bc def', 4, ['a bc', 'def']],
  ['a bc def', 1, ['a', 'bc', 'def']],
  ['see https://example.com/a now', 10, ['see', 'https://example.com/a', 'now']],
  ['', 5, ['']],
])('%j in %j columns', (text, width, lines) => expect(wrap(text, width)).toEqual(lines))
