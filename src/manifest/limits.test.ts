import * as fc from 'fast-check'
import { loadAll } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { readManifests } from './read.ts'

const read = (text: string) => readManifests(text, { file: 'f.yaml' })
const head = (kind: string) => `apiVersion: v1\nkind: ${kind}\n`
const problems = (text: string) =>
  read(text).problems.map(({ line, column, kind, message }) => `${line}:${column} ${kind} ${message}`)

describe('hostile text', () => {
  const laughs = (levels: number) =>
    Array.from({ length: levels }, (_, level) => {
      const value = level === 0 ? '"x"' : `*a${level - 1}`
      return `a${level}: &a${level} [${Array.from({ length: 10 }, () => value).join(', ')}]`
    }).join('\n')

  test('billion laughs are too large, and a few are not', () => {
    expect(problems(head('A') + laughs(9))).toEqual([
      '8:45 too-large holds more than 1,000,000 values; split it, or use fewer aliases',
    ])
    expect(read(head('A') + laughs(5)).manifests.length).toBe(1)
  })

  test('merges that double are too large', () => {
    const lines = Array.from({ length: 400 }, (_, level) =>
      level === 0 ? 'm0: &m0 {a0: 1}' : `m${level}: &m${level} {<<: [${`*m${level - 1}, `.repeat(90)}], a${level}: 1}`,
    )
    expect(read(head('A') + lines.join('\n')).problems.map(({ kind }) => kind)).toEqual(['too-large'])
  })

  test.each([
    ['YAML', `${head('A')}x: ${'['.repeat(100_000)}`],
    ['YAML that is closed', `${head('A')}x: ${'['.repeat(300)}${']'.repeat(300)}`],
    ['JSON', `{"apiVersion":"v1","kind":"A","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('deep nesting in %s is too large', (_, text) => {
    expect(read(text).problems.map(({ kind, message }) => [kind, message])).toEqual([
      ['too-large', 'is nested more than 200 levels deep; flatten it'],
    ])
  })

  test('random text never throws, and every problem is in the text', () => {
    const pieces = [
      ['---', '...', '\n', ' ', '  ', '- ', ': ', 'a', 'kind', 'apiVersion', 'items', '{', '}', '[', ']', '&x ', '*x'],
      ['<<', '"', "'", '|', '>', '%', '#', '!', '!!int ', '\t', '\r', ',', '? ', '{{', '__proto__', '1', '\uFEFF'],
    ]
    const piece = fc.constantFrom(...pieces.flat())
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (source) => {
        const lines = source.split('\n')
        for (const { line, column, message } of read(source).problems) {
          expect(line).toBeLessThanOrEqual(lines.length)
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1)
          expect(message).not.toContain('\n')
        }
      }),
      { numRuns: 2000 },
    )
  })
})

test('ten thousand documents take no more than three times what js-yaml alone takes', () => {
  const text = Array.from(
    { length: 10_000 },
    (_, number) => `${head('A')}metadata:\n  name: n${number}\n  labels: {a: b}\n`,
  ).join('---\n')
  const cost = (work: () => unknown) => {
    const start = process.cpuUsage()
    work()
    return process.cpuUsage(start).user
  }
  const rounds = [0, 1, 2].map(() => [cost(() => loadAll(text)), cost(() => read(text))] as const)
  const best = (side: 0 | 1) => Math.min(...rounds.map((round) => round[side]))
  expect(read(text).manifests.length).toBe(10_000)
  expect(best(1)).toBeLessThan(3 * best(0))
})
