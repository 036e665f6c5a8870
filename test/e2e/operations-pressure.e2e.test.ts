import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request as httpsRequest } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Api, connect, dryRun } from './api.ts'
import { webhookClientName } from './controlplane/site.ts'
import { type ControlPlane, startControlPlane } from './controlplane/start.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { startLoad } from './load.ts'
import { claim, pod, podSpec, storageClass } from './objects.ts'
import { projectSecret } from './projected-secret.ts'
import { type Service, startService } from './service.ts'
import { register, type RunningWebhook, startWebhook, type TlsFiles } from './webhook.ts'

let cluster: ControlPlane
let api: Api
let folder: string
beforeAll(async () => {
  cluster = await startControlPlane()
  api = await connect(cluster)
  folder = await mkdtemp(join(tmpdir(), 'holdfast-pressure-'))
})
afterAll(async () => {
  api?.close()
  await cluster?.stop()
  await rm(folder, { recursive: true, force: true })
})

const webhooks: RunningWebhook[] = []
const services: Service[] = []
afterEach(async () => {
  await cluster.kubectl(['delete', 'mutatingwebhookconfigurations,validatingwebhookconfigurations', '--all'])
  for (const service of services.splice(0)) await service.stop()
  for (const webhook of webhooks.splice(0)) await webhook.stop()
})

async function serve(options: Parameters<typeof startWebhook>[1]): Promise<RunningWebhook> {
  const webhook = await startWebhook(cluster, options)
  webhooks.push(webhook)
  return webhook
}

/** Webhooks behind one address, registered. */
async function serveTwo(tls: TlsFiles): Promise<readonly [RunningWebhook, RunningWebhook, Service]> {
  const flags = ['--drain-delay=1']
  const [first, second] = await Promise.all([serve({ tls, flags }), serve({ tls, flags })])
  const service = await startService(first)
  services.push(service)
  await register(cluster, { ...first, url: service.url })
  await service.add(second)
  return [first, second, service]
}

async function refused({ healthUrl }: RunningWebhook, reason: string): Promise<number> {
  const text = await (await fetch(`${healthUrl}/metrics`)).text()
  return Number(new RegExp(`^holdfast_admission_refused_total\\{reason="${reason}"\\} (\\d+)$`, 'm').exec(text)?.[1])
}

/** Says what was measured. */
function tell(measured: string): void {
  process.stdout.write(`${measured}\n`)
}

describe('more calls than may be in flight', () => {
  it('are asked again by the API server, and none fails', async () => {
    const webhook = await serve({ flags: ['--max-in-flight=1'] })
    await register(cluster, webhook)
    const load = startLoad(api, { workers: 12 })
    await load.more(150)
    const { calls, failures } = await load.end()
    expect(failures).toEqual([])
    const turnedAway = await refused(webhook, 'in_flight')
    tell(`${calls} calls right, ${turnedAway} turned away on the way`)
    expect(turnedAway).toBeGreaterThan(0)
  })

  it('fail as failurePolicy says where there is no room until the time-out', async () => {
    const webhook = await serve({ flags: ['--max-in-flight=1'] })
    await register(cluster, webhook)
    const slow = connectTls({ host: '127.0.0.1', port: Number(new URL(webhook.url).port), ca: webhook.tls.caPem })
    slow.on('error', () => undefined)
    await once(slow, 'secureConnect')
    const head = 'POST /validate?timeout=30s HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n'
    slow.write(`${head}content-length: 99\r\n\r\n{`)
    await sleep(200)
    const started = performance.now()
    const hostPath = podSpec([{ name: 'host', hostPath: { path: '/etc' } }])
    const [closed, open] = await Promise.all([
      api.create(claim('closed', {}), dryRun),
      api.create(pod('open', hostPath), dryRun),
    ])
    tell(`answered after ${Math.round(performance.now() - started)} ms: ${JSON.stringify(closed.body['message'])}`)
    expect([closed.code, open.code]).toEqual([500, 201])
    expect(closed.body['message']).toContain('failed calling webhook "storage.mutate.holdfast.dev"')
    // Ten seconds for a body: then the slow one has lost its place.
    await waitFor(async () => (await api.create(claim('closed', {}), dryRun)).code === 201, {
      timeoutMs: 15_000,
      what: 'room again',
    })
    slow.destroy()
  })
})

describe('the client certificate', () => {
  it('of the API server is asked for, and nobody else is answered', async () => {
    const flags = [`--client-ca=${cluster.caFile}`, `--client-name=${webhookClientName}`, '--log-level=debug']
    const webhook = await serve({ flags })
    await register(cluster, webhook)
    expect((await api.create(claim('called', {}), dryRun)).code).toBe(201)
    expect(await refused(webhook, 'client_certificate')).toBe(0)
    await expect(ask(webhook, new Agent({ ca: webhook.tls.caPem }))).rejects.toThrow(
      /certificate required|socket hang up|ECONNRESET|EPIPE/,
    )
    await waitFor(async () => (await refused(webhook, 'client_certificate')) === 1, {
      timeoutMs: 2000,
      what: 'the count',
    })
  })

  it('with another name is refused, and the API server says why', async () => {
    const webhook = await serve({ flags: [`--client-ca=${cluster.caFile}`, '--client-name=somebody'] })
    const clientConfig = {
      url: `${webhook.url}/validate`,
      caBundle: Buffer.from(webhook.tls.caPem).toString('base64'),
    }
    const rules = [{ apiGroups: [''], apiVersions: ['v1'], resources: ['secrets'], operations: ['CREATE'] }]
    const policy = { sideEffects: 'None', admissionReviewVersions: ['v1'] }
    const configuration = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'named' },
      webhooks: [{ name: 'named.e2e.holdfast.dev', clientConfig, rules, ...policy }],
    }
    await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(configuration) })
    const secret = ['create', 'secret', 'generic', 'any', '--dry-run=server']
    const { stderr } = await waitFor(() => cluster.kubectl(secret, { expectFailure: true }), {
      timeoutMs: 10_000,
      what: 'the API server to call the webhook',
    })
    expect(stderr).toContain('failed to call webhook: the client certificate does not have an accepted name')
    expect(await refused(webhook, 'client_certificate')).toBeGreaterThan(0)
  })
})

