import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { runCommand } from '../e2e/controlplane/command.ts'
import { readCorpus } from './row.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-corpus-'))
afterAll(() => rmSync(folder, { recursive: true }))

const main = join(import.meta.dirname, 'main.ts')

function corpus(name: string, content: string | Buffer): string {
  const file = join(folder, name)
  writeFileSync(file, typeof content === 'string' ? gzipSync(content) : content)
  return file
}

const clean = {
  id: 'a',
  label: 'clean',
  type: 'settings',
  origin: 'here',
  carrier: 'cm',
  source: 'not read',
  configmap: { kind: 'ConfigMap', data: { PORT: '8080' } },
}
const secret = {
  ...clean,
  id: 'b',
  label: 'secret',
  type: 'password',
  configmap: { data: { DB_PASSWORD: 'tulip9meadow' } },
}
const lines = (...rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

describe('a collection', () => {
  it('is read row by row, empty lines aside', () => {
    const rows = readCorpus(corpus('good.gz', `${lines(clean)}\n${lines(secret)}`))
    expect(rows.map(({ id, label }) => [id, label])).toEqual([
      ['a', 'clean'],
      ['b', 'secret'],
    ])
  })

  it.each<[string, string | Buffer, RegExp]>([
    ['no gzip', Buffer.from('{}'), /is no whole gzip file/],
    ['cut off', gzipSync(lines(clean)).subarray(0, 30), /is no whole gzip file/],
    ['empty', '\n', /holds no rows/],
    ['no JSON', `${lines(clean)}{"id": "hunter2`, /line 2: no JSON$/],
    ['no object', '[]\n', /line 1: a row is a JSON object/],
    ['another label', lines({ ...clean, label: 'maybe' }), /line 1: label is neither secret nor clean/],
    ['no id', lines({ ...clean, id: 7 }), /line 1: id is no text/],
    ['no carrier', lines(clean, { ...secret, carrier: undefined }), /line 2: carrier is no text/],
    ['no ConfigMap', lines({ ...clean, configmap: 'text' }), /line 1: configmap is no object/],
    ['the same id twice', lines(clean, clean), /the id a occurs twice/],
  ])('that is %s is refused', (name, content, message) => {
    const file = corpus(`${name}.gz`, content)
    expect(() => readCorpus(file)).toThrow(message)
  })

  it('that is not there is refused', () => {
    expect(() => readCorpus(join(folder, 'absent.gz'))).toThrow(/absent\.gz cannot be read/)
  })
})

describe('the command', () => {
  const run = (...args: readonly string[]) => runCommand('node', [main, '--no-gitleaks', ...args])

  it('prints JSON', async () => {
    const { stdout } = await run('--json', '--corpus', corpus('two.gz', lines(clean, secret)))
    expect(JSON.parse(stdout)).toMatchObject({
      precision: 1,
      recall: 1,
      f1: 1,
      falsePositiveRate: 0,
      byOrigin: { here: { total: 2, found: 1 } },
      byType: { password: { recall: 1, total: 1, found: 1 }, settings: { falsePositiveRate: 0, total: 1, found: 0 } },
      missed: [],
      falsePositives: [],
    })
  })

  it.each<[string, readonly string[], RegExp]>([
    ['a collection that is not there', ['--corpus', '/nowhere/x.gz'], /^\/nowhere\/x\.gz cannot be read: .*\n$/],
    ['an unknown option', ['--corpora'], /Unknown option '--corpora'[\s\S]*usage: npm run/],
  ])('ends with 2 at %s', async (_, args, message) => {
    const failed = runCommand('node', [main, ...args], { expectFailure: true })
    await expect(failed).resolves.toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) })
  })
})
