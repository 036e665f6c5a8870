import { X509Certificate } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  bundlesOf,
  changeSecret,
  emptied,
  mutating,
  place,
  putConfiguration,
  type Replica,
  type Replicas,
  replicas,
  secretPath,
  secretText,
  serving,
  validating,
} from '../../test/cluster/replicas.ts'
import { asArray, asObject, at, type JsonObject } from '../kubernetes/json.ts'
import { StatusError } from './source.ts'

const second = 1000
const minute = 60 * second
const day = 86_400 * second

let cluster: Replicas
beforeEach(() => {
  cluster = replicas()
})
afterEach(async () => {
  await cluster.stop()
  if (cluster.pending() > 0) throw new Error('a timer is left')
})

function allBundles(): readonly (readonly string[])[] {
  return [mutating, validating].flatMap((path) => bundlesOf(cluster.api, path))
}

const readiness = ({ certificate }: Replica): unknown => certificate.ready()

describe('at the start', () => {
  test('makes a certificate for the Service, stores it, and lets every webhook trust it', async () => {
    const replica = cluster.start()
    expect(readiness(replica)).toEqual({ ready: false, reasons: ['certificate: not in use yet'] })
    await cluster.pass(0)
    expect(readiness(replica)).toEqual({ ready: true, reasons: [] })
    const pair = serving(replica)
    expect(new X509Certificate(pair?.cert ?? '').subjectAltName).toBe(
      'DNS:holdfast.ns.svc, DNS:holdfast.ns.svc.cluster.local',
    )
    expect([secretText(cluster.api, 'tls.crt'), secretText(cluster.api, 'tls.key')]).toEqual([pair?.cert, pair?.key])
    expect(allBundles()).toEqual(Array.from({ length: 4 }, () => [secretText(cluster.api, 'ca.crt')]))
    expect(cluster.api.writes).toEqual([`create ${secretPath}`, `update ${mutating}`, `update ${validating}`])
    expect(replica.log.lines.map((line) => line.replace(' ()', ''))).toEqual([
      'info: certificate made',
      'info: webhook configurations trust the authorities of the certificate',
      'info: certificate in use',
    ])
  })

  test('fills a Secret that is there and empty, and leaves the rest of every object as it is', async () => {
    const metadata = { name: 'holdfast-tls', labels: { team: 'sre' }, annotations: { note: 'kept' } }
    cluster.api.put(secretPath, { kind: 'Secret', type: 'Opaque', metadata })
    const [, first] = asArray(cluster.api.objects.get(mutating)?.['webhooks'])
    cluster.start()
    await cluster.pass(0)
    expect(cluster.api.writes[0]).toBe(`update ${secretPath}`)
    expect(cluster.api.objects.get(secretPath)).toMatchObject({
      type: 'Opaque',
      metadata: {
        ...metadata,
        annotations: { note: 'kept', 'holdfast.dev/serving-since': '2026-01-01T00:00:00.000Z' },
      },
    })
    const webhook = asArray(cluster.api.objects.get(mutating)?.['webhooks'])[1]
    expect(webhook).toEqual({
      ...asObject(first),
      clientConfig: { ...asObject(at(first, 'clientConfig')), caBundle: at(webhook, 'clientConfig', 'caBundle') },
    })
  })

  test('several replicas at once agree on one', async () => {
    const three = [cluster.start(), cluster.start(), cluster.start()]
    await cluster.pass(2 * second)
    expect(new Set(three.map((replica) => serving(replica)?.cert)).size).toBe(1)
    expect(three.map(({ pairs }) => pairs.length)).toEqual([1, 1, 1])
    expect(cluster.api.writes.filter((write) => write.endsWith(secretPath))).toHaveLength(1)
    expect(three.flatMap(({ log }) => log.lines).filter((line) => !line.startsWith('info'))).toEqual([])
    const { length } = cluster.api.writes
    await cluster.pass(10 * minute)
    expect(cluster.api.writes).toHaveLength(length)
  })

  test('serves what another replica has made', async () => {
    const one = cluster.start()
    await cluster.pass(0)
    const later = cluster.start()
    await cluster.pass(0)
    expect(serving(later)).toEqual(serving(one))
  })

  test('says why it is not ready, tells it once, and goes on when the API server is there', async () => {
    const replica = cluster.start()
    replica.cutOff = true
    await cluster.pass(5 * minute)
    expect(readiness(replica)).toEqual({ ready: false, reasons: ['certificate: connect ECONNREFUSED'] })
    expect(replica.log.lines).toEqual(['error: the certificate cannot be looked after; trying again ()'])
    replica.cutOff = false
    await cluster.pass(30 * second)
    expect(readiness(replica)).toEqual({ ready: true, reasons: [] })
  })

  test('is not ready where it may not change a webhook configuration', async () => {
    cluster.api.fails(new StatusError(403, 'not allowed'), (call) => call === `update ${validating}`)
    const replica = cluster.start()
    await cluster.pass(minute)
    expect(readiness(replica)).toEqual({ ready: false, reasons: ['certificate: status 403: not allowed'] })
    expect(cluster.api.writes.filter((write) => write.endsWith(secretPath))).toHaveLength(1)
  })

  test('leaves a Secret alone that somebody else has filled', async () => {
    const foreign = { kind: 'Secret', metadata: { name: 'holdfast-tls' }, data: { 'tls.crt': 'Zm9yZWlnbg==' } }
    cluster.api.put(secretPath, foreign)
    const replica = cluster.start()
    await cluster.pass(minute)
    expect(readiness(replica)).toEqual({
      ready: false,
      reasons: ['certificate: Secret "holdfast-tls" holds what Holdfast did not put there; it is left alone'],
    })
    expect(cluster.api.writes).toEqual([])
  })

  test('a missing webhook configuration is told, and looked after once it is there', async () => {
    for (const path of [mutating, validating]) cluster.api.objects.delete(path)
    const replica = cluster.start()
    await cluster.pass(minute)
    const reasons = ['certificate: no webhook configuration is called "holdfast"']
    expect(readiness(replica)).toEqual({ ready: true, reasons })
    expect(replica.log.lines.filter((line) => line.startsWith('warn'))).toEqual([
      'warn: there is no webhook configuration of this name ()',
    ])
    putConfiguration(cluster.api, validating)
    await cluster.pass(13 * second)
    expect(readiness(replica)).toEqual({ ready: true, reasons: [] })
    expect(bundlesOf(cluster.api, validating)[1]).toEqual([secretText(cluster.api, 'ca.crt')])
  })
})

