import { gzipSync } from 'node:zlib'
import { array, assert, constantFrom, integer, oneof, property, string, tuple, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from '../../src/checks/secrets/limits.ts'
import { scanEntries } from '../../src/checks/secrets/scan.ts'

/** Pieces that detectors look for, whole and cut off, in the orders and numbers that come up. */
const piece = oneof(
  constantFrom(
    'password',
    '=',
    ': ',
    '"',
    "'",
    '\\"',
    '\n',
    '\r\n',
    '\t',
    '  ',
    '- ',
    '{',
    '}',
    '<',
    '>',
    '</password>',
    'name: DB_PASSWORD\n',
    'value: ',
    '://',
    'user:',
    '@',
    '@tcp(',
    '?token=',
    '&',
    'eyJhbGciOiJ',
    '.',
    'AKIA',
    'ghp_',
    '-----BEGIN PRIVATE KEY-----',
    '-----END',
    'kind: Secret\n',
    'data:\n',
    'stringData:\n',
    '${',
    '${A:',
    '{{',
    '}}',
    'auths',
    '"auth":"',
    'Bearer ',
    'Basic ',
    '--password ',
    'curl -u ',
    "IDENTIFIED BY '",
    '$2y$10$',
    '{SSHA}',
    '#',
    '|',
    '|-\n',
    '\0',
    '\ud800',
    'é',
    '__proto__',
    'constructor',
    '\ufeff',
    'H4sIAAAA',
    '\u2028',
  ),
  string({ maxLength: 12 }),
  uint8Array({ minLength: 9, maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64')),
)
const text = tuple(array(piece, { maxLength: 12 }), integer({ min: 1, max: 40 })).map(([pieces, times]) =>
  pieces.join('').repeat(times),
)
const wrappings: readonly ((inner: string) => string)[] = [
  (inner) => inner,
  (inner) => Buffer.from(inner).toString('base64'),
  (inner) => gzipSync(inner).toString('base64'),
  (inner) => JSON.stringify({ file: inner }),
  (inner) => inner.replaceAll('\n', '\n    '),
]
const hostile = tuple(text, array(constantFrom(...wrappings), { maxLength: 5 })).map(([inner, layers]) =>
  layers.reduce((content, wrap) => wrap(content), inner),
)
const entries = array(
  tuple(oneof(constantFrom('app.env', 'password', '__proto__', ''), string()), hostile, constantFrom('text', 'base64')),
  { minLength: 1, maxLength: 4 },
).map((list) => list.map(([key, value, encoding]) => ({ path: '/data/x', key, value, encoding }) as const))

/** Milliseconds of processor time: what else the machine does meanwhile does not count. */
function cost(run: () => void): number {
  const start = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

describe('hostile values', () => {
  it('never make it throw, and never more matches than allowed', () => {
    assert(
      property(entries, (list) => {
        const matches = scanEntries(list)
        expect(matches.length).toBeLessThanOrEqual(limits.matches + 1)
        for (const { wrapped } of matches) expect(wrapped).toBeLessThanOrEqual(limits.depth + 1)
      }),
      { numRuns: 1500 },
    )
  })

  it('never cost more than so much for each character', { timeout: 120_000 }, () => {
    const size = 128 * 1024
    const long = array(piece, { minLength: 1, maxLength: 6 })
      .map((pieces) => pieces.join(''))
      .filter((part) => part !== '')
      .map((part) => part.repeat(Math.ceil(size / part.length)).slice(0, size))
    assert(
      property(long, (value) => {
        const scan = (): number => cost(() => scanEntries([{ path: '/data/x', key: 'x', value }]))
        // The aim is 0.4 s for 1 MiB, which is 50 ms here; a quadratic detector takes many seconds.
        const first = scan()
        expect(first < 400 ? first : Math.min(first, scan())).toBeLessThan(400)
      }),
      { numRuns: 60 },
    )
  })

  it('that unpack to more than the budget are reported, not unpacked', () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64')
    let matches: readonly { readonly kind: string }[] = []
    const milliseconds = cost(() => {
      matches = scanEntries([{ path: '/binaryData/x', key: 'x', value: bomb, encoding: 'base64' }])
    })
    expect(matches.map(({ kind }) => kind)).toEqual(['scan-incomplete'])
    expect(milliseconds).toBeLessThan(400)
  })
})
