import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { renderers } from '../src/report/renderers.ts'
import { run } from './support/command-line.ts'

const guide = readFileSync(join(import.meta.dirname, '../docs/guide/check.md'), 'utf8')

/** The lines of the first block of code below the heading of a format, without the places where something is left out. */
function excerptOf(format: string): readonly string[] {
  const [, section = ''] = guide.split(`\n### ${format}\n`)
  const block = /^(`{3,})\w*\n([\s\S]*?)\n\1$/m.exec(section)?.[2] ?? ''
  return block.split('\n').filter((line) => line.trim() !== '…')
}

describe('docs/guide/check.md', () => {
  it('has each format in its table, in their order', () => {
    const named = [...guide.slice(guide.indexOf('## Formats')).matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
    expect(named).toEqual(renderers.map(({ name }) => name))
  })

  it.each(renderers)('shows what $name really looks like', async ({ name }) => {
    const { out } = await run(['check', 'docs/guide/samples/class.yaml', '--format', name])
    const excerpt = excerptOf(name)
    expect(excerpt.length).toBeGreaterThan(0)
    const lines = out.split('\n')
    // A line that ends in "…" is cut there.
    const isReal = (line: string) =>
      line.endsWith('…') ? lines.some((real) => real.startsWith(line.slice(0, -1))) : lines.includes(line)
    expect(excerpt.filter((line) => !isReal(line))).toEqual([])
  })
})
