import { describe, expect, it } from 'vitest'
import { collect } from '../../test/cluster/collect.ts'
import { lines } from './lines.ts'

async function* pieces(texts: readonly string[]): AsyncGenerator<string> {
  yield* texts
}

describe('lines', () => {
  it.each([
    { what: 'nothing', texts: [], expected: [] },
    { what: 'whole lines', texts: ['a\nb\n'], expected: ['a', 'b'] },
    { what: 'a line in pieces', texts: ['a', 'b', 'c\nd', '\n'], expected: ['abc', 'd'] },
    { what: 'an empty line', texts: ['\n', 'a\n'], expected: ['', 'a'] },
    { what: 'a line that broke off', texts: ['a\nb'], expected: ['a'] },
    { what: 'other line separators', texts: ['a\u2028b\r\n'], expected: ['a\u2028b\r'] },
    { what: 'a line of the greatest length', texts: ['12', '345\n'], expected: ['12345'] },
  ])('$what', async ({ texts, expected }) => {
    expect(await collect(lines(pieces(texts), 5))).toEqual(expected)
  })

  it.each([{ texts: ['123456\n'] }, { texts: ['123', '456'] }, { texts: ['123', '456\n'] }])(
    'refuses one that is too long: $texts',
    async ({ texts }) => {
      await expect(collect(lines(pieces(texts), 5))).rejects.toThrow(
        new RangeError('a line is longer than 5 characters'),
      )
    },
  )
})
