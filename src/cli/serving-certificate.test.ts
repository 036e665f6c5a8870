import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logBook } from '../../test/cluster/log-book.ts'
import { serveConfig } from '../config.ts'
import { type KeyPair, selfSignedCertificate } from '../server/certificate.ts'
import type { Readiness } from '../server/health.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import { bothReady, type CertificateManager, type ManageCertificate, openCertificate } from './serving-certificate.ts'

const now = new Date()
const selfManagedCertificate = { secret: 'holdfast-tls', service: 'holdfast', webhookConfigurations: ['holdfast'] }

let directory: string
let pair: KeyPair
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'holdfast-'))
  pair = await selfSignedCertificate(['a'], now)
  await writeFile(join(directory, 'tls.crt'), pair.cert)
  await writeFile(join(directory, 'tls.key'), pair.key)
})
afterAll(() => rm(directory, { recursive: true }))

const tls = () => ({ certFile: join(directory, 'tls.crt'), keyFile: join(directory, 'tls.key') })

/** Opens a certificate, with what its server is given and what the metrics say of its expiry. */
async function open(config: Parameters<typeof openCertificate>[0]['config'], manage?: ManageCertificate) {
  const metrics = createMetrics()
  const certificate = await openCertificate({ config, manage, now, logger: logBook(), metrics })
  const pairs: KeyPair[] = []
  const expiry = async () => /^holdfast_certificate_expiry_timestamp_seconds (.*)$/m.exec(await metrics.text())?.[1]
  return { certificate, pairs, server: { setKeyPair: (next: KeyPair) => void pairs.push(next) }, expiry }
}

const seconds = ({ validTo }: KeyPair): string => String(validTo.getTime() / 1000)

describe('openCertificate', () => {
  test.each([
    ['files', tls],
    ['self-signed', () => undefined],
  ])('from %s it is ready at once', async (origin, files) => {
    const { certificate, expiry, server, pairs } = await open({ tls: files() })
    expect([certificate.origin, certificate.ready()]).toEqual([origin, { ready: true, reasons: [] }])
    expect(await expiry()).toBe(seconds(certificate.keyPair))
    expect(certificate.keyPair.cert === pair.cert).toBe(origin === 'files')
    await certificate.follow(server)()
    expect(pairs).toEqual([])
  })

  test('self-managed: it begins with one that nobody trusts, and puts those that are given into use', async () => {
    const calls: string[] = []
    let give: (given: KeyPair) => void = () => undefined
    const manager: CertificateManager = {
      start: () => void calls.push('start'),
      ready: () => ({ ready: false, reasons: ['certificate: not in use yet'] }),
      stop: () => Promise.resolve(void calls.push('stop')),
    }
    const { certificate, expiry, server, pairs } = await open({ tls: undefined }, (_, onPair) => {
      give = onPair
      return manager
    })
    expect([certificate.origin, certificate.ready(), calls]).toEqual(['self-managed', manager.ready(), []])
    expect(await expiry()).toBe('0')
    const stop = certificate.follow(server)
    give(pair)
    expect([pairs, await expiry()]).toEqual([[pair], seconds(pair)])
    await stop()
    expect(calls).toEqual(['start', 'stop'])
  })
})

test.each<[Readiness, Readiness, Readiness]>([
  [
    { ready: true, reasons: [] },
    { ready: true, reasons: ['b'] },
    { ready: true, reasons: ['b'] },
  ],
  [
    { ready: false, reasons: ['a'] },
    { ready: true, reasons: [] },
    { ready: false, reasons: ['a'] },
  ],
  [
    { ready: true, reasons: ['a'] },
    { ready: false, reasons: ['b'] },
    { ready: false, reasons: ['a', 'b'] },
  ],
])('bothReady %#', (others, own, both) => {
  expect(bothReady(() => others, { ready: () => own })()).toEqual(both)
})

describe('a configuration', () => {
  test('names where the certificate is kept', () => {
    expect(serveConfig({}, { selfManagedCertificate }, undefined).selfManagedCertificate).toEqual(
      selfManagedCertificate,
    )
    expect(serveConfig({}, {}, undefined).selfManagedCertificate).toBeUndefined()
  })

  test('has one from files or a self-managed one, not both', () => {
    const both = { selfManagedCertificate, tlsCert: 'tls.crt', tlsKey: 'tls.key' }
    const message = 'a certificate comes from files or is self-managed; leave one of the two out'
    expect(() => serveConfig({}, both, undefined)).toThrow(message)
    expect(() => serveConfig({ tlsCert: 'c', tlsKey: 'k' }, { selfManagedCertificate }, undefined)).toThrow(message)
  })
})
