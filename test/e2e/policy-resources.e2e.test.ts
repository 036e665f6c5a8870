import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, type JsonObject } from '../../src/kubernetes/json.ts'
import { type Api, connect, dryRun } from './api.ts'
import { type ControlPlane, startControlPlane } from './controlplane/start.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { configMap } from './objects.ts'
import { accepted, exceptionIn, statusWrites, stored, teamPolicy } from './policy-objects.ts'
import { bindRole } from './reader.ts'
import { register, type RunningWebhook, startWebhook, type TlsFiles, unregister, writeTlsFiles } from './webhook.ts'

const crds = fileURLToPath(new URL('../../charts/holdfast/crds', import.meta.url))
const role = fileURLToPath(new URL('../../docs/guide/cluster-role.yaml', import.meta.url))
const user = 'holdfast'

const config = { policies: { 'configmap-no-secrets': { action: 'off' } }, customResources: true }

let cluster: ControlPlane
let api: Api
let webhook: RunningWebhook
let tls: TlsFiles

/** The cluster as a user sees it who has nothing but the role of the guide. */
async function asHoldfast(): Promise<ControlPlane> {
  return { ...cluster, kubeconfig: await cluster.kubeconfigFor(user) }
}

async function serve(): Promise<void> {
  webhook = await startWebhook(await asHoldfast(), { config, tls })
  await register(cluster, webhook)
}

beforeAll(async () => {
  cluster = await startControlPlane()
  api = await connect(cluster)
  tls = await writeTlsFiles(cluster.folder)
  await cluster.kubectl(['apply', `--filename=${role}`])
  await bindRole(cluster, 'holdfast', user)
  await cluster.kubectl(['apply', `--filename=${crds}`])
  await cluster.kubectl(['wait', '--for=condition=Established', 'crd', '--all'])
  for (const namespace of ['shop', 'bank']) await cluster.kubectl(['create', 'namespace', namespace])
  await serve()
})
afterAll(async () => {
  api?.close()
  await webhook?.stop()
  await cluster?.stop()
})

const unusable = teamPolicy('team', { variables: [{ name: 'a', expression: 'object.' }] })

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

const apply = (object: JsonObject, more: readonly string[] = []) =>
  cluster.kubectl(['apply', '-f', '-', ...more], { input: JSON.stringify(object) })

const remove = (object: JsonObject) => cluster.kubectl(['delete', '-f', '-'], { input: JSON.stringify(object) })

/** What kubectl says of an object that is refused. */
async function refusal(object: JsonObject): Promise<string> {
  return apply(object).then(
    () => 'applied',
    (error: unknown) => (error instanceof Error ? error.message : ''),
  )
}

const judged = (data: JsonObject, namespace = 'shop') => configMap('judged', data, { namespace })

async function answer(data: JsonObject, namespace?: string): Promise<number> {
  return (await api.create(judged(data, namespace), dryRun)).code
}

/** How many milliseconds it takes until a ConfigMap is answered like that. */
async function millisecondsUntil(code: number, data: JsonObject, namespace?: string): Promise<number> {
  const began = performance.now()
  await waitFor(async () => (await answer(data, namespace)) === code, {
    timeoutMs: 5000,
    what: `a ConfigMap in ${namespace ?? 'shop'} to be answered with ${code}`,
    intervalMs: 10,
  })
  return performance.now() - began
}

const metric = async (metricName: string): Promise<number> => {
  const text = await (await fetch(`${webhook.healthUrl}/metrics`)).text()
  return Number(new RegExp(`^${metricName} (\\d+)$`, 'm').exec(text)?.[1])
}

