import { request as httpRequest } from 'node:http'
import { Agent, request as httpsRequest } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from 'node:tls'
import { X509Certificate } from 'node:crypto'
import { generate } from 'selfsigned'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type KeyPair, selfSignedCertificate } from './certificate.ts'
import { type RunningServer, type StartOptions, startServer } from './listen.ts'

const now = new Date()
let pair: KeyPair = { cert: '', key: '', validTo: now }
let other = pair
beforeAll(async () => {
  pair = await selfSignedCertificate(['localhost', '127.0.0.1'], now)
  other = await selfSignedCertificate(['localhost', '127.0.0.1'], now)
})

let running: RunningServer | undefined
const agents: Agent[] = []
const refusals: string[] = []
afterEach(async () => {
  for (const agent of agents.splice(0)) agent.destroy()
  await running?.drain({ readinessDelayMs: 0, deadlineMs: 0 })
  running = undefined
})

async function start(options: Partial<StartOptions> = {}): Promise<RunningServer> {
  const quiet = (): void => undefined
  running = await startServer({
    app: (request, response) => void request.resume().once('end', () => response.end('done')),
    host: '127.0.0.1',
    port: 0,
    healthPort: 0,
    keyPair: pair,
    ready: () => ({ ready: true, reasons: [] }),
    metrics: {
      contentType: 'text/plain',
      text: () => Promise.resolve('metrics'),
      refused: (reason) => void refusals.push(reason),
    },
    logger: { isDebug: false, debug: quiet, info: quiet, warn: quiet, error: quiet },
    ...options,
  })
  return running
}

function keepAlive(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: [pair.cert, other.cert] })
  agents.push(agent)
  return agent
}

interface Answer {
  readonly status: number | undefined
  readonly closing: boolean
  readonly text: string
}

/** Sends one request; its body is held back for so long. */
function send(url: string, agent: Agent, bodyDelayMs = 0): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(`${url}/validate`, { method: 'POST', agent, headers: { 'content-length': '1' } })
    request.once('error', reject).once('response', (response) => {
      let text = ''
      response
        .on('data', (chunk) => (text += String(chunk)))
        .once('end', () => {
          resolve({ status: response.statusCode, closing: response.headers.connection === 'close', text })
        })
    })
    request.flushHeaders()
    void sleep(bodyDelayMs).then(() => request.end('x'))
  })
}

function probe(port: number, path: string, method = 'GET'): Promise<[status: number | undefined, text: string]> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, agent: false }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += String(chunk))).once('end', () => resolve([response.statusCode, text]))
    })
    request.once('error', reject).end()
  })
}

/** Works on one connection until the server gives it up. Rejects when a request is lost. */
async function work(url: string): Promise<number> {
  const agent = keepAlive()
  for (let answered = 1; ; answered += 1) {
    const { status, closing } = await send(url, agent)
    if (status !== 200) throw new Error(`answered ${status}`)
    if (closing) return answered
  }
}

describe('the health port', () => {
  test.each([
    ['/healthz', 'GET', 200, '{"alive":true}'],
    ['/readyz?verbose', 'GET', 200, '{"ready":true,"reasons":[]}'],
    ['/metrics', 'GET', 200, 'metrics'],
    ['/healthz', 'HEAD', 200, ''],
    ['/readyz', 'POST', 405, expect.stringContaining('"the method must be GET"')],
    ['/', 'GET', 404, expect.stringContaining('"here are /healthz, /readyz and /metrics only"')],
  ])('%s %s', async (path, method, status, text) => {
    const { healthPort } = await start()
    expect(await probe(healthPort, path, method)).toEqual([status, text])
  })

  test('says why it is not ready, and is alive all the same', async () => {
    const { healthPort } = await start({ ready: () => ({ ready: false, reasons: ['the inventory is not read yet'] }) })
    expect(await probe(healthPort, '/readyz')).toEqual([
      503,
      '{"ready":false,"reasons":["the inventory is not read yet"]}',
    ])
    expect(await probe(healthPort, '/healthz')).toEqual([200, '{"alive":true}'])
  })

  test('does not stay open where the webhook port cannot be opened', async () => {
    const first = await start()
    await expect(start({ port: first.port })).rejects.toThrow('EADDRINUSE')
    running = first
  })
})