describe('later on', () => {
  let one: Replica
  let other: Replica
  beforeEach(async () => {
    ;[one, other] = [cluster.start(), cluster.start()]
    await cluster.pass(5 * second)
  })

  test('a caBundle that is lost or replaced comes back', async () => {
    for (const caBundle of [undefined, '', 'Cg==', 'Zm9yZWlnbg==']) {
      putConfiguration(cluster.api, validating, caBundle)
      await cluster.pass(13 * second)
      expect(bundlesOf(cluster.api, validating)).toEqual([0, 1].map(() => [secretText(cluster.api, 'ca.crt')]))
    }
  })

  test('an API server that goes away changes nothing that is served', async () => {
    one.cutOff = true
    await cluster.pass(10 * minute)
    expect([readiness(one), one.pairs.length]).toEqual([
      { ready: true, reasons: ['certificate: connect ECONNREFUSED'] },
      1,
    ])
  })

  test('when it is due, the next one is trusted for a minute before it is served; a day later the old one is not', async () => {
    const before = serving(one)
    const [old] = allBundles()[0] ?? []
    cluster.leap(61 * day)
    await cluster.pass(13 * second)
    expect(allBundles()).toEqual(Array.from({ length: 4 }, () => [old, expect.not.stringContaining(old ?? '')]))
    expect([serving(one), serving(other)]).toEqual([before, before])
    await cluster.pass(45 * second)
    expect([serving(one), serving(other)]).toEqual([before, before])
    await cluster.pass(40 * second)
    expect(serving(one)).not.toEqual(before)
    expect(serving(other)).toEqual(serving(one))
    expect(secretText(cluster.api, 'next.key')).toBe('')
    expect(allBundles()[0]).toEqual([expect.any(String), old])
    cluster.leap(day)
    await cluster.pass(15 * second)
    expect(allBundles().map((bundle) => bundle.length)).toEqual([1, 1, 1, 1])
    expect([one.pairs.length, other.pairs.length]).toEqual([2, 2])
  })

  test('a webhook configuration that cannot be changed holds up the next one', async () => {
    cluster.api.fails(new StatusError(403, 'not allowed'), (call) => call === `update ${mutating}`)
    cluster.leap(61 * day)
    await cluster.pass(10 * minute)
    expect([one.pairs.length, other.pairs.length]).toEqual([1, 1])
    expect(readiness(one)).toEqual({ ready: true, reasons: ['certificate: status 403: not allowed'] })
    cluster.api.fails(undefined)
    await cluster.pass(2 * minute)
    expect([one.pairs.length, other.pairs.length]).toEqual([2, 2])
  })

  test.each<[string, (secret: JsonObject) => JsonObject]>([
    ['emptied', emptied],
    ['broken', (secret) => ({ ...secret, data: { ...asObject(secret['data']), 'tls.key': 'Zm9yZWlnbg==' } })],
    ['without authorities', (secret) => ({ ...secret, data: { ...asObject(secret['data']), 'ca.crt': '' } })],
    ['of no text', (secret) => ({ ...secret, data: { 'tls.crt': 5, 'tls.key': null, 'ca.crt': {} } })],
  ])('a Secret that is %s is filled with what is served and a next one', async (_, change) => {
    const before = serving(one)
    changeSecret(cluster.api, change)
    await cluster.pass(15 * second)
    expect(secretText(cluster.api, 'tls.crt')).toBe(before?.cert)
    expect(secretText(cluster.api, 'next.crt')).toMatch(/^-----BEGIN CERTIFICATE/)
    await cluster.pass(2 * minute)
    expect([one.pairs.length, other.pairs.length]).toEqual([2, 2])
    expect(serving(other)).toEqual(serving(one))
    expect(allBundles()[0]).toHaveLength(2)
  })

  test('a Secret that is deleted and may not be created: what is in hand goes on', async () => {
    cluster.api.fails(new StatusError(403, 'not allowed'), (call) => call.startsWith('create'))
    cluster.api.objects.delete(secretPath)
    await cluster.pass(minute)
    expect([readiness(one), one.pairs.length]).toEqual([
      { ready: true, reasons: ['certificate: status 403: not allowed'] },
      1,
    ])
  })

  test('replicas of an older Service name keep what they need while they are replaced', async () => {
    const renamed = cluster.start({ place: { ...place, service: 'renamed' } })
    await cluster.pass(2 * minute)
    expect([serving(one), serving(other)]).toEqual([serving(renamed), serving(renamed)])
    const certificate = new X509Certificate(serving(renamed)?.cert ?? '')
    expect([certificate.checkHost('holdfast.ns.svc'), certificate.checkHost('renamed.ns.svc')]).toEqual([
      'holdfast.ns.svc',
      'renamed.ns.svc',
    ])
    const { length } = cluster.api.writes
    await cluster.pass(2 * minute)
    expect(cluster.api.writes).toHaveLength(length)
  })

  test('no key is ever logged', async () => {
    cluster.leap(61 * day)
    await cluster.pass(2 * minute)
    const keys = [one, other].flatMap(({ pairs }) => pairs.map(({ key }) => key.split('\n')[1]))
    const log = JSON.stringify([one, other].map((replica) => replica.log.lines))
    expect(keys.filter((key) => key !== undefined && log.includes(key))).toEqual([])
  })
})
