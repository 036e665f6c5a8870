import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import { dryRun } from './api.ts'
import { claim, configMap, pod, podSpec, storageClass } from './objects.ts'
import { useSession } from './session.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { builtInPolicies, policyFiles } from '../../src/load.ts'

const session = useSession()

/** What kubectl says when an object is refused. */
async function refusalOf(object: JsonObject): Promise<string> {
  const input = JSON.stringify(object)
  const { stderr } = await session().cluster.kubectl(['create', '-f', '-'], { input, expectFailure: true })
  return stderr
}

/** The metrics of the webhook whose name and labels begin so, summed up. */
async function metric(name: string, ...labels: readonly string[]): Promise<number> {
  const text = await (await fetch(`${session().webhook.healthUrl}/metrics`)).text()
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
  return lines
    .filter((line) => labels.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

describe('/healthz and /metrics', () => {
  it('tell that it is alive, and count what was decided', async () => {
    const { api, webhook } = session()
    const health = await fetch(`${webhook.healthUrl}/healthz`)
    expect([health.status, await health.json()]).toEqual([200, { alive: true }])
    const requests = 'holdfast_admission_requests_total'
    const counts = () =>
      Promise.all([
        metric(requests, 'endpoint="mutate"', 'kind="StorageClass"', 'operation="CREATE"', 'result="patched"'),
        metric(requests, 'endpoint="validate"', 'kind="StorageClass"', 'result="allowed"'),
        metric(requests, 'endpoint="validate"', 'kind="Pod"', 'result="denied"'),
        metric('holdfast_policy_decisions_total', 'policy="pod-no-host-path"', 'action="deny"', 'effect="deny"'),
        metric('holdfast_policies_loaded'),
      ])
    const before = await counts()
    await api.create(storageClass('counted'))
    await api.create(pod('counted', podSpec([{ name: 'host', hostPath: { path: '/etc' } }])))
    const after = await counts()
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1, 1, expect.any(Number), 0])
    expect(after[3]).toBeGreaterThan(before[3] ?? 0)
    expect(after[4]).toBe(policyFiles(builtInPolicies).length)
    expect(await metric('holdfast_inventory_age_seconds')).toBeLessThan(70)
  })
})

describe('a large object', () => {
  // The API server takes 1 MiB of data at most.
  const line = 'server.port=8080 and some more of a setting\n'
  const large = (name: string, text: string): JsonObject =>
    configMap(name, { 'app.properties': text.repeat(Math.floor(1_040_000 / text.length)) })

  it('of nearly 1 MiB passes, also with its old version beside it, well within the time-out', async () => {
    const { api } = session()
    expect((await api.create(large('large', line))).code).toBe(201)
    const started = performance.now()
    expect((await api.update(large('large', line.toUpperCase()))).code).toBe(200)
    expect(performance.now() - started).toBeLessThan(2500)
  })

  it('whose review is beyond 7 MiB is refused, and the person is told why', async () => {
    const { api } = session()
    // The API server writes each of these with six characters.
    expect((await api.create(large('markup', '<'))).code).toBe(201)
    const { code, body } = await api.update(large('markup', '>'))
    expect([code, body['message']]).toEqual([
      500,
      'Internal error occurred: failed calling webhook "storage.mutate.holdfast.dev": failed to call webhook: ' +
        'the body is too large; at most 7340032 bytes are accepted',
    ])
  })
})

describe('a webhook that cannot answer', () => {
  it('with a decision says why, and kubectl prints it', async () => {
    const { cluster, webhook } = session()
    const configuration = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'misspelt' },
      webhooks: [
        {
          name: 'misspelt.e2e.holdfast.dev',
          clientConfig: {
            url: `${webhook.url}/validated`,
            caBundle: Buffer.from(webhook.tls.caPem).toString('base64'),
          },
          rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['secrets'], operations: ['CREATE'] }],
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
        },
      ],
    }
    await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(configuration) })
    const secret = ['create', 'secret', 'generic', 'any', '--dry-run=server']
    const { stderr } = await waitFor(() => cluster.kubectl(secret, { expectFailure: true }), {
      timeoutMs: 10_000,
      what: 'the API server to call the wrong path',
    })
    await cluster.kubectl(['delete', 'validatingwebhookconfiguration', 'misspelt'])
    expect(stderr).toBe(
      'error: failed to create secret Internal error occurred: failed calling webhook "misspelt.e2e.holdfast.dev": ' +
        'failed to call webhook: the webhook answers at /validate and /mutate only\n',
    )
  })

  it('in time fails the call when the time-out is over, and answers again as soon as it can', async () => {
    const { api, webhook } = session()
    process.kill(webhook.pid, 'SIGSTOP')
    try {
      const started = performance.now()
      const { code, body } = await api.create(configMap('late', {}), dryRun)
      const seconds = (performance.now() - started) / 1000
      expect([code, body['message']]).toEqual([
        500,
        'Internal error occurred: failed calling webhook "storage.mutate.holdfast.dev": failed to call webhook: ' +
          `Post "${webhook.url}/mutate?timeout=5s": context deadline exceeded`,
      ])
      expect(seconds).toBeGreaterThan(4.5)
      expect(seconds).toBeLessThan(8)
    } finally {
      process.kill(webhook.pid, 'SIGCONT')
    }
    expect((await api.create(configMap('late', {}), dryRun)).code).toBe(201)
  })
})

// The last one: it ends the webhook.
describe('a webhook that is gone', () => {
  it('keeps storage objects out, which fail closed, and lets pods in, which fail open', async () => {
    const { api, webhook } = session()
    expect(await webhook.stop('SIGKILL')).toBe(128)
    const closed = [storageClass('closed'), claim('closed', {}), configMap('closed', { key: 'value' })]
    for (const object of closed) {
      expect(await refusalOf(object)).toBe(
        'Error from server (InternalError): error when creating "STDIN": Internal error occurred: ' +
          'failed calling webhook "storage.mutate.holdfast.dev": failed to call webhook: ' +
          `Post "${webhook.url}/mutate?timeout=5s": dial tcp ${new URL(webhook.url).host}: connect: connection refused\n`,
      )
      expect((await api.get(object)).code).toBe(404)
    }
    const hostPath = podSpec([{ name: 'host', hostPath: { path: '/etc' } }])
    expect((await api.create(pod('open', hostPath), dryRun)).code).toBe(201)
  })
})
