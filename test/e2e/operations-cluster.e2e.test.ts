import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { watchedKinds } from '../../src/cluster/watched-kind.ts'
import { type Api, connect, dryRun } from './api.ts'
import { type ControlPlane, startControlPlane } from './controlplane/start.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { claim, storageClass } from './objects.ts'
import { bindRole, makeReader } from './reader.ts'
import { register, type RunningWebhook, startWebhook, unregister } from './webhook.ts'

// Denies a claim whose class does not exist: only one who knows all classes can.
const config = { policies: { 'claim-storage-class': { action: 'deny' } } }
const guide = fileURLToPath(new URL('../../docs/guide/cluster-role.yaml', import.meta.url))

let cluster: ControlPlane
let api: Api
let webhook: RunningWebhook | undefined
beforeAll(async () => {
  cluster = await startControlPlane()
  api = await connect(cluster)
})
afterAll(async () => {
  api?.close()
  await cluster?.stop()
})
afterEach(async () => {
  if (webhook === undefined) return
  await unregister(cluster, webhook)
  await webhook.stop()
  webhook = undefined
})

/** Starts the webhook as a user of the cluster, and registers it. */
async function serveAs(kubeconfig: string): Promise<RunningWebhook> {
  webhook = await startWebhook({ ...cluster, kubeconfig }, { config })
  await register(cluster, webhook)
  return webhook
}

async function readiness({ healthUrl }: RunningWebhook): Promise<unknown> {
  return (await fetch(`${healthUrl}/readyz`)).json()
}

/** The code that a claim of the class gets. */
async function codeFor(storageClassName: string): Promise<number> {
  return (await api.create(claim('asking', { storageClassName }), dryRun)).code
}

function linesOf(serving: RunningWebhook): readonly Readonly<Record<string, unknown>>[] {
  const lines = serving.log().split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line))
}

describe('serve --cluster', () => {
  it('needs no more than the role of the guide', async () => {
    await cluster.kubectl(['apply', `--filename=${guide}`])
    await bindRole(cluster, 'holdfast', 'webhook')
    const serving = await serveAs(await cluster.kubeconfigFor('webhook'))
    expect(await readiness(serving)).toEqual({ ready: true, reasons: [] })
    expect(await codeFor('gold')).toBe(403)
    await api.create(storageClass('gold'))
    await waitFor(async () => (await codeFor('gold')) === 201, { timeoutMs: 5000, what: 'the class to be known' })
    expect(linesOf(serving).filter(({ level }) => level === 'warn' || level === 'error')).toEqual([])
  })

  it('says what it may not read, and then does not deny for want of it', async () => {
    const hidden = ['StorageClass', 'CSIDriver']
    const seen = watchedKinds.filter(({ kind }) => !hidden.includes(kind))
    const serving = await serveAs(await makeReader(cluster, 'blinkered', seen))
    expect(await readiness(serving)).toEqual({
      ready: true,
      reasons: hidden.map((kind) => `${kind}: RBAC forbids to list or watch it`),
    })
    const warnings = linesOf(serving).filter(({ level }) => level === 'warn')
    const message = 'RBAC forbids to list or watch a kind'
    expect(warnings).toHaveLength(hidden.length)
    for (const kind of hidden) expect(warnings).toContainEqual(expect.objectContaining({ kind, message }))
    // The API server's own words say which right is missing.
    expect(JSON.stringify(warnings)).toContain('cannot list resource \\"storageclasses\\" in API group')
    expect(await codeFor('no-such-class')).toBe(201)
  })

  it('starts without any right, and is not ended by it', async () => {
    const serving = await serveAs(await cluster.kubeconfigFor('nobody'))
    // A kind that the cluster does not have is forbidden as well: the API server asks RBAC first.
    expect(await readiness(serving)).toEqual({
      ready: true,
      reasons: watchedKinds.map(({ kind }) => `${kind}: RBAC forbids to list or watch it`),
    })
    expect(linesOf(serving).filter(({ level }) => level === 'error')).toEqual([])
    const { body } = await api.create(storageClass('patched'), dryRun)
    expect(body['volumeBindingMode']).toBe('WaitForFirstConsumer')
  })

  it('is right again after the API server was away', async () => {
    const serving = await serveAs(cluster.kubeconfig)
    await api.create(storageClass('early'))
    await waitFor(async () => (await codeFor('early')) === 201, { timeoutMs: 5000, what: 'the class to be known' })
    await cluster.stopApiServer()
    expect(await readiness(serving)).toMatchObject({ ready: true })
    await cluster.startApiServer()
    const { code, body } = await waitFor(() => api.create(storageClass('late')), {
      timeoutMs: 10_000,
      what: 'the class',
    })
    expect([code, body['volumeBindingMode']]).toEqual([201, 'WaitForFirstConsumer'])
    await waitFor(async () => (await codeFor('late')) === 201, { timeoutMs: 40_000, what: 'the watch to go on' })
    await api.delete(storageClass('early'))
    await waitFor(async () => (await codeFor('early')) === 403, { timeoutMs: 10_000, what: 'its end to be known' })
    await waitFor(async () => JSON.stringify(await readiness(serving)) === '{"ready":true,"reasons":[]}', {
      timeoutMs: 40_000,
      what: 'nothing to be missing',
    })
    expect(linesOf(serving).map(({ message }) => message)).toContain('cannot follow a kind; trying again')
  })

  it('is not ready before it has seen the cluster, and waits for that', async () => {
    await cluster.stopApiServer()
    // Somebody who hangs up stands in for the API server, to know when the webhook has tried.
    const absent = createServer((socket) => socket.destroy()).listen(Number(new URL(cluster.server).port), '127.0.0.1')
    const tried = once(absent, 'connection')
    const starting = startWebhook(cluster, { config })
    await tried
    expect(await Promise.race([starting, sleep(1000, 'not ready')])).toBe('not ready')
    absent.close()
    await cluster.startApiServer()
    webhook = await starting
    expect(await readiness(webhook)).toEqual({ ready: true, reasons: [] })
    const messages = linesOf(webhook).map(({ message }) => message)
    expect(messages).toEqual(expect.arrayContaining(['webhook started', 'cannot follow a kind; trying again']))
  })
})
