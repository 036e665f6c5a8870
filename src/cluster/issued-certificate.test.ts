import { createPrivateKey, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isExpired, issueCertificate, readAuthorities, readIssued } from './issued-certificate.ts'

const now = new Date('2026-01-01T00:00:00Z')
const names = ['holdfast.ns.svc', 'holdfast.ns.svc.cluster.local']

describe('issueCertificate', () => {
  test('makes a certificate for the names that an authority of its own has signed', async () => {
    const { cert, authority, ...issued } = await issueCertificate(names, now)
    const [leaf, root] = [new X509Certificate(cert), new X509Certificate(authority)]
    expect(issued).toMatchObject({
      names,
      validFrom: new Date('2025-12-31T00:00:00Z'),
      validTo: new Date('2026-04-01T00:00:00Z'),
    })
    expect([leaf.ca, root.ca, leaf.verify(root.publicKey), leaf.checkIssued(root)]).toEqual([false, true, true, true])
    expect(leaf.checkHost('holdfast.ns.svc')).toBe('holdfast.ns.svc')
    expect(root.subject).toMatch(/^CN=holdfast [-0-9a-f]{36}$/)
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
  })

  test('keeps no key but that of the certificate', async () => {
    const issued = await issueCertificate(names, now)
    expect(JSON.stringify(issued).match(/BEGIN [A-Z ]*PRIVATE KEY/g)).toHaveLength(1)
    const key = createPrivateKey(issued.key)
    expect(new X509Certificate(issued.cert).checkPrivateKey(key)).toBe(true)
    expect(new X509Certificate(issued.authority).checkPrivateKey(key)).toBe(false)
  })
})

describe('readIssued', () => {
  test('takes what belongs together only', async () => {
    const [one, other] = await Promise.all([issueCertificate(names, now), issueCertificate(names, now)])
    expect(readIssued(one.cert, one.key, [other.authority, one.authority])).toEqual(one)
    expect(readIssued(one.cert, one.key, [other.authority])).toBeUndefined()
    expect(readIssued(one.cert, other.key, [one.authority])).toBeUndefined()
    expect(readIssued(one.cert, '', [one.authority])).toBeUndefined()
    expect(readIssued('', one.key, [one.authority])).toBeUndefined()
    expect(readIssued(one.cert.slice(0, 300), one.key, [one.authority])).toBeUndefined()
  })
})

describe('readAuthorities', () => {
  test('finds each certificate once and passes over anything else', async () => {
    const [one, other] = await Promise.all([issueCertificate(names, now), issueCertificate(names, now)])
    const broken = one.authority.replace('MII', 'XXX')
    const bundle = `# ours\n${one.authority}\r\n${broken}${other.authority.trim()}${one.authority}`
    expect(readAuthorities(bundle)).toEqual([one.authority, other.authority])
    expect([readAuthorities(''), readAuthorities('\n'), readAuthorities('-----END CERTIFICATE-----')]).toEqual([
      [],
      [],
      [],
    ])
  })
})

test('isExpired', async () => {
  const { authority, validTo } = await issueCertificate(names, now)
  expect([isExpired(authority, new Date(validTo.getTime() - 1)), isExpired(authority, validTo)]).toEqual([false, true])
  expect(isExpired('no certificate', now)).toBe(true)
})
