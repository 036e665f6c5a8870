import { readFile } from 'node:fs/promises'
import { KubeConfig } from '@kubernetes/client-node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type ClusterInventory, connectInventory } from '../../src/cluster/inventory.ts'
import { watchedKind, watchedKinds } from '../../src/cluster/watched-kind.ts'
import { type LogBook, logBook } from '../cluster/log-book.ts'
import { type ControlPlane, startControlPlane } from './controlplane/start.ts'
import { waitFor } from './controlplane/wait-for.ts'

const snapshotClass = watchedKind({
  kind: 'VolumeSnapshotClass',
  apiVersion: 'snapshot.storage.k8s.io/v1',
  resource: 'volumesnapshotclasses',
  optional: true,
  fields: { driver: true, deletionPolicy: true, parameters: true },
})

let cluster: ControlPlane
let inventory: ClusterInventory | undefined
let log: LogBook
/** How far the inventory's clock is ahead, in milliseconds. */
let ahead = 0

beforeAll(async () => {
  cluster = await startControlPlane()
})
afterAll(() => cluster?.stop())
afterEach(() => inventory?.stop())

async function connect({ kubeconfig = cluster.kubeconfig, relistEveryMs = 600_000 } = {}): Promise<ClusterInventory> {
  const kubeConfig = new KubeConfig()
  kubeConfig.loadFromFile(kubeconfig)
  log = logBook()
  ahead = 0
  inventory = await connectInventory({
    kubeConfig,
    kinds: [...watchedKinds, snapshotClass],
    logger: log,
    relistEveryMs,
    now: () => new Date(Date.now() + ahead),
  })
  return inventory
}

async function makeClass(name: string): Promise<void> {
  const storageClass = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    provisioner: 'disks.example.com',
  }
  await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(storageClass) })
}

function within(timeoutMs: number, what: string, condition: () => boolean): Promise<boolean> {
  return waitFor(condition, { timeoutMs, what, intervalMs: 5 })
}

const classOf = (followed: ClusterInventory, name: string) => followed.current().get('StorageClass', '', name)

describe('the inventory', () => {
  it('sees a class made, labelled and deleted, each within a second', async () => {
    const followed = await connect()
    expect(followed.current().isComplete('StorageClass')).toBe(false)
    expect(await followed.synced(10_000)).toBe(true)
    await makeClass('silver')
    await within(1000, 'the class', () => classOf(followed, 'silver') !== undefined)
    const seen = classOf(followed, 'silver')
    expect(seen).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: 'silver',
        uid: expect.any(String),
        creationTimestamp: expect.any(String),
        annotations: {},
      },
      provisioner: 'disks.example.com',
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'Immediate',
    })
    await cluster.kubectl(['label', 'storageclass', 'silver', 'tier=two'])
    const labelled = () => classOf(followed, 'silver')?.['metadata']
    await within(1000, 'the label', () => JSON.stringify(labelled()).includes('"labels":{"tier":"two"}'))
    await cluster.kubectl(['delete', 'storageclass', 'silver'])
    await within(1000, 'the deletion', () => classOf(followed, 'silver') === undefined)
  })

  it('is ready where a kind does not exist in the cluster, and finds it once it does', async () => {
    const followed = await connect({ relistEveryMs: 1000 })
    expect(await followed.synced(10_000)).toBe(true)
    expect(followed.ready()).toEqual({ ready: true, reasons: [] })
    expect(followed.current().isComplete('VolumeSnapshotClass')).toBe(true)
    expect(followed.current().list('VolumeSnapshotClass')).toEqual([])
    expect(log.lines).toContain('info: the cluster does not have a kind (VolumeSnapshotClass)')
    await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(snapshotClassDefinition()) })
    await cluster.kubectl([
      'wait',
      '--for=condition=Established',
      'crd',
      'volumesnapshotclasses.snapshot.storage.k8s.io',
    ])
    const nightly = {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotClass',
      metadata: { name: 'nightly' },
    }
    await waitFor(() => cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify({ ...nightly, driver: 'd' }) }), {
      timeoutMs: 10_000,
      what: 'the new kind to be served',
    })
    await within(5000, 'the snapshot class', () => followed.current().list('VolumeSnapshotClass').length === 1)
    await cluster.kubectl(['delete', 'crd', 'volumesnapshotclasses.snapshot.storage.k8s.io'])
    await within(5000, 'the end of the kind', () => followed.current().list('VolumeSnapshotClass').length === 0)
    expect(followed.ready()).toEqual({ ready: true, reasons: [] })
  })

  it('is ready where RBAC forbids a kind, and says so until it is allowed', async () => {
    const resources =
      'namespaces,persistentvolumes,csidrivers.storage.k8s.io,volumesnapshotclasses.snapshot.storage.k8s.io'
    await cluster.kubectl(['create', 'clusterrole', 'most', '--verb=list,watch', `--resource=${resources}`])
    await cluster.kubectl(['create', 'clusterrolebinding', 'most', '--clusterrole=most', '--user=webhook'])
    const kubeconfig = await cluster.kubeconfigFor('webhook')
    const reasons = ['StorageClass: RBAC forbids to list or watch it']
    const followed = await connect({ kubeconfig })
    expect(await followed.synced(20_000)).toBe(true)
    await within(20_000, 'the role to apply', () => followed.ready().reasons.length === 1)
    expect(followed.ready()).toEqual({ ready: true, reasons })
    expect(followed.current().isComplete('StorageClass')).toBe(false)
    await cluster.kubectl([
      'create',
      'clusterrole',
      'rest',
      '--verb=list,watch',
      '--resource=storageclasses.storage.k8s.io',
    ])
    await cluster.kubectl(['create', 'clusterrolebinding', 'rest', '--clusterrole=rest', '--user=webhook'])
    await within(40_000, 'the kind to be known', () => followed.current().isComplete('StorageClass'))
    expect(followed.ready()).toEqual({ ready: true, reasons: [] })
  })
})