describe('one of two webhooks that is killed', () => {
  it('fails no apply that is made once more', async () => {
    const { tls } = await projectSecret(folder)
    const [killed] = await serveTwo(tls)
    const load = startLoad(api, { workers: 8, againAfterMs: 500 })
    await load.more(200)
    await killed.stop('SIGKILL')
    await load.more(300)
    const { calls, failures, repeated } = await load.end()
    tell(`killed, failurePolicy Fail: ${calls} calls, ${repeated} right when made again, ${failures.length} lost`)
    expect(failures).toEqual([])
  })
})

describe('a rolling update', () => {
  it('of both webhooks loses none of a thousand calls', async () => {
    const { tls } = await projectSecret(folder)
    const [first, second, service] = await serveTwo(tls)
    const load = startLoad(api, { workers: 8 })
    await load.more(150)
    for (const old of [first, second]) {
      await service.add(await serve({ tls, flags: ['--drain-delay=1'] }))
      expect(await old.stop('SIGTERM')).toBe(0)
      await load.more(150)
    }
    await load.more(100)
    const { calls, failures } = await load.end()
    tell(`rolling update: ${calls} calls, ${failures.length} failed`)
    expect(failures).toEqual([])
    expect(calls).toBeGreaterThanOrEqual(1000)
  })
})

describe('etcd that restarts', () => {
  it('is lived through: nothing wrong is let in meanwhile, and what is new is known afterwards', async () => {
    const webhook = await serve({ config: { policies: { 'claim-storage-class': { action: 'deny' } } } })
    await register(cluster, webhook)
    const codes: number[] = []
    const codeFor = async (storageClassName: string) => {
      const { code } = await api.create(claim('asking', { storageClassName }), dryRun)
      return code
    }
    const load = { asking: true }
    const asker = (async () => {
      while (load.asking) {
        codes.push(await codeFor('no-such-class'))
        await sleep(20)
      }
    })()
    await sleep(500)
    await cluster.stopEtcd()
    await sleep(2000)
    await cluster.startEtcd()
    await waitFor(async () => (await api.create(storageClass('afterwards'))).code === 201, {
      timeoutMs: 20_000,
      what: 'the API server to write again',
    })
    await waitFor(async () => (await codeFor('afterwards')) === 201, {
      timeoutMs: 20_000,
      what: 'the class to be known',
    })
    load.asking = false
    await asker
    const counts = Object.fromEntries(
      Object.entries(Object.groupBy(codes, String)).map(([code, all]) => [code, all?.length]),
    )
    tell(`etcd restarted: claims of an unknown class got ${JSON.stringify(counts)}`)
    expect(codes.filter((code) => code < 400)).toEqual([])
    expect(codes.at(-1)).toBe(403)
  })
})

describe('500 calls a second', () => {
  it('lose none as the certificate is replaced', async () => {
    const { tls, swap } = await projectSecret(folder)
    const webhook = await serve({ tls })
    // Both authorities have one name, which OpenSSL cannot tell apart; whether to trust is the API server's business here.
    const agent = new Agent({ rejectUnauthorized: false, keepAlive: true, maxSockets: 32 })
    const before = Date.now()
    const answers: Promise<number | undefined>[] = []
    for (let tick = 0; tick < 300; tick += 1) {
      // One of ten on a connection of its own, which sees the certificate that is in use.
      for (let each = 0; each < 10; each += 1)
        answers.push(ask(webhook, each === 0 ? new Agent({ rejectUnauthorized: false }) : agent))
      if (tick === 100) await swap()
      await sleep(Math.max(0, before + (tick + 1) * 20 - Date.now()))
    }
    const codes = await Promise.all(answers)
    const seconds = (Date.now() - before) / 1000
    agent.destroy()
    tell(`certificate replaced: ${codes.length} calls in ${seconds} s, ${Math.round(codes.length / seconds)}/s`)
    expect(codes.filter((code) => code !== 200)).toEqual([])
    expect(webhook.log()).toContain('certificate reloaded')
  })
})

const review = JSON.stringify({
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  request: {
    uid: 'u1',
    operation: 'CREATE',
    namespace: 'default',
    userInfo: { username: 'jane' },
    object: claim('a', {}),
  },
})

/** The status of the answer to a call that comes from us and not from the API server. */
function ask({ url }: RunningWebhook, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(review) }
    const request = httpsRequest(`${url}/mutate?timeout=5s`, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode))
    })
    request.once('error', reject).end(review)
  })
}
