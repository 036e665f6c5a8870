import { describe, expect, it } from 'vitest'
import { at, type JsonObject } from '../../src/kubernetes/json.ts'
import { dryRun } from './api.ts'
import { claim, pod, podSpec, storageClass } from './objects.ts'
import { useSession } from './session.ts'

const session = useSession({
  async before({ api }) {
    await api.create(storageClass('block', { volumeBindingMode: 'WaitForFirstConsumer' }))
  },
})

const shared = {
  accessModes: ['ReadWriteMany'],
  resources: { requests: { storage: '1Gi' } },
  storageClassName: 'block',
}
const worst = pod(
  'worst',
  podSpec([
    { name: 'etc', hostPath: { path: '/etc' } },
    { name: 'run', hostPath: { path: '/run/containerd' } },
    { name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: shared } } },
  ]),
)

function create(object: JsonObject, ...args: readonly string[]) {
  return session().cluster.kubectl(['create', '-f', '-', ...args], {
    input: JSON.stringify(object),
    expectFailure: true,
  })
}

describe('several violations in one object', () => {
  const fields = [
    ['pod-no-host-path', 'spec.volumes[0].hostPath.path'],
    ['pod-no-host-path', 'spec.volumes[1].hostPath.path'],
    ['claim-access-mode-supported', 'spec.volumes[2].ephemeral.volumeClaimTemplate.spec.accessModes[0]'],
  ]

  it('are one denial that lists every one, its first line for itself', async () => {
    const { stderr } = await create(worst)
    const [first = '', ...lines] = stderr.trimEnd().split('\n')
    expect(first).toMatch(
      /^Error from server \(Forbidden\): error when creating "STDIN": admission webhook "pods\.validate\.holdfast\.dev" denied the request: Pod default\/worst: spec\.volumes\[0\]\.hostPath\.path is "\/etc"; .*\. \[pod-no-host-path\] \(1 of 3\)$/,
    )
    for (const [policy, field] of fields) expect(stderr).toMatch(lineWith(field, policy))
    expect(lines[0]).toMatch(/^ {2}Fix: /)
    expect(lines.filter((line) => /^\d\. /.test(line))).toHaveLength(2)
  })

  it('are code 403, reason Forbidden, with a cause for each', async () => {
    const { code, body } = await session().api.create(worst)
    expect(code).toBe(403)
    expect(body).toMatchObject({ kind: 'Status', status: 'Failure', code: 403, reason: 'Forbidden' })
    expect(at(body, 'details', 'causes')).toEqual(
      fields.map(([reason, field]) => ({ reason, field, message: expect.stringMatching(lineWith(field, reason)) })),
    )
  })

  it('reach a client that shows the answer as it is', async () => {
    const { stderr } = await create(worst, '--v=8')
    expect(stderr).toContain('"reason": "Forbidden"')
    expect(stderr).toContain('"code": 403')
    for (const [, field] of fields) expect(stderr).toContain(`"field": "${field}"`)
  })
})

describe('a server-side dry run', () => {
  it('of a wrong object is denied in the same words, as often as it is tried', async () => {
    const { api } = session()
    const tries = [await api.create(worst, dryRun), await api.create(worst), await api.create(worst, dryRun)]
    expect(tries[0]?.code).toBe(403)
    for (const answer of tries) expect(answer).toEqual(tries[0])
  })

  it('of an object that is repaired shows the repair and the warning, and leaves nothing behind', async () => {
    const { api, cluster } = session()
    const secret = claim('dry', shared, { labels: { 'data-classification': 'restricted' } })
    const { stdout, stderr } = await cluster.kubectl(['apply', '--dry-run=server', '--output=json', '-f', '-'], {
      input: JSON.stringify(secret),
    })
    expect(JSON.parse(stdout).spec.accessModes).toEqual(['ReadWriteOncePod'])
    expect(stderr).toMatch(/^Warning: PersistentVolumeClaim default\/dry: set spec\.accessModes to .*\n$/)
    expect((await api.get(secret)).code).toBe(404)
    expect((await cluster.kubectl(['get', 'events', '--all-namespaces', '--output=name'])).stdout).toBe('')

    const real = await api.create(secret)
    expect(real).toMatchObject({ code: 201, warnings: [stderr.slice('Warning: '.length).trimEnd()] })
  })

  it('of a client-side kind reaches no webhook at all', async () => {
    const { cluster } = session()
    const { stderr } = await cluster.kubectl(['create', '--dry-run=client', '-f', '-'], {
      input: JSON.stringify(worst),
    })
    expect(stderr).toBe('')
  })
})

describe('an object that is being deleted', () => {
  it('can be updated whatever is wrong with it', async () => {
    const { api } = session()
    const dying = storageClass('dying', {}, { finalizers: ['example.com/wait'] })
    await api.create(dying)
    await api.delete(dying)
    const { code, warnings } = await api.merge(dying, { metadata: { finalizers: null, labels: { team: 'a' } } })
    expect({ code, warnings }).toEqual({ code: 200, warnings: [] })
    expect((await api.get(dying)).code).toBe(404)
  })
})

function lineWith(field = '', policy = ''): RegExp {
  const literal = (text: string): string => text.replaceAll(/[.[\]]/g, String.raw`\$&`)
  return new RegExp(`${literal(field)} .*${literal(`[${policy}]`)}`, 'm')
}
