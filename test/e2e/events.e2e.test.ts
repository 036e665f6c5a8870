import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asArray, at, type JsonObject, type JsonValue } from '../../src/kubernetes/json.ts'
import { textAt } from './api.ts'
import { runCommand } from './controlplane/command.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { installGitOpsOwners } from './crds/gitops-owners.ts'
import { configMap, pod, podSpec, storageClass } from './objects.ts'
import { useSession } from './session.ts'
import { register, type RunningWebhook, startWebhook, unregister } from './webhook.ts'

const kustomization = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' }
const fluxLabels = (group: string, name: string): JsonObject => ({
  [`${group}.toolkit.fluxcd.io/name`]: name,
  [`${group}.toolkit.fluxcd.io/namespace`]: 'flux-system',
})
const owned = (kind: object, namespace: string, name: string): JsonObject => ({
  ...kind,
  metadata: { namespace, name },
})

const session = useSession({
  flags: ['--events'],
  async before({ cluster }) {
    await installGitOpsOwners(cluster)
    const namespaces = ['flux-system', 'gitops'].map((name) => owned({ apiVersion: 'v1', kind: 'Namespace' }, '', name))
    const items = [
      ...namespaces,
      owned(kustomization, 'flux-system', 'apps'),
      // The one that flux-apply says it is.
      owned(kustomization, 'flux-system', 'holdfast-e2e'),
      owned({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' }, 'flux-system', 'shop'),
      owned({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' }, 'gitops', 'shop'),
    ]
    await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) })
  },
})

// Put together here, so that no scanner of this repository takes it for real.
const password = ['S3cr3t', 'Pa55w0rd'].join('-')
const leaky = (name: string, metadata: JsonObject = {}): JsonObject =>
  configMap(name, { url: `postgres://app:${password}@db.example.com/app` }, metadata)

/** Applies an object with kubectl; what it says of the refusal, without what comes before the webhook's own words. */
async function refusal(object: JsonObject, ...args: readonly string[]): Promise<string> {
  const input = JSON.stringify(object)
  const { stderr } = await session().cluster.kubectl(['apply', '-f', '-', ...args], { input, expectFailure: true })
  return wordsOf(stderr)
}

function wordsOf(stderr: string): string {
  return stderr.split('denied the request: ')[1]?.trimEnd() ?? stderr
}

/** All Events of Holdfast whose text begins so, as soon as there are so many; about what they are is in their order. */
async function eventsOn(subject: string, count = 1): Promise<readonly JsonValue[]> {
  return waitFor(
    async () => {
      const found = await eventsAbout(subject)
      return found.length >= count && found
    },
    { timeoutMs: 20_000, what: `Events about ${subject}` },
  )
}

async function eventsAbout(subject: string): Promise<readonly JsonValue[]> {
  const { body } = await session().api.list({ apiVersion: 'v1', kind: 'Event' })
  return asArray(body['items']).filter((event) => textAt(event, 'message').startsWith(`${subject}: `))
}

const placeOf = (event: JsonValue): string =>
  ['kind', 'namespace', 'name'].map((key) => textAt(event, 'involvedObject', key)).join(' ')

const tracking = (object: string): JsonObject => ({
  annotations: { 'argocd.argoproj.io/tracking-id': `shop:/ConfigMap:default/${object}` },
})

describe('a denial', () => {
  it.each([
    ['Kustomization flux-system apps', 'of-flux', { labels: fluxLabels('kustomize', 'apps') }],
    ['HelmRelease flux-system shop', 'of-helm', { labels: fluxLabels('helm', 'shop') }],
    ['Application gitops shop', 'of-argo', tracking('of-argo')],
  ])('is an Event on the namespace and on %s, in the same words', async (owner, name, metadata) => {
    const words = await refusal(leaky(name, metadata))
    const [kind = '', namespace = '', owning = ''] = owner.split(' ')
    const told = kind === 'Application' ? owning : `${namespace}/${owning}`
    expect(words.split('\n')[1]).toBe(`  Applied by: ${kind} ${told}.`)
    const events = await eventsOn(`ConfigMap default/${name}`, 2)
    expect(events.map(placeOf).toSorted()).toEqual([owner, 'Namespace default default'].toSorted())
    for (const event of events) {
      expect(event).toMatchObject({ type: 'Warning', reason: 'PolicyDenied', message: words, count: 1 })
      expect(textAt(event, 'metadata', 'namespace')).toBe(textAt(event, 'involvedObject', 'namespace'))
    }
    expect(JSON.stringify(events)).not.toContain(password)
    // kubectl and Argo CD look for Events by uid.
    const { stdout } = await session().cluster.kubectl(['describe', kind.toLowerCase(), owning, '-n', namespace])
    expect(stdout).toMatch(/Warning +PolicyDenied +\S+ +holdfast/)
    expect(stdout).toContain(words.split('\n')[0])
  })

  it('says what Flux says, which only ever gets as far as a dry run', async () => {
    const words = await refusal(leaky('by-flux', { labels: fluxLabels('kustomize', 'holdfast-e2e') }))
    const { stderr } = await flux(leaky('by-flux'), true)
    expect(stderr).toContain('ConfigMap/default/by-flux dry-run failed (Forbidden): ')
    expect(wordsOf(stderr)).toBe(words)
    const events = await eventsOn('ConfigMap default/by-flux', 2)
    const event = events.find((one) => placeOf(one).startsWith('Kustomization'))
    expect(event).toMatchObject({ message: words, count: 1 })
  })

  it('of a dry run is no Event', async () => {
    await refusal(leaky('dry'), '--dry-run=server')
    await refusal(leaky('dry', { labels: fluxLabels('kustomize', 'apps') }), '--dry-run=server')
    // Written one after the other: when this one is there, those would be.
    await refusal(leaky('wet'))
    await eventsOn('ConfigMap default/wet')
    expect(await eventsAbout('ConfigMap default/dry')).toEqual([])
  })

  it('that comes again and again is one Event with a count', async () => {
    for (let index = 0; index < 4; index += 1) await refusal(leaky('again'))
    const counted = await waitFor(
      async () => {
        const events = await eventsAbout('ConfigMap default/again')
        return events.some((event) => at(event, 'count') === 4) && events
      },
      { timeoutMs: 30_000, what: 'the count' },
    )
    expect(counted).toHaveLength(1)
    const ours = ['get', 'events', '-n', 'default', '--field-selector', 'source=holdfast']
    const { stdout } = await session().cluster.kubectl(ours)
    expect(stdout).toContain('ConfigMap default/again: ')
  })

  it('of what a controller makes is an Event on the controller', async () => {
    const controller = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: 'u-1', controller: true }
    const web = pod('web-1-x', podSpec([{ name: 'host', hostPath: { path: '/etc' } }]), {
      ownerReferences: [controller],
    })
    expect((await session().api.create(web)).code).toBe(403)
    expect((await eventsOn('Pod default/web-1-x')).map(placeOf)).toEqual(['ReplicaSet default web-1'])
  })
})

