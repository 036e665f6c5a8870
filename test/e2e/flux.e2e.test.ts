import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { asString, at, type JsonObject } from '../../src/kubernetes/json.ts'
import { issueServerCertificate } from './controlplane/certificates.ts'
import { type CommandResult, runCommand } from './controlplane/command.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { claim, claimSpec, configMap, deployment, podSpec, storageClass } from './objects.ts'
import { useSession } from './session.ts'

const gold: JsonObject = { volumeBindingMode: 'WaitForFirstConsumer' }
const session = useSession({
  config: {
    profile: 'strict',
  },
  controllers: ['persistentvolumeclaim-protection-controller'],
  async before({ api }) {
    const marked = { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }
    await api.create(storageClass('standard', gold, marked))
    await api.create(storageClass('gold', gold))
  },
})

// Put together here, so that no scanner of this repository takes it for real.
const password = ['S3cr3t', 'Pa55w0rd'].join('-')
const databaseUrl = `postgres://app:${password}@db.example.com/app`

/** Applies objects as kustomize-controller does. */
async function flux(
  objects: readonly JsonObject[],
  options: { readonly args?: readonly string[]; readonly expectFailure?: boolean } = {},
): Promise<CommandResult> {
  const { cluster } = session()
  const file = join(cluster.folder, 'flux.json')
  await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))
  const { args = [], expectFailure = false } = options
  const env = { KUBECONFIG: cluster.kubeconfig }
  return runCommand(cluster.binaries.fluxApply, [...args, file], { env, expectFailure, timeoutMs: 50_000 })
}

const forced = (object: JsonObject): Promise<CommandResult> =>
  flux([object], { args: ['--force'], expectFailure: true })

/** The object's identity; undefined where it is not there, or is being deleted. */
async function uidOf(object: JsonObject): Promise<string | undefined> {
  const { code, body } = await session().api.get(object)
  const goes = at(body, 'metadata', 'deletionTimestamp') !== undefined
  return code === 200 && !goes ? asString(at(body, 'metadata', 'uid')) : undefined
}

describe('what a Kustomization says about a denial', () => {
  it('names the object, the policy and the field in its first line, and applies nothing', async () => {
    const objects = [configMap('innocent', { mode: 'fast' }), configMap('settings', { url: databaseUrl })]
    const { stdout, stderr } = await flux(objects, { expectFailure: true })
    expect(stdout).toBe('')
    const [firstLine, ...others] = stderr.trimEnd().split('\n')
    const head =
      'error: ConfigMap/default/settings dry-run failed (Forbidden): ' +
      'admission webhook "storage.validate.holdfast.dev" denied the request: ConfigMap default/settings: '
    expect(firstLine?.slice(0, head.length)).toBe(head)
    expect(firstLine?.slice(head.length)).toMatch(
      /^data\.url holds a URL with a password.*\. \[configmap-no-secrets\]$/,
    )
    expect(others).toEqual([
      '  Applied by: Kustomization flux-system/holdfast-e2e.',
      expect.stringMatching(/^ {2}Why: \S/),
      expect.stringMatching(/^ {2}Fix: \S/),
      expect.stringMatching(/^ {2}Docs: https:/),
    ])
    expect(stderr).not.toContain(password)
    expect(await uidOf(configMap('innocent', {}))).toBeUndefined()
  })
})

const defaultMark = { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }

/** A Deployment whose pods each get a claim of their own. */
function withScratch(name: string, spec: JsonObject): JsonObject {
  const volumeClaimTemplate = { spec: claimSpec({ storageClassName: 'gold', ...spec }) }
  return deployment(name, podSpec([{ name: 'scratch', ephemeral: { volumeClaimTemplate } }]))
}

// One for each policy that can deny an update. pod-fs-group and storageclass-wait-for-first-consumer cannot: templates
// are warned about, and the fields of stored pods and classes do not change, which the API server sees to itself.
const updates: readonly { readonly policy: string; readonly stored: JsonObject; readonly applied: JsonObject }[] = [
  {
    policy: 'claim-rwop-when-sensitive',
    stored: claim('ledger', { storageClassName: 'gold' }),
    applied: claim('ledger', { storageClassName: 'gold' }, { labels: { 'data-classification': 'confidential' } }),
  },
  {
    policy: 'claim-access-mode-supported',
    stored: withScratch('shared', {}),
    applied: withScratch('shared', { accessModes: ['ReadWriteMany'] }),
  },
  {
    // A field that cannot change: the API server itself would answer 422, on which Flux deletes the claim.
    policy: 'claim-access-mode-supported',
    stored: claim('data', { storageClassName: 'gold' }),
    applied: claim('data', { storageClassName: 'gold', accessModes: ['ReadWriteMany'] }),
  },
  {
    policy: 'claim-storage-class',
    stored: claim('archive', { storageClassName: 'gold' }),
    applied: claim('archive', { storageClassName: 'platinum' }),
  },
  {
    policy: 'claim-storage-class',
    stored: withScratch('moved', {}),
    applied: withScratch('moved', { storageClassName: 'platinum' }),
  },
  {
    policy: 'configmap-no-secrets',
    stored: configMap('app', { mode: 'fast' }),
    applied: configMap('app', { mode: 'fast', url: databaseUrl }),
  },
  {
    policy: 'pod-no-host-path',
    stored: deployment('agent', podSpec([])),
    applied: deployment('agent', podSpec([{ name: 'host', hostPath: { path: '/etc' } }])),
  },
  {
    policy: 'storageclass-single-default',
    stored: storageClass('second', gold),
    applied: storageClass('second', gold, defaultMark),
  },
]