describe('a StoragePolicy', () => {
  it('with a mistake is refused as it is applied, with the pointer to it', async () => {
    const text = await refusal(unusable)
    expect(text).toContain('admission webhook "policies.validate.holdfast.dev" denied the request: ')
    expect(text).toContain('StoragePolicy team-named: /spec/variables/0/expression ')
    expect(await refusal(teamPolicy('team', { severity: 'huge' }))).toContain(
      'spec.severity: Unsupported value: "huge"',
    )
    const taken = { ...teamPolicy('team'), metadata: { name: 'pod-no-host-path' } }
    expect(await refusal(taken)).toContain(
      '/metadata/name is "pod-no-host-path", which a policy of the files is called',
    )
    expect(await answer({})).toBe(201)
  })

  it('is in force, changed and gone within a second, and says so', async () => {
    const times: number[] = []
    await apply(teamPolicy('team'))
    times.push(await millisecondsUntil(403, {}))
    expect((await api.create(judged({}), dryRun)).body['message']).toContain('[team-named]')
    expect(await answer({ team: 'a' })).toBe(201)
    expect(await accepted(cluster, teamPolicy('team'))).toMatchObject({
      type: 'Accepted',
      status: 'True',
      reason: 'InForce',
    })
    const { stdout } = await cluster.kubectl(['get', 'storagepolicies'])
    expect(stdout).toMatch(
      /NAME +BASELINE +STRICT +SEVERITY +ACCEPTED +REASON +AGE\nteam-named +deny +deny +low +True +InForce/,
    )
    await apply(teamPolicy('owner'))
    times.push(await millisecondsUntil(403, { team: 'a' }))
    expect(await answer({ owner: 'a' })).toBe(201)
    await remove(teamPolicy('owner'))
    times.push(await millisecondsUntil(201, {}))
    expect(Math.max(...times)).toBeLessThan(1000)
  })

  it('is applied again without a change, and its status is written once', async () => {
    await apply(teamPolicy('team'))
    const first = (await accepted(cluster, teamPolicy('team'))) && (await stored(cluster, teamPolicy('team')))
    await apply(teamPolicy('team'), ['--server-side', '--force-conflicts'])
    await sleep(1500)
    const second = await stored(cluster, teamPolicy('team'))
    expect(at(second, 'status')).toEqual(at(first, 'status'))
    const writes = await statusWrites(cluster)
    await sleep(1000)
    expect(await statusWrites(cluster)).toBe(writes)
  })

  it('has its status written by two replicas without end to neither', async () => {
    const second = await startWebhook(await asHoldfast(), { config, tls })
    try {
      const before = await statusWrites(cluster)
      await apply(teamPolicy('owner'))
      expect(await accepted(cluster, teamPolicy('owner'))).toMatchObject({ status: 'True' })
      await sleep(1500)
      const writes = (await statusWrites(cluster)) - before
      expect([1, 2]).toContain(writes)
      await sleep(1500)
      expect((await statusWrites(cluster)) - before).toBe(writes)
      await apply(teamPolicy('team'))
      expect(await accepted(cluster, teamPolicy('team'))).toMatchObject({ status: 'True' })
    } finally {
      await second.stop()
    }
  })

  it('stays in force over a restart', async () => {
    await webhook.stop()
    await serve()
    expect(await answer({})).toBe(403)
    expect(await accepted(cluster, teamPolicy('team'))).toMatchObject({ status: 'True' })
  })

  it('that is wrong and came while nobody looked is left out, says why, and the rest works', async () => {
    const other = { ...unusable, metadata: { name: 'never-read' } }
    const before = await metric('holdfast_policies_refused_total')
    await unregister(cluster, webhook)
    await apply(other)
    await register(cluster, webhook)
    expect(await accepted(cluster, other)).toMatchObject({
      status: 'False',
      reason: 'Invalid',
      message: expect.stringMatching('^/spec/variables/0/expression '),
    })
    expect(await answer({})).toBe(403)
    expect(await metric('holdfast_policies_refused_total')).toBe(before + 1)
    await remove(other)
  })

  it('that becomes wrong while nobody looks stays as it was', async () => {
    await unregister(cluster, webhook)
    await apply(unusable)
    await register(cluster, webhook)
    expect(await accepted(cluster, unusable)).toMatchObject({ status: 'False', reason: 'Invalid' })
    expect(await answer({})).toBe(403)
    await apply(teamPolicy('team'))
    expect(await accepted(cluster, teamPolicy('team'))).toMatchObject({ status: 'True', reason: 'InForce' })
  })
})

describe('a StoragePolicyException', () => {
  it('covers its own namespace and no other, whatever it says', async () => {
    const exception = exceptionIn('shop', day(1))
    await apply(exception)
    expect(await millisecondsUntil(201, {})).toBeLessThan(1000)
    expect(await answer({}, 'bank')).toBe(403)
    expect(await accepted(cluster, exception)).toMatchObject({
      status: 'True',
      message: expect.stringContaining(day(1)),
    })
    await remove(exception)
    expect(await millisecondsUntil(403, {})).toBeLessThan(1000)
  })

  it('covers all namespaces where it is one of the cluster', async () => {
    await apply(exceptionIn(undefined, day(0)))
    expect(await millisecondsUntil(201, {}, 'bank')).toBeLessThan(1000)
    expect(await answer({})).toBe(201)
    await remove(exceptionIn(undefined, day(0)))
    expect(await millisecondsUntil(403, {}, 'bank')).toBeLessThan(1000)
  })

  it('is refused after its day, and warns of a policy that is not there', async () => {
    expect(await refusal(exceptionIn('shop', day(-1)))).toContain('/spec/expires is "')
    expect(await refusal(exceptionIn('shop', '2027-02-30'))).toContain('which is no day of the calendar')
    const { stderr } = await apply(exceptionIn('shop', day(1), { policy: 'team-name' }))
    expect(stderr).toContain('Warning: StoragePolicyException shop/legacy: /spec/policy names the policy "team-name"')
    await remove(exceptionIn('shop', day(1)))
  })

  it('that has ended covers nothing, and says so', async () => {
    const ended = exceptionIn('shop', day(-1))
    await unregister(cluster, webhook)
    await apply(ended)
    await register(cluster, webhook)
    expect(await accepted(cluster, ended)).toMatchObject({ status: 'False', reason: 'Expired' })
    expect(await answer({})).toBe(403)
    await remove(ended)
  })
})

describe('the API server', () => {
  it('may restart: what was in force stays, and changes are seen again', async () => {
    await cluster.stopApiServer()
    await cluster.startApiServer()
    expect(await answer({})).toBe(403)
    await remove(teamPolicy('team'))
    await waitFor(async () => (await answer({})) === 201, { timeoutMs: 31_000, what: 'the deletion to be seen' })
  })

  it('may lose the kinds: then there are policies of files only', async () => {
    await cluster.kubectl(['delete', `--filename=${crds}`])
    expect((await fetch(`${webhook.healthUrl}/readyz`)).ok).toBe(true)
    expect(await answer({})).toBe(201)
  })
})
