import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect as connectTls } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asArray, asObject, at, type JsonObject } from '../../src/kubernetes/json.ts'
import { type Api, connect, dryRun, textAt } from './api.ts'
import { type ControlPlane, startControlPlane } from './controlplane/start.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { startLoad } from './load.ts'
import { claim, storageClass } from './objects.ts'
import { bindRole } from './reader.ts'
import { type Service, startService } from './service.ts'
import { type RunningWebhook, startWebhook } from './webhook.ts'

const guide = new URL('../../docs/guide/', import.meta.url)
const namespace = 'holdfast-system'
const user = 'holdfast'
const config = {
  selfManagedCertificate: { secret: 'holdfast-tls', service: 'holdfast', webhookConfigurations: ['holdfast'] },
}
const secret: JsonObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'holdfast-tls', namespace } }

let cluster: ControlPlane
let api: Api
let webhooks: readonly RunningWebhook[] = []
let service: Service | undefined
beforeAll(async () => {
  cluster = await startControlPlane()
  api = await connect(cluster)
  await cluster.kubectl(['create', 'namespace', namespace])
  for (const file of ['cluster-role.yaml', 'self-managed-certificate.yaml']) {
    await cluster.kubectl(['apply', '-f', fileURLToPath(new URL(file, guide))])
  }
  for (const role of ['holdfast', 'holdfast-certificate']) await bindRole(cluster, role, user)
  await cluster.kubectl([
    'create',
    'rolebinding',
    'holdfast-certificate',
    '--role=holdfast-certificate',
    `--user=${user}`,
    `--namespace=${namespace}`,
  ])
  const kubeconfig = await cluster.kubeconfigFor(user)
  const start = () => startWebhook({ ...cluster, kubeconfig }, { config, ownCertificate: true })
  const [first, second] = await Promise.all([start(), start()])
  webhooks = [first, second]
  service = await startService(first)
  await service.add(second)
})
afterAll(async () => {
  api?.close()
  await service?.stop()
  for (const webhook of webhooks) await webhook.stop()
  await cluster?.stop()
})

/** The webhook configurations of the guide, for the Service and without a caBundle. */
async function configurationsFor(url: string): Promise<string> {
  const text = await readFile(new URL('webhook-configuration.yaml', guide), 'utf8')
  const reference = `service: { name: holdfast, namespace: ${namespace}, path: /$1, port: ${new URL(url).port} }`
  return text.replaceAll(/^ +caBundle: .*\n/gm, '').replaceAll(/url: \$\{URL\}\/(\w+)/g, reference)
}

/** The certificate that a new connection is shown. */
async function servedBy({ url }: RunningWebhook): Promise<X509Certificate | undefined> {
  // Whether to trust it is the API server's business here.
  const socket = connectTls({ host: '127.0.0.1', port: Number(new URL(url).port), rejectUnauthorized: false })
  try {
    await once(socket, 'secureConnect')
    return socket.getPeerX509Certificate()
  } finally {
    socket.destroy()
  }
}

async function servedByAll(): Promise<readonly (string | undefined)[]> {
  const served = await Promise.all(webhooks.map(servedBy))
  return served.map((certificate) => certificate?.fingerprint256)
}

/** The different bundles that the webhooks of both configurations have. */
async function bundles(): Promise<readonly string[]> {
  const kinds = 'mutatingwebhookconfigurations,validatingwebhookconfigurations'
  const { stdout } = await cluster.kubectl(['get', kinds, '--output=json'])
  const list: JsonObject = JSON.parse(stdout)
  const entries = asArray(list['items']).flatMap((configuration) => asArray(at(configuration, 'webhooks')))
  const texts = entries.map((webhook) => Buffer.from(textAt(webhook, 'clientConfig', 'caBundle'), 'base64').toString())
  return [...new Set(texts)]
}

const count = (bundle: string | undefined): number => (bundle ?? '').split('BEGIN CERTIFICATE').length - 1

async function readiness({ healthUrl }: RunningWebhook): Promise<unknown> {
  return (await fetch(`${healthUrl}/readyz`)).json()
}

async function secretData(): Promise<JsonObject> {
  return asObject((await api.get(secret)).body['data'])
}

/** The answers other than success that the API server gave to Holdfast, but those that tell that somebody was faster. */
async function refusals(): Promise<readonly unknown[]> {
  const lines = (await readFile(cluster.auditLog, 'utf8')).split('\n').filter((line) => line !== '')
  return lines
    .map((line) => JSON.parse(line))
    .filter(({ user: { username }, responseStatus }) => username === user && responseStatus?.code === 403)
    .map(({ verb, requestURI }) => `${verb} ${requestURI}`)
}

