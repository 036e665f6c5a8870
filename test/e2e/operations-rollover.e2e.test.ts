import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Api, connect } from './api.ts'
import { type ControlPlane, startControlPlane } from './controlplane/start.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { startLoad } from './load.ts'
import { projectSecret } from './projected-secret.ts'
import { type Service, startService } from './service.ts'
import { register, type RunningWebhook, startWebhook, type TlsFiles } from './webhook.ts'

let cluster: ControlPlane
let api: Api
let folder: string
beforeAll(async () => {
  cluster = await startControlPlane()
  api = await connect(cluster)
  folder = await mkdtemp(join(tmpdir(), 'holdfast-rollover-'))
})
afterAll(async () => {
  api?.close()
  await cluster?.stop()
  await rm(folder, { recursive: true, force: true })
})

const running: (RunningWebhook | Service)[] = []
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop()
})

/** The fingerprint of the certificate that a new connection is shown. */
async function servedBy({ url }: RunningWebhook): Promise<string | undefined> {
  // Whether to trust it is the API server's business here.
  const socket = connectTls({ host: '127.0.0.1', port: Number(new URL(url).port), rejectUnauthorized: false })
  try {
    await once(socket, 'secureConnect')
    return socket.getPeerX509Certificate()?.fingerprint256
  } finally {
    socket.destroy()
  }
}

describe('under load', () => {
  it('a webhook that is told to stop loses no call: it is not ready first, and another one takes over', async () => {
    const { tls } = await projectSecret(folder)
    const [leaving, staying] = await startTwo(tls)
    const load = startLoad(api, { workers: 8 })
    await load.more(300)
    const exit = leaving.stop('SIGTERM')
    await waitFor(async () => (await fetch(`${leaving.healthUrl}/readyz`)).status === 503, {
      timeoutMs: 1000,
      intervalMs: 10,
      what: 'it not to be ready',
    })
    const readiness = await fetch(`${leaving.healthUrl}/readyz`)
    expect(await readiness.json()).toEqual({ ready: false, reasons: ['the server is being stopped'] })
    expect((await fetch(`${leaving.healthUrl}/healthz`)).status).toBe(200)
    expect(await exit).toBe(0)
    await load.more(300)
    const { calls, failures } = await load.end()
    expect(failures).toEqual([])
    expect(calls).toBeGreaterThan(600)
    expect(messagesOf(leaving)).toEqual(expect.arrayContaining(['webhook started', 'stopping', 'stopped']))
    expect(messagesOf(leaving).at(-1)).toBe('stopped')
    expect(messagesOf(staying).filter((message) => message === 'request repaired').length).toBeGreaterThan(0)
  })

  it('the control: one that is killed instead loses calls', async () => {
    const { tls } = await projectSecret(folder)
    const [leaving] = await startTwo(tls)
    const load = startLoad(api, { workers: 8 })
    await load.more(300)
    await leaving.stop('SIGKILL')
    await load.more(300)
    expect((await load.end()).failures).not.toEqual([])
  })

  it('a certificate that is replaced loses no call, and the new one is served', async () => {
    const { tls, swap } = await projectSecret(folder)
    const webhook = await startWebhook(cluster, { tls })
    const service = await startService(webhook)
    running.push(webhook, service)
    await register(cluster, { ...webhook, url: service.url })
    const load = startLoad(api, { workers: 4 })
    await load.more(200)
    const before = await servedBy(webhook)
    const certificate = new X509Certificate(await swap())
    await waitFor(() => messagesOf(webhook).includes('certificate reloaded'), { timeoutMs: 10_000, what: 'the reload' })
    await load.more(200)
    // More at a time than before: the API server has to open connections, which see the new certificate.
    const opened = service.opened()
    const more = startLoad(api, { workers: 16 })
    await more.more(400)
    const results = await Promise.all([load.end(), more.end()])
    expect(results.flatMap(({ failures }) => failures)).toEqual([])
    expect(service.opened()).toBeGreaterThan(opened)
    expect(await servedBy(webhook)).toBe(certificate.fingerprint256)
    expect(before).not.toBe(certificate.fingerprint256)
    // The API server keeps connections open, among them some that it has never used: they do not hold up the end.
    const started = performance.now()
    expect(await webhook.stop()).toBe(0)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

/** Two webhooks behind one address, registered and both in use. */
async function startTwo(tls: TlsFiles): Promise<readonly [RunningWebhook, RunningWebhook]> {
  const flags = ['--drain-delay=1']
  const [leaving, staying] = await Promise.all([
    startWebhook(cluster, { tls, flags }),
    startWebhook(cluster, { tls, flags }),
  ])
  const service = await startService(leaving)
  running.push(leaving, staying, service)
  await register(cluster, { ...leaving, url: service.url })
  await service.add(staying)
  return [leaving, staying]
}

function messagesOf(webhook: RunningWebhook): readonly string[] {
  const lines = webhook
    .log()
    .split('\n')
    .filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line).message)
}