describe('a forced Flux that is denied an update deletes nothing', () => {
  it.each(updates)('$policy: $applied.kind', async ({ policy, stored, applied }) => {
    await flux([stored])
    const uid = await uidOf(stored)
    expect(uid).toBeDefined()
    const { stderr } = await forced(applied)
    const [firstLine] = stderr.split('\n')
    expect(firstLine).toMatch(/^error: \S+ dry-run failed \(Forbidden\): admission webhook "\S+" denied the request: /)
    expect(firstLine).toMatch(new RegExp(`\\[${policy}\\]`))
    expect(await uidOf(stored)).toBe(uid)
  })
})

describe('the control: a claim whose update a webhook denies to a forced Flux', () => {
  const refusals = [
    { outcome: 'is deleted', status: { code: 422, reason: 'Invalid', message: 'no' } },
    { outcome: 'is deleted', status: { code: 409, reason: 'Conflict', message: 'no' } },
    { outcome: 'is deleted', status: { code: 403, reason: 'Forbidden', message: 'the label is immutable' } },
    { outcome: 'stays', status: { code: 403, reason: 'Forbidden', message: 'no' } },
  ]
  it.each(refusals)('$outcome with $status', async ({ outcome, status }) => {
    const stored = claim('control', { storageClassName: 'gold' })
    await session().api.delete(stored)
    await waitFor(async () => (await session().api.get(stored)).code === 404, { timeoutMs: 10_000, what: 'its end' })
    await flux([stored])
    const uid = await uidOf(stored)
    expect(uid).toBeDefined()
    const stop = await refuseLabelled(status)
    try {
      await forced(claim('control', { storageClassName: 'gold' }, { labels: { tier: 'two' } }))
    } finally {
      await stop()
    }
    expect(await uidOf(stored)).toBe(outcome === 'stays' ? uid : undefined)
  })
})

describe('Flux does not drift from what is fixed', () => {
  it('leaves a class and a claim that the webhook repaired unchanged when it applies them again', async () => {
    const manifests = [
      storageClass('zonal'),
      claim('secrets', { storageClassName: 'zonal' }, { labels: { 'data-classification': 'restricted' } }),
    ]
    const first = await flux(manifests)
    expect(first.stdout.split('\n').filter((line) => line.includes('created'))).toHaveLength(2)
    for (const args of [[], ['--force'], []]) {
      const { stdout } = await flux(manifests, { args })
      expect(stdout.trim().split('\n')).toEqual([
        'StorageClass/zonal unchanged',
        'PersistentVolumeClaim/default/secrets unchanged',
      ])
    }
    const stored = await Promise.all(manifests.map((manifest) => session().api.get(manifest)))
    expect(stored.map(({ body }) => at(body, 'volumeBindingMode') ?? at(body, 'spec', 'accessModes'))).toEqual([
      'WaitForFirstConsumer',
      ['ReadWriteOncePod'],
    ])
  })
})

/** A webhook, not ours, that denies claims with a label so, as a policy would. Gives the way to take it back. */
async function refuseLabelled(status: object): Promise<() => Promise<void>> {
  const { cluster } = session()
  const { key, certificate } = await issueServerCertificate()
  const answer = async (review: Readable, response: ServerResponse): Promise<void> => {
    const { uid, object } = JSON.parse(await text(review)).request
    const allowed = object.metadata.labels?.tier === undefined || object.metadata.deletionTimestamp !== undefined
    const answered = { uid, allowed, ...(!allowed && { status }) }
    response.end(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: answered }))
  }
  const server = createServer({ key, cert: certificate }, (request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`
  const rules = [
    { apiGroups: [''], apiVersions: ['v1'], resources: ['persistentvolumeclaims'], operations: ['CREATE', 'UPDATE'] },
  ]
  const webhook = {
    name: 'control.e2e.holdfast.dev',
    clientConfig: { url, caBundle: Buffer.from(certificate).toString('base64') },
    rules,
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
  }
  const configuration = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'control' },
    webhooks: [webhook],
  }
  await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(configuration) })
  const label = ['label', 'pvc', 'control', 'tier=two', '--dry-run=server']
  await waitFor(() => cluster.kubectl(label, { expectFailure: true }), {
    timeoutMs: 10_000,
    what: 'the control webhook',
  })
  return async () => {
    await cluster.kubectl(['delete', 'validatingwebhookconfiguration', 'control', '--ignore-not-found'])
    server.closeAllConnections()
    server.close()
  }
}
