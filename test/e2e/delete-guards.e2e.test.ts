import { describe, expect, it } from 'vitest'
import { asObject, at, type JsonObject } from '../../src/kubernetes/json.ts'
import { referenceOf } from '../../src/kubernetes/object.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { installSnapshotKinds } from './crds/snapshots.ts'
import { claim, claimSpec, deployment, podSpec, statefulSet, storageClass } from './objects.ts'
import { useSession } from './session.ts'
import { calls } from './webhook.ts'

const guard = { action: 'deny', parameters: { label: 'tier', critical: ['critical'] } }
const session = useSession({
  controllers: ['namespace-controller', 'garbage-collector-controller', 'statefulset-controller'].concat(
    'persistentvolumeclaim-protection-controller',
    'persistentvolume-protection-controller',
  ),
  config: { policies: { 'claim-delete-guard': guard } },
  async before({ cluster, api }) {
    await installSnapshotKinds(cluster)
    await api.create(storageClass('fast', { volumeBindingMode: 'WaitForFirstConsumer' }))
  },
})

const critical = { labels: { tier: 'critical' } }
const pass = { metadata: { annotations: { 'holdfast.dev/allow-delete': 'true' } } }

function volume(name: string, persistentVolumeReclaimPolicy: string, claimName: string): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, ...critical },
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      csi: { driver: 'ebs.csi.aws.com', volumeHandle: name },
      claimRef: { namespace: 'default', name: claimName },
      persistentVolumeReclaimPolicy,
      storageClassName: 'fast',
    },
  }
}

/** Makes a critical claim and its volume, each bound to the other as the volume controller leaves them. */
async function makeBound(name: string, reclaimPolicy: string) {
  const { api } = session()
  const pair = {
    claim: claim(name, { storageClassName: 'fast', volumeName: `${name}-disk` }, critical),
    volume: volume(`${name}-disk`, reclaimPolicy, name),
  }
  for (const object of [pair.volume, pair.claim]) {
    const { body } = await api.create(object)
    await api.update({ ...body, status: { phase: 'Bound' } }, {}, 'status')
  }
  return pair
}

async function makeNamespace(name: string): Promise<JsonObject> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
  await session().api.create(namespace)
  return namespace
}

function kubectlDelete(object: JsonObject, refused: boolean) {
  const { kind, name, namespace } = referenceOf(object)
  const place = namespace === '' ? [] : [`--namespace=${namespace}`]
  return session().cluster.kubectl(['delete', kind, name, '--wait=false', ...place], { expectFailure: refused })
}

async function isKept(object: JsonObject): Promise<boolean> {
  const { code, body } = await session().api.get(object)
  return code === 200 && at(body, 'metadata', 'deletionTimestamp') === undefined
}

/** True once the object is gone. */
async function isGone(object: JsonObject): Promise<boolean> {
  const { kind, name } = referenceOf(object)
  return waitFor(async () => (await session().api.get(object)).code === 404, {
    timeoutMs: 30_000,
    what: `the end of ${kind} ${name}`,
  })
}

describe('deleting a critical claim', () => {
  it.each([
    { reclaimPolicy: 'Delete', fate: /destroy/ },
    { reclaimPolicy: 'Retain', fate: /kept|keeps/ },
  ])('is refused, and says what becomes of the data: $reclaimPolicy', async ({ reclaimPolicy, fate }) => {
    const pair = await makeBound(`db-${reclaimPolicy.toLowerCase()}`, reclaimPolicy)
    const refused =
      'Error from server (Forbidden): admission webhook "deletions.validate.holdfast.dev" denied the request: '
    const { stderr } = await kubectlDelete(pair.claim, true)
    expect(stderr).toContain(`${refused}PersistentVolumeClaim default/db-`)
    expect(stderr).toContain('[claim-delete-guard]')
    expect(stderr).toContain('holdfast.dev/allow-delete')
    expect(stderr).toMatch(fate)
    expect(await isKept(pair.claim)).toBe(true)
  })

  it('goes through once the claim says that it may be deleted', async () => {
    const pair = await makeBound('db-done', 'Delete')
    await session().api.merge(pair.claim, pass)
    await kubectlDelete(pair.claim, false)
    expect(await isGone(pair.claim)).toBe(true)
  })

  it('is a matter of its label: others may go', async () => {
    const object = claim('scratch', { storageClassName: 'fast' })
    await session().api.create(object)
    await kubectlDelete(object, false)
    expect(await isGone(object)).toBe(true)
  })
})

