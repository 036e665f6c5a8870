import { describe, expect, it } from 'vitest'
import type { SecretMatch } from './collector.ts'
import { withoutEchoes } from './echoes.ts'

const match = (kind: string, confidence: SecretMatch['confidence'], more: Partial<SecretMatch> = {}): SecretMatch => ({
  path: '/data/a',
  kind,
  title: kind,
  confidence,
  line: 1,
  innerKey: 'token',
  wrapped: 0,
  fingerprint: undefined,
  ...more,
})

const known = match('github-token', 'high')
const literal = match('secret-literal', 'medium')
const random = match('random-near-keyword', 'low', { innerKey: undefined })
const sample = match('aws-access-key', 'low')

describe('withoutEchoes', () => {
  it.each<[string, readonly SecretMatch[], readonly SecretMatch[]]>([
    ['a literal that is a known token', [literal, known], [known]],
    ['a random value on the line of something surer', [known, random], [known]],
    ['a random value on the line of a literal', [literal, random], [literal]],
    ['a second random value on a line', [random, match('random-key', 'low')], [random]],
  ])('leaves out %s', (_what, given, kept) => expect(withoutEchoes(given)).toEqual(kept))

  it.each<[string, readonly SecretMatch[]]>([
    ['a literal of another name on the line', [known, { ...literal, innerKey: 'password' }]],
    ['a literal on another line', [known, { ...literal, line: 2 }]],
    ['a literal where only a sample is', [sample, literal]],
    ['a random value on another line', [known, { ...random, line: 2 }]],
    ['two known tokens', [known, { ...known, kind: 'jwt' }]],
  ])('keeps %s', (_what, given) => expect(withoutEchoes(given)).toEqual(given))
})
