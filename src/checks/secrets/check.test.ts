import { describe, expect, test } from 'vitest'
import { checkContext } from '../../../test/support/check-context.ts'
import type { JsonObject } from '../../kubernetes/json.ts'
import { configMapSecrets } from './check.ts'
import type { BoundScanner } from './scanner.ts'

const context = checkContext()

function evaluate(object: JsonObject, parameters: JsonObject = {}): readonly unknown[] {
  return configMapSecrets.evaluate(parameters, object, context)
}

const password = 'tulip9meadow'
const settings = { metadata: { name: 'orders' }, data: { 'app.env': `PORT=1\nDB_PASSWORD=${password}\n` } }

describe('configMapSecrets', () => {
  test('says where a credential is and where it belongs', () => {
    expect(evaluate(settings)).toEqual([
      {
        path: '/data/app.env',
        problem: '{{field}} holds a literal password (line 2, under DB_PASSWORD)',
        actual: 'a literal password, not shown',
        expected: 'no credential',
        remedy:
          'move it to a Secret, for example key DB_PASSWORD of orders-secret, and refer to it with secretKeyRef or a Secret volume',
        why: 'password-literal, medium confidence',
        secretName: 'orders-secret',
      },
    ])
  })

  test('names what a known token stands under', () => {
    const data = { 'a.env': ['A=1\nAWS_ACCESS_KEY_ID="AKIA', 'IOSFODNN7EXAMPLE"\n'].join('') }
    expect(evaluate({ data })).toMatchObject([
      { problem: '{{field}} holds an AWS access key ID (line 2, under AWS_ACCESS_KEY_ID)' },
    ])
  })

  test('reports each data key and kind once, and counts the rest', () => {
    const value = `A_PASSWORD=${password}\nB_PASSWORD=${password}\nURL=postgres://app:${password}@db/app\n`
    const wrapped = Buffer.from(`B_PASSWORD=${password}`).toString('base64')
    expect(evaluate({ data: { a: value }, binaryData: { 'b/c': wrapped } })).toMatchObject([
      { path: '/data/a', problem: '{{field}} holds a URL with a password (line 3)' },
      { path: '/data/a', problem: '{{field}} holds a literal password (line 1, under A_PASSWORD), and 1 more' },
      { path: '/binaryData/b~1c', problem: '{{field}} holds a literal password (under B_PASSWORD)' },
    ])
  })

  test.each([
    ['under a name inside the value', (token: string) => ({ 'a.env': `GITHUB_TOKEN=${token}\n` })],
    ['as the whole value', (token: string) => ({ 'github-token': token })],
    ['in base64', (token: string) => ({ a: Buffer.from(`token: ${token}\n`).toString('base64') })],
  ])('does not call a known token a literal secret as well: %s', (_what, dataOf) => {
    const token = ['ghp', 'x7Kq2mZr5TbN1cYw7LpJ4hGfD9sAe6UoVi3R'].join('_')
    expect(evaluate({ data: dataOf(token) })).toMatchObject([{ actual: 'a GitHub token, not shown' }])
  })

  test('reports keys in the order of the API server, whatever order the manifest has them in', () => {
    const data = { b: `PASSWORD=${password}\n`, 'a-b': `PASSWORD=${password}\n`, B: `PASSWORD=${password}\n` }
    expect(evaluate({ data })).toMatchObject([{ path: '/data/B' }, { path: '/data/a-b' }, { path: '/data/b' }])
  })

  test('still tells of a literal beside a known token', () => {
    const token = ['ghp', 'x7Kq2mZr5TbN1cYw7LpJ4hGfD9sAe6UoVi3R'].join('_')
    const data = { 'a.json': JSON.stringify({ 'b.env': `TOKEN=${token}\nDB_PASSWORD=${password}\n` }) }
    expect(evaluate({ data })).toMatchObject([
      { actual: 'a GitHub token, not shown' },
      { actual: 'a literal password, not shown' },
    ])
  })

  test('names the data key where the value is all there is, and the layers around it', () => {
    const value = Buffer.from(`url: redis://:${password}@redis/0`).toString('base64')
    expect(evaluate({ metadata: { name: 'orders' }, data: { blob: value } })).toMatchObject([
      {
        problem: '{{field}} holds a URL with a password (base64-encoded)',
        remedy: expect.stringContaining('key "blob" of orders-secret'),
      },
    ])
  })

  test.each([
    ['the exact key', ['app.env']],
    ['a glob', ['x', '*.env']],
  ])('passes over allowed keys: %s', (_what, allowKeys) => {
    expect(evaluate(settings, { allowKeys })).toEqual([])
    expect(evaluate({ data: { 'app.conf': settings.data['app.env'] } }, { allowKeys })).toHaveLength(1)
  })

  // One of each confidence, a key each.
  const confidences = ['high', 'medium', 'low'] as const
  const oneOfEach: BoundScanner = () =>
    confidences.map((confidence) => ({
      path: `/data/${confidence}`,
      kind: 'some-kind',
      title: 'something',
      confidence,
      line: undefined,
      innerKey: undefined,
      wrapped: 0,
      fingerprint: undefined,
    }))

  test.each([
    ['high', ['/data/high', '/data/medium advice', '/data/low advice']],
    ['medium', ['/data/high', '/data/medium', '/data/low advice']],
    [undefined, ['/data/high', '/data/medium', '/data/low advice']],
    ['low', ['/data/high', '/data/medium', '/data/low']],
  ])('only advises below a minimum confidence: %s', (minimumConfidence, wanted) => {
    const found = configMapSecrets.evaluate(
      minimumConfidence === undefined ? {} : { minimumConfidence },
      settings,
      checkContext({ scanSecrets: oneOfEach }),
    )
    expect(found.map(({ path, advice }) => (advice ? `${path} advice` : path))).toEqual(wanted)
    // What is only advice may be no credential, and belongs into no Secret for sure.
    expect(found.filter(({ secretName }) => secretName !== undefined)).toEqual(found.filter(({ advice }) => !advice))
  })

  test('says that content is too large to search', () => {
    expect(evaluate({ data: { a: 'a '.repeat(1_100_000) } })).toEqual([
      {
        path: '/data/a',
        problem: '{{field}} holds more content than can be searched for credentials',
        actual: 'more content than one scan decodes',
        expected: 'content that can be searched',
        remedy: 'store the content unencoded and in smaller parts, or move it to a volume or an image',
        why: 'scan-incomplete',
      },
    ])
  })

  test('shows no part of a value', () => {
    const output = JSON.stringify(
      evaluate({ ...settings, binaryData: { x: Buffer.from(password).toString('base64') } }),
    )
    for (let at = 0; at + 5 <= password.length; at += 1) expect(output).not.toContain(password.slice(at, at + 5))
  })

  test.each([
    ['nothing', {}],
    ['no objects', { data: 'x', binaryData: [1] }],
    ['values that are no strings', { data: { password: 1, b: null }, binaryData: { c: {} } }],
    ['base64 that is none', { binaryData: { c: '!!!' } }],
  ])('finds nothing in a malformed object: %s', (_what, object) => {
    expect(evaluate(object)).toEqual([])
  })
})
