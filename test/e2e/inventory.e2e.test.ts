import { readFile } from 'node:fs/promises'
import { KubeConfig } from '@kubernetes/client-node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type ClusterInventory, connectInventory } from '../../src/cluster/inventory.ts'
import { watchedKinds } from '../../src/cluster/watched-kind.ts'
import { at, type JsonObject } from '../../src/kubernetes/json.ts'
import { referenceOf } from '../../src/kubernetes/object.ts'
import { type LogBook, logBook } from '../cluster/log-book.ts'
import { type Api, connect as connectApi } from './api.ts'
import { type ControlPlane, startControlPlane } from './controlplane/start.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { installSnapshotKinds, removeSnapshotKinds } from './crds/snapshots.ts'
import { claim } from './objects.ts'
import { allowReading, makeReader } from './reader.ts'

let cluster: ControlPlane
let api: Api
let inventory: ClusterInventory | undefined
let log: LogBook
/** How far the inventory's clock is ahead, in milliseconds. */
let ahead = 0

beforeAll(async () => {
  cluster = await startControlPlane()
  api = await connectApi(cluster)
})
afterAll(async () => {
  api?.close()
  await cluster?.stop()
})
afterEach(() => inventory?.stop())

async function connect({ kubeconfig = cluster.kubeconfig, relistEveryMs = 600_000 } = {}): Promise<ClusterInventory> {
  const kubeConfig = new KubeConfig()
  kubeConfig.loadFromFile(kubeconfig)
  log = logBook()
  ahead = 0
  inventory = await connectInventory({
    kubeConfig,
    logger: log,
    relistEveryMs,
    now: () => new Date(Date.now() + ahead),
  })
  return inventory
}

async function makeClass(name: string): Promise<void> {
  const storageClass = { ...storage, kind: 'StorageClass', metadata: { name }, provisioner: driver }
  await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(storageClass) })
}

function within(timeoutMs: number, what: string, condition: () => boolean): Promise<boolean> {
  return waitFor(condition, { timeoutMs, what, intervalMs: 5 })
}

const driver = 'disks.example.com'
const csi = { driver, volumeHandle: 'disk-1' }
const volumeSpec = { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, csi }
const storage = { apiVersion: 'storage.k8s.io/v1' }

/** All of their fields are kept. */
const followedObjects: readonly JsonObject[] = [
  claim('data', { storageClassName: 'gold' }),
  { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'disk' }, spec: volumeSpec },
  { ...storage, kind: 'CSIDriver', metadata: { name: driver }, spec: { attachRequired: false } },
  {
    ...storage,
    kind: 'VolumeAttributesClass',
    metadata: { name: 'fast' },
    driverName: driver,
    parameters: { iops: '3' },
  },
]

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
      provisioner: driver,
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'Immediate',
    })
    await cluster.kubectl(['label', 'storageclass', 'silver', 'tier=two'])
    const labelled = () => classOf(followed, 'silver')?.['metadata']
    await within(1000, 'the label', () => JSON.stringify(labelled()).includes('"labels":{"tier":"two"}'))
    await cluster.kubectl(['delete', 'storageclass', 'silver'])
    await within(1000, 'the deletion', () => classOf(followed, 'silver') === undefined)
  })

  it.each(followedObjects)('follows a $kind as it is made, labelled and deleted', async (object) => {
    const { kind, namespace, name } = referenceOf(object)
    const followed = await connect()
    expect(await followed.synced(10_000)).toBe(true)
    expect(followed.current().isComplete(kind)).toBe(true)
    const seen = () => followed.current().get(kind, namespace, name)
    expect((await api.create(object)).code).toBe(201)
    await within(1000, 'the object', () => seen() !== undefined)
    expect(seen()).toMatchObject(object)
    expect(Object.keys(seen()?.['metadata'] ?? {})).not.toContain('managedFields')
    await api.merge(object, { metadata: { labels: { tier: 'two' } } })
    await within(1000, 'the label', () => at(seen(), 'metadata', 'labels', 'tier') === 'two')
    // No controller runs here that would take the finalizers of claims and volumes.
    await api.merge(object, { metadata: { finalizers: null } })
    await api.delete(object)
    await within(1000, 'the deletion', () => seen() === undefined)
  })

  it('sees what becomes of a claim: bound, grown, about to be deleted', async () => {
    const followed = await connect()
    expect(await followed.synced(10_000)).toBe(true)
    const object = claim('db', { storageClassName: 'gold' })
    const { body } = await api.create(object)
    const seen = () => followed.current().get('PersistentVolumeClaim', 'default', 'db')
    const status = { phase: 'Bound', capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'] }
    await api.update({ ...body, status }, {}, 'status')
    await within(1000, 'its phase', () => at(seen(), 'status', 'phase') === 'Bound')
    expect(seen()?.['status']).toEqual({ phase: 'Bound', capacity: { storage: '1Gi' } })
    await api.delete(object)
    await within(1000, 'its deletion', () => at(seen(), 'metadata', 'deletionTimestamp') !== undefined)
    await api.merge(object, { metadata: { finalizers: null } })
    await within(1000, 'its end', () => seen() === undefined)
  })

  it('is ready where the kinds of CSI snapshots do not exist, and finds them once they do', async () => {
    const followed = await connect({ relistEveryMs: 1000 })
    expect(await followed.synced(10_000)).toBe(true)
    expect(followed.ready()).toEqual({ ready: true, reasons: [] })
    expect(followed.current().isComplete('VolumeSnapshotClass')).toBe(true)
    expect(followed.current().list('VolumeSnapshotClass')).toEqual([])
    const absent = () =>
      log.lines.filter((line) => line === 'info: the cluster does not have a kind (VolumeSnapshotClass)')
    expect(absent()).toHaveLength(1)
    await installSnapshotKinds(cluster)
    const nightly = {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotClass',
      metadata: { name: 'nightly' },
      driver,
      deletionPolicy: 'Retain',
    }
    await waitFor(async () => (await api.create(nightly)).code === 201, {
      timeoutMs: 10_000,
      what: 'the new kind to be served',
    })
    await within(5000, 'the snapshot class', () => followed.current().list('VolumeSnapshotClass').length === 1)
    expect(followed.current().get('VolumeSnapshotClass', '', 'nightly')).toMatchObject(nightly)
    // First the object: the API server may take a minute to remove a kind that still has some.
    await api.delete(nightly)
    await removeSnapshotKinds(cluster)
    await within(5000, 'the end of the kind', () => absent().length === 2)
    expect(followed.current().list('VolumeSnapshotClass')).toEqual([])
    expect(followed.current().isComplete('VolumeSnapshotClass')).toBe(true)
    expect(followed.ready()).toEqual({ ready: true, reasons: [] })
  })

  it('is ready where RBAC forbids a kind, and says so until it is allowed', async () => {
    const isClass = ({ kind }: { readonly kind: string }) => kind === 'StorageClass'
    const others = watchedKinds.filter((kind) => !isClass(kind))
    const reasons = ['StorageClass: RBAC forbids to list or watch it']
    const followed = await connect({ kubeconfig: await makeReader(cluster, 'webhook', others) })
    expect(await followed.synced(20_000)).toBe(true)
    await within(20_000, 'the role to apply', () => followed.ready().reasons.length === 1)
    expect(followed.ready()).toEqual({ ready: true, reasons })
    expect(followed.current().isComplete('StorageClass')).toBe(false)
    await allowReading(cluster, 'classes', 'webhook', watchedKinds.filter(isClass))
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
