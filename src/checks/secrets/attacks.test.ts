import { performance } from 'node:perf_hooks'
import { describe, expect, test } from 'vitest'
import { scanEntries } from './scan.ts'

const size = 256 * 1024

/** Pieces that make detectors begin over and over, or read far ahead, when they are repeated. */
const pieces: readonly string[] = [
  'password=',
  'password="',
  'password:\n value: ',
  "token='",
  '"auth":"',
  'key=',
  'secret \\"',
  '://a:b',
  '?token=a&',
  'a:b@tcp(',
  'eyJ',
  'eyJ.eyJ.',
  '-----BEGIN PRIVATE KEY-----\n',
  'PuTTY-User-Key-File-',
  'kind: Secret\n',
  '<password>',
  '--password ',
  'curl -u',
  'mysql -p',
  '${A:-b',
  '{{ default "',
  ' | default "a',
  "get('A', 'b'",
  'password=${${',
  'password: `',
  'mysql -pa ',
  'curl -u a:b ',
  'echo a|',
  'user a on b b b ',
  'USER a IDENTIFIED BY ',
  'INSERT INTO a (a) VALUES (',
  'jdbc:oracle:thin:a/',
  'variable "a" {',
  'a key: 9f3a61c07be84d25',
  'mailgun key ',
  '"a" "bcd"\n',
  '<a name="b">',
  '<a><![CDATA[',
  '- value: a\n',
  'password:\n  a',
  '9f3a61c0-',
  'T3BlbkFJ',
  'YWJjZGVmZ2hpamtsbW5vcA== ',
  '  a:\n',
  ' ',
  '\\',
  'A',
]

/** The shortest of a few runs: what the machine needs when nothing else disturbs it. */
function duration(run: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return Math.min(...times)
}

describe('scanEntries takes time linear in the length of', () => {
  // What it costs to read the same amount of ordinary JSON is the unit: it grows and shrinks with the machine.
  const json = JSON.stringify(
    Array.from({ length: size / 64 }, (_, index) => ({ name: `item-${index}`, value: 'x'.repeat(30) })),
  )
  const unit = duration(() => JSON.parse(json))

  test.each(pieces)('%j', (piece) => {
    const value = piece.repeat(size / piece.length)
    const time = duration(() => scanEntries([{ path: '/data/a', key: 'a', value }]))
    // Typical text takes some 30 units, these up to 150; one quadratic detector takes more than 2,000.
    expect(time / unit).toBeLessThan(800)
  })
})
