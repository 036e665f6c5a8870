import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { load } from '../../src/load.ts'
import { asArray, asObject, asString, at, type JsonObject } from '../../src/kubernetes/json.ts'
import { testFolder } from '../support/command-line.ts'
import { writeTree } from '../support/tree.ts'
import { type Api, connect, dryRun, textAt } from './api.ts'
import {
  chartFolder,
  definitions,
  guideConfiguration,
  helm,
  namespace,
  objectsOf,
  ofKind,
  registrations,
  rendered,
  rights,
  variants,
} from './chart.ts'
import { clusterRights, namespaceRights, neededBy } from './chart-rights.ts'
import { runCommand } from './controlplane/command.ts'
import { type ControlPlane, startControlPlane } from './controlplane/start.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { pod, podSpec } from './objects.ts'
import { plainManifests } from './plain-manifests.ts'
import { register, startWebhook, unregister } from './webhook.ts'

const main = join(chartFolder, '../../src/main.ts')
const folder = testFolder()
let cluster: ControlPlane
let api: Api
beforeAll(async () => {
  cluster = await startControlPlane()
  api = await connect(cluster)
  await cluster.kubectl(['create', 'namespace', namespace])
  await cluster.kubectl(['apply', ...definitions.map((file) => `--filename=${file}`)])
  await cluster.kubectl(['wait', '--for=condition=Established', 'crd', '--all'])
})
afterAll(async () => {
  api?.close()
  await cluster?.stop()
  folder.remove()
})

// Kinds that this cluster does not have.
const foreign = new Set(['Issuer', 'Certificate', 'ServiceMonitor', 'PrometheusRule'])

describe.each(variants.map((file) => [basename(file), file]))('with %s', (_name, file) => {
  it('passes the strict lint of helm', async () => {
    const { stdout } = await helm(['lint', '--strict', chartFolder, `--values=${file}`])
    expect(stdout).toContain('0 chart(s) failed')
  })

  it('is rendered to objects that the API server takes without a warning', async () => {
    const objects = objectsOf(await rendered(`--values=${file}`))
    const known = objects.filter(({ kind }) => !foreign.has(asString(kind) ?? ''))
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: known })
    const { stderr } = await cluster.kubectl(
      ['apply', '--server-side', '--dry-run=server', '--validate=strict', '-f', '-'],
      { input },
    )
    expect(stderr).toBe('')
  })

  it('breaks no policy, not even one that warns', async () => {
    const input = await rendered(`--values=${file}`)
    const check = [main, 'check', '--profile=strict', '--fail-on=warn', '-']
    const { stdout } = await runCommand(process.execPath, check, { input, cwd: folder.path })
    expect(stdout).toContain('no violations')
  })

  it('gives the program a configuration that it loads', async () => {
    const [configMap] = ofKind(objectsOf(await rendered(`--values=${file}`)), 'ConfigMap')
    // The file is in the pod only.
    const { fingerprintKeyFile: _, ...document } = asObject(JSON.parse(textAt(configMap, 'data', 'holdfast.json')))
    writeTree(folder.path, { 'holdfast.json': JSON.stringify(document) })
    const options = { policyDirectories: [], profile: undefined, ownNamespace: namespace }
    const { config } = load({ ...options, configFile: join(folder.path, 'holdfast.json') })
    expect(config).toEqual(document)
  })
})

