import { once } from 'node:events'
import { request as httpsRequest } from 'node:https'
import { connect as connectTcp, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Authority, authority, type Client } from '../../test/support/authority.ts'
import { type KeyPair, selfSignedCertificate } from './certificate.ts'
import { type RunningServer, type StartOptions, startServer } from './listen.ts'

const none: KeyPair = { cert: '', key: '', validTo: new Date(0) }
const made: { pair: KeyPair; cluster?: Authority; other?: Authority } = { pair: none }
beforeAll(async () => {
  made.pair = await selfSignedCertificate(['localhost', '127.0.0.1'], new Date())
  made.cluster = await authority('cluster')
  made.other = await authority('other')
})

function authorities(): { readonly cluster: Authority; readonly other: Authority } {
  const { cluster, other } = made
  if (cluster === undefined || other === undefined) throw new Error('no authorities were made')
  return { cluster, other }
}

const refusals: string[] = []
const logged: object[] = []
let running: RunningServer | undefined
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await running?.drain({ readinessDelayMs: 0, deadlineMs: 0 })
  running = undefined
  refusals.length = 0
  logged.length = 0
})

async function start(options: Partial<StartOptions> = {}): Promise<RunningServer> {
  const quiet = (): void => undefined
  running = await startServer({
    app: (request, response) => void request.resume().once('end', () => response.end('done')),
    host: '127.0.0.1',
    port: 0,
    healthPort: 0,
    keyPair: made.pair,
    ready: () => ({ ready: true, reasons: [] }),
    metrics: {
      contentType: 'text/plain',
      text: () => Promise.resolve('metrics'),
      refused: (reason) => void refusals.push(reason),
    },
    logger: { isDebug: true, debug: (fields) => void logged.push(fields), info: quiet, warn: quiet, error: quiet },
    ...options,
  })
  return running
}

/** The answer to one call on a connection of its own: its status and text, or what became of it. */
function call({ port }: RunningServer, client: Partial<Client> = {}): Promise<readonly [number | undefined, string]> {
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, method: 'POST', path: '/validate', agent: false, ca: made.pair.cert }
    const request = httpsRequest({ ...options, ...client }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += String(chunk))).once('end', () => resolve([response.statusCode, text]))
    })
    request.once('error', () => resolve([undefined, 'cut']))
    request.end('x')
  })
}

async function handshake({ port }: RunningServer, options: ConnectionOptions): Promise<TLSSocket | string> {
  const socket = connectTls({ port, host: '127.0.0.1', ca: made.pair.cert, ...options })
  sockets.push(socket)
  try {
    await once(socket, 'secureConnect')
    return socket
  } catch (error) {
    return String(error)
  }
}