describe('deleting many at once', () => {
  it('stops at the claim that has to stay', async () => {
    const { api, cluster } = session()
    await makeNamespace('many')
    const spec = { storageClassName: 'fast' }
    const first = claim('a', spec, { namespace: 'many' })
    const second = claim('b', spec, { namespace: 'many', ...critical })
    const third = claim('c', spec, { namespace: 'many' })
    for (const object of [first, second, third]) await api.create(object)
    const { stderr } = await cluster.kubectl(['delete', '--raw', '/api/v1/namespaces/many/persistentvolumeclaims'], {
      expectFailure: true,
    })
    // The API server gives no name with such a deletion; the message has it from the claim.
    expect(stderr).toContain('PersistentVolumeClaim many/b: ')
    expect(await isGone(first)).toBe(true)
    expect(await isKept(second)).toBe(true)
    expect(await isKept(third)).toBe(true)
  })
})

describe("Kubernetes' own controllers", () => {
  it('delete a namespace with a critical claim', async () => {
    const namespace = await makeNamespace('leaving')
    await session().api.create(claim('db', { storageClassName: 'fast' }, { namespace: 'leaving', ...critical }))
    await kubectlDelete(namespace, false)
    expect(await isGone(namespace)).toBe(true)
  })

  it('delete the claims that a StatefulSet takes with it', async () => {
    const { api } = session()
    const template = { metadata: { name: 'data', ...critical }, spec: claimSpec({ storageClassName: 'fast' }) }
    const set = statefulSet('queue', [template])
    const retention = { whenDeleted: 'Delete', whenScaled: 'Retain' }
    await api.create({ ...set, spec: { ...asObject(set['spec']), persistentVolumeClaimRetentionPolicy: retention } })
    const made = claim('data-queue-0', {})
    await waitFor(async () => at((await api.get(made)).body, 'metadata', 'ownerReferences') !== undefined, {
      timeoutMs: 20_000,
      what: 'the claim to be owned',
    })
    await kubectlDelete(set, false)
    expect(await isGone(made)).toBe(true)
  })
})

const content: JsonObject = {
  apiVersion: 'snapshot.storage.k8s.io/v1',
  kind: 'VolumeSnapshotContent',
  metadata: { name: 'nightly', ...critical },
  spec: {
    deletionPolicy: 'Delete',
    driver: 'ebs.csi.aws.com',
    source: { snapshotHandle: 'snap-1' },
    volumeSnapshotRef: { name: 'nightly', namespace: 'default' },
  },
}

describe('what lies behind a claim', () => {
  it.each([volume('kept-disk', 'Delete', 'nobody'), content])('$kind is guarded as well', async (object) => {
    const { api } = session()
    expect((await api.create(object)).code).toBe(201)
    expect((await kubectlDelete(object, true)).stderr).toContain('[claim-delete-guard]')
    expect(await isKept(object)).toBe(true)
    await api.merge(object, pass)
    await kubectlDelete(object, false)
    expect(await isGone(object)).toBe(true)
  })
})

describe('the webhook is not asked', () => {
  it("about a claim's status and a workload's scale", async () => {
    const { api, cluster, webhook } = session()
    const { body } = await api.create(claim('quiet', { storageClassName: 'fast' }))
    await api.create(deployment('web', podSpec([])))
    const before = await calls(webhook)
    await api.update({ ...body, status: { phase: 'Lost' } }, {}, 'status')
    await cluster.kubectl(['scale', 'deployment', 'web', '--replicas=3'])
    expect(await calls(webhook)).toEqual(before)
  })
})