describe('a repair', () => {
  it('of what is in no namespace is an Event about it, in default, and Flux gets one too', async () => {
    await flux(storageClass('zonal'), false)
    const events = await eventsOn('StorageClass zonal', 2)
    expect(events.map(placeOf).toSorted()).toEqual(['Kustomization flux-system holdfast-e2e', 'StorageClass  zonal'])
    for (const event of events) expect(event).toMatchObject({ type: 'Normal', reason: 'PolicyRepaired' })
    expect(
      textAt(
        events.find((event) => placeOf(event).startsWith('Storage')),
        'metadata',
        'namespace',
      ),
    ).toBe('default')
  })
})

describe('without the right to write Events', () => {
  it('requests are answered in time, what is dropped is counted, and a right is used once it is there', async () => {
    const { cluster, webhook } = session()
    const user = 'holdfast-reader'
    await grant(user, 'reader', [{ apiGroups: ['*'], resources: ['*'], verbs: ['list', 'watch'] }])
    const reader: RunningWebhook = await startWebhook(
      { ...cluster, kubeconfig: await cluster.kubeconfigFor(user) },
      { flags: ['--events'] },
    )
    try {
      await unregister(cluster, webhook)
      await register(cluster, reader)
      const started = performance.now()
      await refusal(leaky('unheard'))
      expect(performance.now() - started).toBeLessThan(2500)
      await waitFor(async () => (await dropped(reader)) > 0, { timeoutMs: 10_000, what: 'the drop to be counted' })
      expect(await eventsAbout('ConfigMap default/unheard')).toEqual([])
      expect(reader.log().match(/an Event could not be written/g)).toHaveLength(1)
      await grant(user, 'events', eventRules)
      await refusal(leaky('heard', tracking('heard')))
      expect((await eventsOn('ConfigMap default/heard', 2)).map(placeOf)).toContain('Application gitops shop')
      await refusal(leaky('heard-too', { labels: fluxLabels('helm', 'shop') }))
      await eventsOn('ConfigMap default/heard-too', 2)
    } finally {
      await reader.stop()
    }
  })
})

// What docs/guide/observe.md says is needed.
const eventRules: readonly JsonObject[] = [
  { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
  { apiGroups: ['argoproj.io'], resources: ['applications'], verbs: ['get', 'list'] },
  { apiGroups: ['kustomize.toolkit.fluxcd.io'], resources: ['kustomizations'], verbs: ['get'] },
  { apiGroups: ['helm.toolkit.fluxcd.io'], resources: ['helmreleases'], verbs: ['get'] },
]

async function grant(user: string, name: string, rules: readonly JsonObject[]): Promise<void> {
  const rbac = 'rbac.authorization.k8s.io'
  const items = [
    { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name }, rules },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
      subjects: [{ apiGroup: rbac, kind: 'User', name: user }],
    },
  ]
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
  await session().cluster.kubectl(['apply', '-f', '-'], { input })
}

async function dropped({ healthUrl }: RunningWebhook): Promise<number> {
  const text = await (await fetch(`${healthUrl}/metrics`)).text()
  return Number(/^holdfast_events_dropped_total\{reason="refused"\} (\d+)$/m.exec(text)?.[1] ?? 0)
}

/** Applies an object as kustomize-controller does. */
async function flux(object: JsonObject, expectFailure: boolean) {
  const { cluster } = session()
  const file = join(cluster.folder, 'flux.json')
  await writeFile(file, JSON.stringify(object))
  const env = { KUBECONFIG: cluster.kubeconfig }
  return runCommand(cluster.binaries.fluxApply, [file], { env, expectFailure, timeoutMs: 50_000 })
}