describe('values', () => {
  it.each([
    ['replica=2', 'replica'],
    ['profile=enforce', 'profile'],
    ['replicas=0', 'replicas'],
    ['webhooks.storage.failurePolicy=fail', 'failurePolicy'],
    ['webhooks.storage.timeoutSeconds=31', 'timeoutSeconds'],
    ['webhooks.workloads.enabled=true', 'workloads'],
    ['certificates.mode=none', 'mode'],
    ['config.port=1', 'port'],
    ['config.policies.pod-no-host-path.action=refuse', 'action'],
    ['networkPolicy.apiServerSources={anywhere}', 'apiServerSources'],
    ['image.digest=latest', 'digest'],
    ['drainDelaySeconds=601', 'drainDelaySeconds'],
    ['webhooks.exemptNamespaces={prod-*}', 'exemptNamespaces'],
  ])('are refused by the schema: %s', async (setting, named) => {
    const { stderr } = await helm(['template', chartFolder, `--set=${setting}`], { expectFailure: true })
    expect(stderr).toContain("values don't meet the specifications of the schema")
    expect(stderr).toContain(named)
  })

  it.each([
    ['certificates.mode=existingSecret', 'certificates.existingSecret'],
    ['serviceAccount.create=false', 'serviceAccount.name is needed'],
  ])('are refused where something is missing: %s', async (setting, message) => {
    const { stderr } = await helm(['template', chartFolder, `--set=${setting}`], { expectFailure: true })
    expect(stderr).toContain(message)
  })
})

describe('the registration', () => {
  it('is that of the guide, once the profile enforces', async () => {
    expect(registrations(objectsOf(await rendered('--set=profile=baseline')))).toEqual(
      registrations(guideConfiguration()),
    )
  })

  it('fails open while nobody is refused anyway', async () => {
    const text = await rendered()
    expect(text).not.toContain('failurePolicy: Fail')
    expect(text).toContain('failurePolicy: Ignore')
  })

  it('leaves namespaces out by a name that no label changes', async () => {
    const text = await rendered('--set=webhooks.exemptNamespaces={sandbox}')
    const webhooks = ofKind(objectsOf(text), 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration')
      .flatMap((object) => asArray(object['webhooks']))
      .filter((webhook) => at(webhook, 'name') !== 'policies.validate.holdfast.dev')
    const values = ['kube-system', namespace, 'sandbox']
    for (const webhook of webhooks) {
      expect(at(webhook, 'namespaceSelector')).toEqual({
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values }],
      })
      expect(at(webhook, 'objectSelector')).toBeUndefined()
    }
    await cluster.kubectl(['create', 'namespace', 'liar'])
    const liar = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'liar' } }
    await api.merge(liar, { metadata: { labels: { 'kubernetes.io/metadata.name': 'kube-system' } } })
    expect(textAt((await api.get(liar)).body, 'metadata', 'labels', 'kubernetes.io/metadata.name')).toBe('liar')
  })
})

describe('rights', () => {
  it.each([
    ['default.yaml', ['look-ups', 'customResources', 'events'], []],
    ['existing-secret.yaml', ['look-ups'], []],
    ['self-managed.yaml', ['look-ups', 'customResources', 'events', 'selfManaged'], ['selfManaged']],
  ] as const)('with %s are those that somebody needs', async (file, inCluster, inNamespace) => {
    const objects = objectsOf(await rendered(`--values=${join(chartFolder, 'ci', file)}`))
    expect(rights(objects, 'ClusterRole')).toEqual(neededBy(clusterRights, ...inCluster))
    expect(rights(objects, 'Role')).toEqual(neededBy(namespaceRights, ...inNamespace))
  })

  const account = `system:serviceaccount:${namespace}:holdfast`
  const config = { customResources: true, events: true, policies: { 'pod-no-host-path': { action: 'deny' } } }

  async function serveWith(objects: readonly JsonObject[]) {
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
    await cluster.kubectl(['apply', '-f', '-'], { input })
    return startWebhook({ ...cluster, kubeconfig: await cluster.kubeconfigFor(account) }, { config })
  }

  it('are enough to be ready, to judge and to write Events', async () => {
    const webhook = await serveWith(ofKind(objectsOf(await rendered()), 'ClusterRole', 'ClusterRoleBinding'))
    try {
      await register(cluster, webhook)
      expect(await (await fetch(`${webhook.healthUrl}/readyz`)).json()).toEqual({ ready: true, reasons: [] })
      const hostPath = pod('nosy', podSpec([{ name: 'root', hostPath: { path: '/root' } }]))
      expect((await api.create(hostPath, dryRun)).code).toBe(403)
      expect((await api.create(hostPath)).code).toBe(403)
      const events = async (): Promise<string> => (await cluster.kubectl(['get', 'events', '-o', 'json'])).stdout
      const written = async (): Promise<boolean> => (await events()).includes('pod-no-host-path')
      await waitFor(written, { timeoutMs: 10_000, what: 'the Event' })
      expect(webhook.log()).not.toContain('is forbidden')
      expect(webhook.log()).not.toContain('RBAC forbids')
    } finally {
      await unregister(cluster, webhook)
      await webhook.stop()
    }
  })

  it('that are missing are named', async () => {
    const [role] = ofKind(objectsOf(await rendered()), 'ClusterRole')
    const rules = asArray(role?.['rules']).filter((rule) => !JSON.stringify(rule).includes('storageclasses'))
    const webhook = await serveWith([{ ...role, rules }])
    try {
      const answer: unknown = await (await fetch(`${webhook.healthUrl}/readyz`)).json()
      const reasons = expect.arrayContaining(['StorageClass: RBAC forbids to list or watch it'])
      expect(answer).toMatchObject({ reasons })
    } finally {
      await webhook.stop()
      await cluster.kubectl(['delete', 'clusterrole,clusterrolebinding', 'holdfast'])
    }
  })
})

