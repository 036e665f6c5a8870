import { describe, expect, it } from 'vitest'
import { blocks, codeSpan, details, fenced, prose, table } from './markdown.ts'

describe('Markdown', () => {
  it.each([
    ['plain (globs), snake_case', 'plain (globs), snake_case'],
    ['*.example.com or <name>', '\\*.example.com or \\<name\\>'],
    ['_private_ and a\\b', '\\_private\\_ and a\\\\b'],
    ['set `*` or *', 'set `*` or \\*'],
    ['one ` alone *', 'one ` alone \\*'],
  ])('shows %j literally', (text, markdown) => {
    expect(prose(text)).toBe(markdown)
  })

  it.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`a``', '``` `a`` ```'],
    ['a\n  b', '`a b`'],
  ])('makes a code span of %j', (text, markdown) => {
    expect(codeSpan(text)).toBe(markdown)
  })

  it('fences text that holds a fence', () => {
    expect(fenced('yaml', 'data: |\n  ```\n  x\n  ```\n\n')).toBe('````yaml\ndata: |\n  ```\n  x\n  ```\n````')
  })

  it('keeps a row of a table on its line and in its cells', () => {
    expect(table(['a', 'b'], [['`x|y`', 'two\n  lines']])).toBe('| a | b |\n|---|---|\n| `x\\|y` | two lines |')
  })

  it('opens on a click, with a plain summary', () => {
    expect(details('a < b & c', '*text*')).toBe(
      '<details>\n<summary>a &lt; b &amp; c</summary>\n\n*text*\n\n</details>',
    )
  })

  it('leaves empty blocks out', () => {
    expect(blocks(['a', '', 'b'])).toBe('a\n\nb\n')
  })
})
