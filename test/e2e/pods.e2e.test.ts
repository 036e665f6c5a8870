import { describe, expect, it } from 'vitest'
import { at, type JsonObject } from '../../src/kubernetes/json.ts'
import { dryRun } from './api.ts'
import { deployment, pod, podSpec, storageClass } from './objects.ts'
import { useSession } from './session.ts'

const hostPath = podSpec([{ name: 'host', hostPath: { path: '/etc' } }])
const legacy = pod('legacy', hostPath)
const dying = pod('dying', hostPath, { finalizers: ['example.com/wait'] })
const guarded = pod('guarded', podSpec([{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }]))

const session = useSession({
  async before({ api }) {
    await api.create(storageClass('block', { volumeBindingMode: 'WaitForFirstConsumer' }))
    for (const object of [legacy, dying, guarded, deployment('legacy', hostPath)]) await api.create(object)
    await api.delete(dying)
  },
})

const data = { name: 'data', persistentVolumeClaim: { claimName: 'data' } }
const securityContext = {
  runAsUser: 1000,
  runAsNonRoot: true,
  runAsGroup: 3000,
  supplementalGroups: [4000, 5000],
  seLinuxOptions: { level: 's0:c123,c456' },
  seccompProfile: { type: 'RuntimeDefault' },
  sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }],
}

describe('a pod that does not run as root and mounts a claim', () => {
  it('gets a group and a change policy; the rest of its securityContext stays byte for byte', async () => {
    const { code, body, warnings } = await session().api.create(pod('app', podSpec([data], { securityContext })))
    expect(code).toBe(201)
    const stored = at(body, 'spec', 'securityContext')
    expect(stored).toEqual({ ...securityContext, fsGroup: 3000, fsGroupChangePolicy: 'OnRootMismatch' })
    expect(warnings).toEqual([
      expect.stringMatching(/^Pod default\/app: set spec\.securityContext\.fsGroup to 3000 \(.*\[pod-fs-group\]$/),
      expect.stringMatching(/^Pod default\/app: set spec\.securityContext\.fsGroupChangePolicy to "OnRootMismatch" \(/),
    ])
    // The same pod where nothing is to be done is stored in the API server's own order of fields.
    const twin = pod(
      'twin',
      podSpec([data], {
        securityContext: { ...securityContext, fsGroup: 3000, fsGroupChangePolicy: 'OnRootMismatch' },
      }),
    )
    const unpatched = await session().api.create(twin)
    expect(unpatched.warnings).toEqual([])
    expect(JSON.stringify(stored)).toBe(JSON.stringify(at(unpatched.body, 'spec', 'securityContext')))
  })

  it('keeps the group it has, and gets the change policy only', async () => {
    const own = { runAsUser: 1000, fsGroup: 7000 }
    const { body, warnings } = await session().api.create(pod('own', podSpec([data], { securityContext: own })), dryRun)
    expect(at(body, 'spec', 'securityContext')).toEqual({ ...own, fsGroupChangePolicy: 'OnRootMismatch' })
    expect(warnings).toHaveLength(1)
  })

  it('is only warned about in the template of a Deployment, which stays as it is', async () => {
    const spec = podSpec([data], { securityContext })
    const { code, body, warnings } = await session().api.create(deployment('web', spec))
    expect(code).toBe(201)
    expect(at(body, 'spec', 'template', 'spec', 'securityContext')).toEqual(securityContext)
    expect(warnings).toEqual([
      expect.stringMatching(/^Deployment default\/web: spec\.template\.spec\.securityContext\.fsGroup is /),
      expect.stringMatching(/^Deployment default\/web: spec\.template\.spec\.securityContext\.fsGroupChangePolicy is /),
    ])
  })
})

describe('a hostPath volume', () => {
  it('is denied in a pod, and in the template of a Deployment with its path there', async () => {
    const { api } = session()
    const inPod = await api.create(pod('new', hostPath), dryRun)
    const inTemplate = await api.create(deployment('new', hostPath), dryRun)
    expect([inPod.code, inTemplate.code]).toEqual([403, 403])
    expect(at(inPod.body, 'details', 'causes')).toMatchObject([{ field: 'spec.volumes[0].hostPath.path' }])
    expect(at(inTemplate.body, 'details', 'causes')).toMatchObject([
      { field: 'spec.template.spec.volumes[0].hostPath.path' },
    ])
  })

  it('of a pod that is older than the policy is warned about when the pod gets a label', async () => {
    const { code, warnings } = await session().api.merge(legacy, { metadata: { labels: { team: 'a' } } })
    expect({ code, warnings }).toEqual({
      code: 200,
      warnings: [expect.stringContaining('(it was so before this update)')],
    })
    expect(warnings[0]).toMatch(/^Pod default\/legacy: spec\.volumes\[0\]\.hostPath\.path is "\/etc"; /)
  })

  it('of a Deployment that is older than the policy passes an update of its replicas, and none to another path', async () => {
    const { api } = session()
    const scaled = await api.merge(deployment('legacy', hostPath), { spec: { replicas: 2 } })
    expect(scaled).toMatchObject({ code: 200, warnings: [expect.stringContaining('(it was so before this update)')] })
    const elsewhere: JsonObject = {
      spec: { template: { spec: podSpec([{ name: 'host', hostPath: { path: '/var' } }]) } },
    }
    expect((await api.merge(deployment('legacy', hostPath), elsewhere)).code).toBe(403)
  })

  it('does not keep a pod that is being deleted: its finalizer can be removed', async () => {
    const { api } = session()
    expect(at((await api.get(dying)).body, 'metadata', 'deletionTimestamp')).toEqual(expect.any(String))
    const { code, warnings } = await api.merge(dying, { metadata: { finalizers: null } })
    expect({ code, warnings }).toEqual({ code: 200, warnings: [] })
    expect((await api.get(dying)).code).toBe(404)
  })

  it('is of no concern in kube-system', async () => {
    const { code, warnings } = await session().api.create(pod('exempt', hostPath, { namespace: 'kube-system' }))
    expect({ code, warnings }).toEqual({ code: 201, warnings: [] })
  })
})

describe('an ephemeral container', () => {
  const debug = { name: 'debug', image: 'debug.example.com/debug:1', targetContainerName: 'app' }
  const withDebug = async (object: JsonObject, container: JsonObject) => {
    const { body } = await session().api.get(object)
    const spec = at(body, 'spec')
    return session().api.update(
      { ...body, spec: { ...Object(spec), ephemeralContainers: [container] } },
      {},
      'ephemeralcontainers',
    )
  }

  it('can be added to a pod that was wrong before, with a warning', async () => {
    expect(await withDebug(legacy, debug)).toMatchObject({
      code: 200,
      warnings: [expect.stringContaining('(it was so before this update)')],
    })
  })

  it('that does not run as root is no reason to refuse: the pod around it cannot get a group any more', async () => {
    const { code, warnings } = await withDebug(guarded, { ...debug, securityContext: { runAsNonRoot: true } })
    expect({ code, warnings }).toEqual({ code: 200, warnings: [] })
  })
})
