import { expect, it } from 'vitest'
import { lineDiff } from './line-diff.ts'

it.each([
  ['nothing', 'a\nb\n', 'a\nb\n', ' a\n b'],
  ['a changed line', 'a\nb\nc\n', 'a\nx\nc\n', ' a\n-b\n+x\n c'],
  ['an added line', 'a\nc\n', 'a\nb\nc\n', ' a\n+b\n c'],
  ['a line at the end', 'a\n', 'a\nb\n', ' a\n+b'],
  ['a removed line', 'a\nb\nc', 'a\nc', ' a\n-b\n c'],
  ['a repeated line', 'a\na\n', 'a\n', ' a\n-a'],
  ['everything', 'a\n', 'b\n', '-a\n+b'],
  [
    'comments, which a repair keeps',
    '# why\na: 1\n  # here\nb: 2\n',
    'a: 1\nb: 3\n',
    ' # why\n a: 1\n   # here\n-b: 2\n+b: 3',
  ],
])('shows %s', (_what, before, after, diff) => {
  expect(lineDiff(before, after)).toBe(diff)
})
