import { beforeAll, describe, expect, test } from 'vitest'
import { type CertificateState, type Circumstances, nextStep, type Step } from './certificate-plan.ts'
import { type IssuedCertificate, issueCertificate } from './issued-certificate.ts'

const day = 86_400_000
const made = new Date('2026-01-01T00:00:00Z')
const after = (days: number): Date => new Date(made.getTime() + days * day)
const names = ['holdfast.ns.svc']

// Letters name certificates: a and b are made on the first day, c is made on day 70, o is for other names.
const certificates = new Map<string, IssuedCertificate>()
beforeAll(async () => {
  for (const letter of ['a', 'b']) certificates.set(letter, await issueCertificate(names, made))
  certificates.set('c', await issueCertificate(names, after(70)))
  certificates.set('o', await issueCertificate(['other.ns.svc'], made))
})

function certificate(letter: string): IssuedCertificate {
  const found = certificates.get(letter)
  if (found === undefined) throw new Error(`there is no certificate ${letter}`)
  return found
}

const authority = (letter: string): string => certificate(letter).authority

/** `a` serves, `b` is next, and `trusted` are trusted: state('a', 'b', 'ab'). */
function state(serving: string, next: string, trusted: string, sinceDay = 0): CertificateState {
  return {
    serving: certificate(serving),
    servingSince: after(sinceDay),
    next: next === '' ? undefined : certificate(next),
    authorities: trusted.split('').map(authority),
  }
}

/** A step in the letters of its state; what is issued is taken to be c. */
function told(taken: Step): string {
  const result = taken.step === 'issue' ? taken.complete(certificate('c')) : taken.state
  const letterOf = (pem: string) => [...certificates].find(([, issued]) => issued.authority === pem)?.[0] ?? '?'
  const next = result.next === undefined ? '' : ` next ${letterOf(result.next.authority)}`
  return `${taken.step}: ${letterOf(result.serving.authority)}${next}, trusted ${result.authorities.map(letterOf).join('')}`
}

function step(circumstances: Partial<Circumstances>): Step {
  return nextStep({
    stored: undefined,
    inHand: undefined,
    found: () => [],
    names,
    now: made,
    isTrusted: () => false,
    ...circumstances,
  })
}

describe('nextStep', () => {
  test.each([
    // Nothing is there.
    ['nothing', () => ({}), 'issue: c, trusted c'],
    ['nothing, but authorities are found', () => ({ found: () => [authority('a')] }), 'issue: c, trusted ca'],
    ['expired ones are not taken', () => ({ found: () => [authority('a')], now: after(90) }), 'issue: c, trusted c'],
    ['nothing, a pair in hand', () => ({ inHand: state('a', '', 'a') }), 'issue: a next c, trusted ac'],
    [
      'nothing, an expired pair in hand',
      () => ({ inHand: state('a', '', 'a'), now: after(91) }),
      'issue: c, trusted c',
    ],
    ['nothing, a rotation in hand', () => ({ inHand: state('a', 'b', 'ab') }), 'issue: a next c, trusted acb'],
    // In its time.
    ['a fresh one', () => ({ stored: state('a', '', 'a') }), 'keep: a, trusted a'],
    [
      'one that another replica made',
      () => ({ stored: state('a', '', 'a'), inHand: state('b', '', 'b') }),
      'keep: a, trusted a',
    ],
    [
      'a minute before it is due',
      () => ({ stored: state('a', '', 'a'), now: new Date(after(60 - 1 / 3).getTime() - 60_000) }),
      'keep: a, trusted a',
    ],
    ['due', () => ({ stored: state('a', '', 'a'), now: after(60) }), 'issue: a next c, trusted ac'],
    ['due, and expired', () => ({ stored: state('a', '', 'a'), now: after(90) }), 'issue: c, trusted c'],
    ['due, but the clock is behind', () => ({ stored: state('c', '', 'c'), now: made }), 'keep: c, trusted c'],
    // A rotation.
    ['next, not trusted yet', () => ({ stored: state('a', 'c', 'ac'), now: after(70) }), 'keep: a next c, trusted ac'],
    [
      'next, trusted',
      () => ({ stored: state('a', 'c', 'ac'), now: after(70), isTrusted: (pem: string) => pem === authority('c') }),
      'store: c, trusted ca',
    ],
    [
      'next is due itself',
      () => ({ stored: state('a', 'b', 'ab'), now: after(65), isTrusted: () => true }),
      'issue: a next c, trusted acb',
    ],
    [
      'next has other names',
      () => ({ stored: state('a', 'o', 'ao'), isTrusted: () => true }),
      'keep: a next o, trusted ao',
    ],
    [
      'overlap',
      () => ({ stored: state('c', '', 'ca', 70), now: new Date(after(71).getTime() - 1) }),
      'keep: c, trusted ca',
    ],
    ['after the overlap', () => ({ stored: state('c', '', 'ca', 70), now: after(71) }), 'store: c, trusted c'],
    [
      'overlap, expired meanwhile',
      () => ({ stored: state('c', '', 'ca', 89.5), now: after(90) }),
      'store: c, trusted c',
    ],
    ['served since tomorrow', () => ({ stored: state('c', '', 'ca', 72), now: after(71) }), 'keep: c, trusted ca'],
    // Other names.
    [
      'for another service',
      () => ({ stored: state('o', '', 'o'), found: () => [authority('o')] }),
      'issue: c, trusted co',
    ],
    [
      'for another service, a pair in hand',
      () => ({ stored: state('o', '', 'o'), inHand: state('a', '', 'a'), found: () => [authority('o')] }),
      'issue: a next c, trusted aco',
    ],
  ])('%s', (_, circumstances, expected) => {
    expect(told(step(circumstances()))).toBe(expected)
  })

  test('a certificate in place of one for another service has its names too, as long as that one is valid', () => {
    const namesOf = (one: Step) => (one.step === 'issue' ? one.names : [])
    expect(namesOf(step({ stored: state('o', '', 'o') }))).toEqual(['holdfast.ns.svc', 'other.ns.svc'])
    expect(namesOf(step({ stored: state('o', '', 'o'), now: after(90) }))).toEqual(names)
    expect(namesOf(step({ stored: state('a', '', 'a'), now: after(60) }))).toEqual(names)
  })

  test('no more than eight authorities are trusted, those in use first', async () => {
    const many = await Promise.all(Array.from({ length: 9 }, () => issueCertificate(names, made)))
    const due = { ...state('a', '', ''), authorities: [...many.map((one) => one.authority), authority('a')] }
    const issue = step({ stored: due, now: after(60) })
    const { authorities } = issue.step === 'issue' ? issue.complete(certificate('c')) : issue.state
    expect(authorities).toEqual([authority('a'), authority('c'), ...many.slice(0, 6).map((one) => one.authority)])
  })
})