describe('TLS', () => {
  test('another pair serves new connections, and no request is lost under load', async () => {
    const server = await start()
    const workers = Array.from({ length: 8 }, () => work(server.url))
    for (const next of [other, pair, other]) {
      await sleep(50)
      server.setKeyPair(next)
    }
    const socket = connect({ port: server.port, host: '127.0.0.1', ca: other.cert })
    await new Promise((resolve) => socket.once('secureConnect', resolve))
    expect(socket.getPeerX509Certificate()?.fingerprint256).toBe(new X509Certificate(other.cert).fingerprint256)
    socket.destroy()
    const drained = server.drain({ readinessDelayMs: 0, deadlineMs: 5000 })
    const answered = await Promise.all(workers)
    await drained
    expect(answered.every((count) => count > 1)).toBe(true)
  })

  test('with a client authority nobody else gets through', async () => {
    const client = await generate([{ name: 'commonName', value: 'apiserver' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [{ name: 'extKeyUsage', clientAuth: true }],
    })
    const { url } = await start({ clients: { ca: client.cert, names: [] } })
    const agentWith = (cert: string, key: string): Agent => {
      const agent = new Agent({ ca: pair.cert, cert, key })
      agents.push(agent)
      return agent
    }
    expect(await send(url, agentWith(client.cert, client.private))).toMatchObject({ status: 200, text: 'done' })
    await expect(send(url, keepAlive())).rejects.toThrow(/certificate required|socket hang up|ECONNRESET|EPIPE/)
    const stranger = agentWith(other.cert, other.key)
    await expect(send(url, stranger)).rejects.toThrow(/alert|socket hang up|ECONNRESET|EPIPE/)
  })
})

describe('drain', () => {
  test('is not ready but goes on as usual, then ends each connection with an answer and loses none', async () => {
    const server = await start()
    const workers = Array.from({ length: 16 }, () => work(server.url))
    await sleep(100)
    const started = performance.now()
    const drained = server.drain({ readinessDelayMs: 300, deadlineMs: 10_000 })
    const notReady = [503, '{"ready":false,"reasons":["the server is being stopped"]}']
    expect(await probe(server.healthPort, '/readyz')).toEqual(notReady)
    expect(await send(server.url, keepAlive())).toEqual({ status: 200, closing: false, text: 'done' })
    await Promise.all(workers)
    await drained
    expect(performance.now() - started).toBeGreaterThanOrEqual(299)
    await expect(send(server.url, keepAlive())).rejects.toThrow('ECONNREFUSED')
    await expect(probe(server.healthPort, '/healthz')).rejects.toThrow('ECONNREFUSED')
  })

  test('answers what is in flight and a late request on an idle connection', async () => {
    const server = await start()
    const idle = keepAlive()
    await send(server.url, idle)
    const slow = send(server.url, keepAlive(), 600)
    await sleep(100)
    const drained = server.drain({ readinessDelayMs: 0, deadlineMs: 10_000 })
    await sleep(200)
    expect(await send(server.url, idle)).toEqual({ status: 200, closing: true, text: 'done' })
    expect(await slow).toEqual({ status: 200, closing: true, text: 'done' })
    await drained
  })

  test('closes a connection that never brought a request', async () => {
    const server = await start()
    const unused = connect({ port: server.port, host: '127.0.0.1', ca: pair.cert })
    await new Promise((resolve) => unused.once('secureConnect', resolve))
    const received: unknown[] = []
    unused.on('data', (data) => received.push(data))
    const started = performance.now()
    await server.drain({ readinessDelayMs: 0, deadlineMs: 10_000 })
    expect(performance.now() - started).toBeLessThan(4000)
    expect(received).toEqual([])
    unused.destroy()
  })

  test('closes quiet connections, and cuts the rest at the deadline', async () => {
    const server = await start()
    await send(server.url, keepAlive())
    const stuck = send(server.url, keepAlive(), 60_000).catch((error: unknown) => String(error))
    await sleep(100)
    const started = performance.now()
    const first = server.drain({ readinessDelayMs: 0, deadlineMs: 1500 })
    expect(server.drain({ readinessDelayMs: 0, deadlineMs: 60_000 })).toBe(first)
    await first
    expect(performance.now() - started).toBeLessThan(5000)
    expect(await stuck).toContain('socket hang up')
  })
})