async function connected(port: number): Promise<Socket> {
  const socket = connectTcp(port, '127.0.0.1')
  socket.on('error', () => undefined)
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

const denied = 'the client certificate does not have an accepted name'

describe('client certificates', () => {
  test('are not asked for by default', async () => {
    expect(await call(await start())).toEqual([200, 'done'])
  })

  test.each([
    ['the common name', ['other', 'kube-apiserver'], 'kube-apiserver', undefined, 200],
    ['the DNS name', ['api.cluster.example'], 'anything', 'api.cluster.example', 200],
    ['any name where none is asked for', [], 'anything', undefined, 200],
    ['another common name', ['kube-apiserver'], 'system:node:one', undefined, 403],
    ['a longer common name', ['kube-apiserver'], 'kube-apiserver.evil', undefined, 403],
    ['a wildcard', ['api.cluster.example'], 'anything', '*.cluster.example', 403],
  ])('of the authority with %s', async (_what, names, commonName, dnsName, code) => {
    const { cluster } = authorities()
    const server = await start({ clients: { ca: cluster.cert, names } })
    const [status, text] = await call(server, await cluster.issue(commonName, dnsName))
    expect(status).toBe(code)
    expect(text).toContain(code === 403 ? JSON.stringify(denied).slice(1, -1) : 'done')
    expect(refusals).toEqual(code === 403 ? ['client_certificate'] : [])
    expect(logged).toEqual(code === 403 ? [{ accepted: names }] : [])
  })

  test('missing or of somebody else end the handshake, and are counted and logged', async () => {
    const { cluster, other } = authorities()
    const server = await start({ clients: { ca: cluster.cert, names: ['kube-apiserver'] } })
    expect(await call(server)).toEqual([undefined, 'cut'])
    expect(await call(server, await other.issue('kube-apiserver'))).toEqual([undefined, 'cut'])
    await sleep(20)
    expect(refusals).toEqual(['client_certificate', 'client_certificate'])
    expect(logged).toEqual([
      expect.objectContaining({ byCertificate: true }),
      expect.objectContaining({ byCertificate: true }),
    ])
  })

  test('are not asked for on the health port', async () => {
    const { cluster } = authorities()
    const { healthPort } = await start({ clients: { ca: cluster.cert, names: ['kube-apiserver'] } })
    expect((await fetch(`http://127.0.0.1:${healthPort}/healthz`)).status).toBe(200)
  })

  test('of another authority are trusted once it is, also after the serving certificate changes', async () => {
    const { cluster, other } = authorities()
    const server = await start({ clients: { ca: cluster.cert, names: ['kube-apiserver'] } })
    const newcomer = await other.issue('kube-apiserver')
    expect((await call(server, newcomer))[0]).toBeUndefined()
    server.setClientCa(other.cert)
    server.setKeyPair(made.pair)
    expect((await call(server, newcomer))[0]).toBe(200)
    expect((await call(server, await cluster.issue('kube-apiserver')))[0]).toBeUndefined()
  })

  test('are not asked for because authorities are set where there were none', async () => {
    const server = await start()
    server.setClientCa(authorities().cluster.cert)
    expect((await call(server))[0]).toBe(200)
  })

  test('count on a connection that resumes a session', async () => {
    const { cluster } = authorities()
    const server = await start({ clients: { ca: cluster.cert, names: ['kube-apiserver'] } })
    const stranger = await cluster.issue('stranger')
    const first = await handshake(server, stranger)
    if (typeof first === 'string') throw new Error(first)
    const asked = (socket: TLSSocket) => socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n')
    const sessions = once(first, 'session')
    asked(first)
    const [session]: Buffer[] = await sessions
    const again = await handshake(server, { ...stranger, ...(session === undefined ? {} : { session }) })
    if (typeof again === 'string') throw new Error(again)
    asked(again)
    const [answer]: Buffer[] = await once(again, 'data')
    expect([again.isSessionReused(), String(answer).slice(0, 12)]).toEqual([true, 'HTTP/1.1 403'])
  })
})

describe('TLS', () => {
  test.each<[string, ConnectionOptions, string, string]>([
    ['1.3 is taken where the client can', { minVersion: 'TLSv1.2' }, 'TLSv1.3', 'TLS_AES_128_GCM_SHA256'],
    ['1.2 is taken where not', { maxVersion: 'TLSv1.2' }, 'TLSv1.2', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
  ])('%s', async (_what, options, protocol, cipher) => {
    const socket = await handshake(await start(), options)
    if (typeof socket === 'string') throw new Error(socket)
    expect([socket.getProtocol(), socket.getCipher().name]).toEqual([protocol, cipher])
  })

  test.each<[string, ConnectionOptions]>([
    ['1.1', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }],
    ['1.2 without forward secrecy', { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' }],
    ['1.2 without authenticated encryption', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256' }],
    ['HTTP/2 only', { ALPNProtocols: ['h2'] }],
  ])('%s is refused', async (_what, options) => {
    expect(await handshake(await start(), options)).toMatch(/alert|ECONNRESET|disconnected/)
  })

  test('HTTP/1.1 is taken of a client that knows HTTP/2 as well', async () => {
    const socket = await handshake(await start(), { ALPNProtocols: ['h2', 'http/1.1'] })
    expect(typeof socket === 'string' ? socket : socket.alpnProtocol).toBe('http/1.1')
  })
})

describe('headers', () => {
  test('beyond 16 KiB are refused, on both ports', async () => {
    const server = await start()
    const tls = await handshake(server, {})
    const plain = await connected(server.healthPort)
    for (const socket of [tls, plain]) {
      if (typeof socket === 'string') throw new Error(socket)
      socket.write(`GET /healthz HTTP/1.1\r\nhost: a\r\nx-long: ${'x'.repeat(17 * 1024)}\r\n\r\n`)
      const [answer]: Buffer[] = await once(socket, 'data')
      expect(String(answer)).toMatch(/^HTTP\/1\.1 431 /)
    }
  })
})

describe('connections that say nothing', () => {
  test('do not keep probes out: the oldest goes', async () => {
    const { healthPort } = await start()
    const silent = await Promise.all(Array.from({ length: 200 }, () => connected(healthPort)))
    for (const socket of silent) socket.write('GET /healthz HTTP/1.1\r\nhost: a\r\nx-slow: ')
    await sleep(100)
    expect((await fetch(`http://127.0.0.1:${healthPort}/healthz`)).status).toBe(200)
    await sleep(50)
    expect(silent.filter(({ destroyed }) => !destroyed).length).toBeLessThanOrEqual(64)
    expect(refusals.length).toBeGreaterThanOrEqual(137)
    expect(new Set(refusals)).toEqual(new Set(['connections']))
  })

  test('do not keep calls out, with a handshake or without', async () => {
    const server = await start()
    const worker = await handshake(server, {})
    if (typeof worker === 'string') throw new Error(worker)
    const ask = async (): Promise<string> => {
      worker.write('POST /validate HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\nx')
      const [answer]: Buffer[] = await once(worker, 'data')
      return String(answer).slice(0, 12)
    }
    expect(await ask()).toBe('HTTP/1.1 200')
    // A hundred at a time: the kernel keeps 511 for a server that has not accepted them yet.
    for (let batch = 0; batch < 11; batch += 1) {
      await Promise.all(Array.from({ length: 100 }, () => connected(server.port)))
    }
    expect(await call(server)).toEqual([200, 'done'])
    // Who was here before and has brought a request stays.
    expect(await ask()).toBe('HTTP/1.1 200')
    expect(refusals.length).toBeGreaterThanOrEqual(77)
  })

  test('end by themselves on the health port', { timeout: 20_000 }, async () => {
    const { healthPort } = await start()
    const [silent, slow] = [await connected(healthPort), await connected(healthPort)]
    slow.write('GET /healthz HTTP/1.1\r\n')
    const trickle = setInterval(() => slow.write('x: y\r\n'), 500)
    await Promise.all([silent, slow].map((socket) => once(socket.resume(), 'close')))
    clearInterval(trickle)
    expect([silent.destroyed, slow.destroyed]).toEqual([true, true])
  })

  test('on the health port bring one request each', async () => {
    const { healthPort } = await start()
    const socket = await connected(healthPort)
    const chunks: unknown[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.write('GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n')
    await once(socket, 'end')
    expect(chunks.join('')).toMatch(/connection: close/i)
  })
})