describe('a release', () => {
  async function everything(): Promise<readonly string[]> {
    const { stdout } = await cluster.kubectl(['api-resources', '--verbs=list', '-o', 'name'])
    const kinds = stdout
      .split('\n')
      .filter((kind) => kind !== '' && !kind.startsWith('events') && !kind.startsWith('leases'))
    const format = 'custom-columns=K:.kind,S:.metadata.namespace,N:.metadata.name'
    const listed = await cluster.kubectl(['get', kinds.join(','), '--all-namespaces', '--no-headers', '-o', format])
    return listed.stdout.split('\n').sort()
  }

  it('is installed, upgraded, rolled back and uninstalled, and leaves nothing behind', async () => {
    const env = { KUBECONFIG: cluster.kubeconfig }
    const run = (...args: readonly string[]) => helm([...args, `--namespace=${namespace}`], { env })
    const profile = async (): Promise<string> => {
      const { stdout } = await cluster.kubectl(['get', 'configmap', 'holdfast', '-n', namespace, '-o', 'json'])
      return textAt(JSON.parse(textAt(JSON.parse(stdout), 'data', 'holdfast.json')), 'profile')
    }
    const before = await everything()
    await run('install', 'holdfast', chartFolder, '--no-hooks', '--set=certificates.mode=selfManaged')
    expect(await profile()).toBe('observe')
    await cluster.kubectl([
      'patch',
      'secret',
      'holdfast-tls',
      '-n',
      namespace,
      '-p',
      '{"stringData":{"tls.crt":"kept"}}',
    ])
    const set = ['--set=certificates.mode=selfManaged', '--set=profile=baseline']
    await run('upgrade', 'holdfast', chartFolder, '--no-hooks', ...set)
    expect(await profile()).toBe('baseline')
    const secret = await cluster.kubectl(['get', 'secret', 'holdfast-tls', '-n', namespace, '-o', 'json'])
    expect(textAt(JSON.parse(secret.stdout), 'data', 'tls.crt')).toBe(Buffer.from('kept').toString('base64'))
    await run('rollback', 'holdfast', '1', '--no-hooks')
    expect(await profile()).toBe('observe')
    await run('uninstall', 'holdfast', '--no-hooks')
    expect(await everything()).toEqual(before)
  })
})

describe('plain manifests', () => {
  it('are what the chart is rendered to (node test/generate-manifests.ts)', async () => {
    for (const [file, text] of Object.entries(await plainManifests())) {
      expect(readFileSync(join(chartFolder, '../..', file), 'utf8')).toBe(text)
    }
    const base = join(chartFolder, '../../deploy/kustomize/base')
    const built = objectsOf((await cluster.kubectl(['kustomize', base])).stdout)
    expect(ofKind(built, 'Namespace', 'Deployment', 'CustomResourceDefinition')).toHaveLength(5)
  })
})
