import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shellCommands } from './shell-words.ts'

describe('shellCommands', () => {
  it.each<[string, readonly (readonly string[])[]]>([
    ['', []],
    ['postgres -D /data', [['postgres', '-D', '/data']]],
    [
      'mkdir -p /d && exec postgres',
      [
        ['mkdir', '-p', '/d'],
        ['exec', 'postgres'],
      ],
    ],
    ['a;b|c||d&e\nf', [['a'], ['b'], ['c'], ['d'], ['e'], ['f']]],
    ['(a) `b`', [['a'], ['b']]],
    ['echo "a; b" \'c | d\'', [['echo', 'a; b', 'c | d']]],
    ['redis-server --save ""', [['redis-server', '--save', '']]],
    ['a \\\n  b', [['a', 'b']]],
    ["a\\ b '\\'", [['a b', '\\']]],
    ['a # b; c\nd', [['a'], ['d']]],
    ['a#b', [['a#b']]],
    ['minio server /data{1...4}', [['minio', 'server', '/data{1...4}']]],
    ['echo "never closed', [['echo', 'never closed']]],
    ['a\\', [['a']]],
  ])('%j', (script, words) => {
    expect(shellCommands(script).map((command) => command.words)).toEqual(words)
  })

  it('reads any text, and a very long one only in part', () => {
    fc.assert(
      fc.property(fc.string(), (script) => {
        for (const { words } of shellCommands(script)) expect(words.length).toBeGreaterThan(0)
      }),
    )
    expect(shellCommands('a;'.repeat(1_000_000))).toHaveLength(10_000)
  })
})
