import { describe, expect, it } from 'vitest'
import { optionValues, programName, startedCommands, statedEnvironment } from './container-command.ts'
import type { JsonObject } from './json.ts'

const shown = (container: JsonObject): readonly string[] =>
  startedCommands(container).map(
    ({ words, assignments, entrypoint }) => `${entrypoint ? '@' : ''}${[...assignments, ...words].join(' ')}`,
  )

describe('startedCommands', () => {
  it.each<[JsonObject, readonly string[]]>([
    [{}, ['@']],
    [{ args: ['-c', 'fsync=off'] }, ['@-c fsync=off']],
    [{ args: ['psql', '-h', 'db'] }, ['@psql -h db']],
    [{ command: ['psql'], args: ['-h', 'db'] }, ['psql -h db']],
    [{ command: [] }, ['@']],
    [{ command: ['docker-entrypoint.sh'], args: ['postgres'] }, ['@postgres']],
    [{ command: ['/opt/bitnami/scripts/redis/entrypoint.sh', '/run.sh'] }, ['@/run.sh']],
    [{ command: ['tini', '-g', '--', 'docker-entrypoint.sh', 'mongod'] }, ['@mongod']],
    [{ command: ['gosu', 'postgres', 'postgres', '-D', '/d'] }, ['postgres -D /d']],
    [{ command: ['env', 'PGDATA=/d', 'postgres'] }, ['PGDATA=/d postgres']],
    [{ command: ['sh', '-c', 'exec postgres -D /d'] }, ['postgres -D /d']],
    [
      { command: ['/bin/bash', '-ec'], args: ['mkdir /d; PGDATA=/d exec postgres'] },
      ['mkdir /d', 'PGDATA=/d postgres'],
    ],
    [{ command: ['sh', '-c', 'export PGDATA=/d\nexec postgres'] }, ['PGDATA=/d', 'postgres']],
    [{ args: ['bash', '-c', 'psql'] }, ['psql']],
    [{ command: ['sh', '-c', "sh -c 'sh -c mongod'"] }, ['mongod']],
    [{ command: ['bash', '-e', '/scripts/start.sh', 'x'] }, ['/scripts/start.sh x']],
    [
      { command: ['sh', '-c', 'until pg_isready -h postgres; do sleep 1; done'] },
      ['pg_isready -h postgres', 'sleep 1', 'done'],
    ],
    [{ command: 'postgres', args: [1, null] }, ['@']],
  ])('%j', (container, expected) => {
    expect(shown(container)).toEqual(expected)
  })
})

it('reads 10,000 words at most', () => {
  expect(startedCommands({ args: Array.from({ length: 20_000 }, () => 'x') }).map(({ words }) => words.length)).toEqual(
    [10_000],
  )
})

describe('optionValues', () => {
  it.each<[string, string, readonly string[]]>([
    ['--data-dir=/d', 'data-dir', ['/d']],
    ['--data-dir /d', 'data-dir', ['/d']],
    ['-data-dir=/d', 'data-dir', ['/d']],
    ['-E path.data=/d', 'path.data', ['/d']],
    ['-Epath.data=/d', 'path.data', ['/d']],
    ['-Dpath.data=/d', 'path.data', ['/d']],
    ['-Xpath.data=/d', 'path.data', []],
    ['-D /d', 'D', ['/d']],
    ['--data-dir', 'data-dir', ['']],
    ['data-dir /d', 'data-dir', []],
    ['--my-data-dir=/d', 'data-dir', []],
    ['--data-dirs=/d', 'data-dir', []],
    ['--store=/a --store=/b', 'store', ['/a', '/b']],
  ])('%s: %s is %j', (words, name, expected) => {
    expect(optionValues(words.split(' '), name)).toEqual(expected)
  })
})

describe('statedEnvironment', () => {
  it('lets the last entry of a name count, and does not know what comes from elsewhere', () => {
    const env = [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
      { name: 'B', valueFrom: { fieldRef: {} } },
      { name: 'C' },
      { value: 'x' },
      'D',
    ]
    expect([...statedEnvironment({ env })]).toEqual([
      ['A', '2'],
      ['B', undefined],
      ['C', ''],
    ])
  })
})

describe('programName', () => {
  it.each([
    ['/usr/bin/postgres', 'postgres'],
    ['postgres', 'postgres'],
  ])('%s', (path, name) => {
    expect(programName(path)).toBe(name)
  })
})