describe('a self-managed certificate', () => {
  it('is one for both replicas, in the Secret', async () => {
    const [one, other] = await servedByAll()
    expect(other).toBe(one)
    const data = await secretData()
    const stored = new X509Certificate(Buffer.from(textAt(data, 'tls.crt'), 'base64'))
    expect(stored.fingerprint256).toBe(one)
    expect(stored.subjectAltName).toBe(`DNS:holdfast.${namespace}.svc, DNS:holdfast.${namespace}.svc.cluster.local`)
    expect(Object.keys(data).sort()).toEqual(['ca.crt', 'tls.crt', 'tls.key'])
    expect(await Promise.all(webhooks.map(readiness))).toEqual(
      [0, 1].map(() => ({ ready: true, reasons: ['certificate: no webhook configuration is called "holdfast"'] })),
    )
  })

  it('is trusted by the API server soon after the webhook is registered without a caBundle', async () => {
    const url = service?.url ?? ''
    const { port } = new URL(url)
    // No kube-proxy here; the API server itself resolves a Service of this type by its external name.
    const spec = { type: 'ExternalName', externalName: 'localhost', ports: [{ port: Number(port) }] }
    await api.create({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'holdfast', namespace }, spec })
    await cluster.kubectl(['apply', '-f', '-'], { input: await configurationsFor(url) })
    await waitFor(async () => (await bundles()).every((bundle) => bundle !== ''), {
      timeoutMs: 15_000,
      what: 'the caBundle',
    })
    expect((await bundles()).map(count)).toEqual([1])
    const binding = { volumeBindingMode: 'WaitForFirstConsumer' }
    await waitFor(async () => (await api.create(storageClass('gold', binding))).code === 201, {
      timeoutMs: 10_000,
      what: 'the API server to trust the certificate',
    })
    const shared = claim('shared', { storageClassName: 'gold', accessModes: ['ReadWriteMany'] })
    const denial = await waitFor(
      async () => {
        const { code, body } = await api.create(shared, dryRun)
        return code === 403 && textAt(body, 'message')
      },
      { timeoutMs: 10_000, what: 'the denial' },
    )
    expect(denial).toContain('admission webhook "storage.validate.holdfast.dev" denied the request')
    const ready = { ready: true, reasons: [] }
    await waitFor(
      async () => JSON.stringify(await Promise.all(webhooks.map(readiness))) === JSON.stringify([ready, ready]),
      { timeoutMs: 15_000, what: 'both to have found the configurations' },
    )
  })

  it('that is applied again without a caBundle keeps it', async () => {
    await cluster.kubectl(['apply', '-f', '-'], { input: await configurationsFor(service?.url ?? '') })
    expect((await bundles()).map(count)).toEqual([1])
  })

  it('changes under load without losing a call', async () => {
    const before = await servedByAll()
    const [old = ''] = await bundles()
    const opened = service?.opened() ?? 0
    await cluster.kubectl([
      'patch',
      'secret',
      'holdfast-tls',
      `--namespace=${namespace}`,
      '--type=json',
      '--patch=[{"op":"remove","path":"/data"}]',
    ])
    const started = performance.now()
    const results: { readonly calls: number; readonly failures: readonly string[] }[] = []
    const isDone = async () => (await servedByAll()).every((served, index) => served !== before[index])
    const burst = async (workers: number): Promise<void> => {
      const load = startLoad(api, { workers })
      await load.more(1000)
      results.push(await load.end())
    }
    while (!(await isDone()) && performance.now() - started < 150_000) await burst(12)
    const seconds = (performance.now() - started) / 1000
    // More at a time than before: the API server has to open connections, which see the new certificate.
    for (const workers of [16, 24]) await burst(workers)
    const calls = results.reduce((sum, result) => sum + result.calls, 0)
    expect(results.flatMap(({ failures }) => failures)).toEqual([])
    expect(calls).toBeGreaterThan(5000)
    expect(service?.opened()).toBeGreaterThan(opened)
    const [one, other] = await servedByAll()
    expect([other, one === before[0]]).toEqual([one, false])
    expect(seconds).toBeGreaterThan(60)
    const [now = ''] = await bundles()
    expect([count(now), now.includes(old)]).toEqual([2, true])
  }, 200_000)

  it('needs no more than the roles of the guide', async () => {
    expect(await refusals()).toEqual([])
  })

  it('goes on without its Secret, says so, and fills the one that is put back', async () => {
    const before = await servedByAll()
    await api.delete(secret)
    const [first] = webhooks
    if (first === undefined) throw new Error('no webhook runs')
    await waitFor(async () => JSON.stringify(await readiness(first)).includes('cannot create resource'), {
      timeoutMs: 15_000,
      what: 'it to be told',
    })
    expect(await readiness(first)).toMatchObject({ ready: true })
    await api.create({ ...secret, type: 'Opaque' })
    await waitFor(async () => (await secretData())['next.crt'] !== undefined, {
      timeoutMs: 40_000,
      what: 'the Secret to be filled',
    })
    expect(await servedByAll()).toEqual(before)
  })

  it('logs no key', () => {
    const logs = webhooks.map((webhook) => webhook.log()).join('\n')
    expect(logs).toContain('"certificate":"self-managed"')
    expect(logs).not.toMatch(/PRIVATE KEY|tls\.key/)
  })
})