describe('an API server that restarts', () => {
  it('is followed again; meanwhile nothing is forgotten, and what is old is called so', async () => {
    const followed = await connect()
    expect(await followed.synced(10_000)).toBe(true)
    await makeClass('gold')
    await within(1000, 'the class', () => classOf(followed, 'gold') !== undefined)
    await cluster.stopApiServer()
    await within(5000, 'the fault to be noticed', () => log.lines.some((line) => line.startsWith('warn:')))
    ahead = 7 * 60_000
    expect(classOf(followed, 'gold')).toBeDefined()
    expect(followed.current().isComplete('StorageClass')).toBe(false)
    expect(followed.ageSeconds()).toBeGreaterThan(420)
    expect(followed.ready()).toEqual({ ready: true, reasons: expect.any(Array) })
    expect(followed.ready().reasons).toContainEqual(expect.stringMatching(/^StorageClass: not up to date for 4\d\d s$/))
    await cluster.startApiServer()
    await cluster.kubectl(['delete', 'storageclass', 'gold'])
    await within(31_000, 'the deletion', () => classOf(followed, 'gold') === undefined)
    await within(31_000, 'all kinds to be up to date', () => followed.ready().reasons.length === 0)
    expect(followed.current().isComplete('StorageClass')).toBe(true)
    expect(followed.ageSeconds()).toBeLessThan(60)
    const warnings = log.lines.filter((line) => line.startsWith('warn:'))
    expect(warnings.filter((line) => line.endsWith('(StorageClass)')).length).toBeLessThanOrEqual(2)
  })

  it('need not be there when the inventory begins', async () => {
    await cluster.stopApiServer()
    const followed = await connect()
    expect(await followed.synced(500)).toBe(false)
    expect(followed.ready()).toMatchObject({ ready: false })
    expect(followed.ready().reasons).toContain('StorageClass: cannot be listed')
    await cluster.startApiServer()
    expect(await followed.synced(31_000)).toBe(true)
    expect(followed.ready()).toEqual({ ready: true, reasons: [] })
  })
})

describe('stop', () => {
  it('ends every connection and every timer, and asks for nothing more', async () => {
    const before = openHandles()
    const followed = await connect()
    expect(await followed.synced(10_000)).toBe(true)
    expect(openHandles().length).toBeGreaterThan(before.length)
    await followed.stop()
    await waitFor(() => openHandles().length <= before.length, { timeoutMs: 2000, what: 'the sockets to be closed' })
    const requests = await requestsInAuditLog()
    await cluster.kubectl(['create', 'namespace', 'after-stop'])
    expect(followed.current().get('Namespace', '', 'after-stop')).toBeUndefined()
    expect(followed.current().get('Namespace', '', 'default')).toBeDefined()
    expect(await requestsInAuditLog()).toBe(requests)
  })
})

function openHandles(): readonly string[] {
  return process
    .getActiveResourcesInfo()
    .filter((resource) => resource.includes('TLS') || resource.includes('TCP') || resource === 'Timeout')
}

async function requestsInAuditLog(): Promise<number> {
  const text = await readFile(cluster.auditLog, 'utf8')
  const lines = text.split('\n').filter((line) => line.includes('"userAgent":"holdfast"'))
  // One that ends adds a line, but no request.
  return new Set(lines.map((line) => JSON.parse(line).auditID)).size
}

function snapshotClassDefinition() {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: 'volumesnapshotclasses.snapshot.storage.k8s.io',
      annotations: { 'api-approved.kubernetes.io': 'unapproved, test-only' },
    },
    spec: {
      group: 'snapshot.storage.k8s.io',
      scope: 'Cluster',
      names: { plural: 'volumesnapshotclasses', kind: 'VolumeSnapshotClass' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  }
}
