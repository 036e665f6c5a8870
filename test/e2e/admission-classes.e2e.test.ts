import { describe, expect, it } from 'vitest'
import { at, type JsonObject } from '../../src/kubernetes/json.ts'
import { dryRun } from './api.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { claim, storageClass } from './objects.ts'
import { useSession } from './session.ts'
import { waysToApply } from './ways-to-apply.ts'

const session = useSession({
  async before({ api }) {
    for (const name of ['old', 'old-too']) await api.create(storageClass(name))
  },
})

const policy = '[storageclass-wait-for-first-consumer]'
const fixed = (name: string): string =>
  `StorageClass ${name}: set volumeBindingMode to "WaitForFirstConsumer" (was "Immediate"). ${policy}`

function kubectl(args: readonly string[], object: JsonObject) {
  return session().cluster.kubectl([...args, '-f', '-'], { input: JSON.stringify(object) })
}

async function stored(object: JsonObject) {
  const { body } = await session().api.get(object)
  return { mode: body['volumeBindingMode'], version: at(body, 'metadata', 'resourceVersion') }
}

describe('a StorageClass with Immediate binding', () => {
  it.each(waysToApply)(
    'is stored as WaitForFirstConsumer, with one warning, and the same again changes nothing: $client',
    async ({ client, args, first, again, diff }) => {
      const name = `fast-${client}`
      const object = storageClass(name)
      const said = { stderr: `Warning: ${fixed(name)}\n`, code: 0 }
      expect(await kubectl(args, object)).toEqual({ ...said, stdout: `storageclass.storage.k8s.io/${name} ${first}\n` })
      const before = await stored(object)
      expect(before.mode).toBe('WaitForFirstConsumer')

      expect(await kubectl(args, object)).toEqual({ ...said, stdout: `storageclass.storage.k8s.io/${name} ${again}\n` })
      expect(await stored(object)).toEqual(before)
      expect(await kubectl(diff, object)).toEqual({ ...said, stdout: '' })
    },
  )

  it('is patched where the manifest leaves the mode to the API server', async () => {
    const object = storageClass('plain', { volumeBindingMode: undefined })
    expect((await session().api.create(object)).warnings).toEqual([fixed('plain')])
    expect((await stored(object)).mode).toBe('WaitForFirstConsumer')
  })

  it('that is older than the policy can be updated: it is warned about, neither patched nor refused', async () => {
    const { code, warnings } = await session().api.merge(storageClass('old'), { metadata: { labels: { team: 'a' } } })
    expect(code).toBe(200)
    expect(warnings).toEqual([
      expect.stringMatching(/^StorageClass old: volumeBindingMode is "Immediate"; .* \(it was so before this update\)/),
    ])
    expect((await stored(storageClass('old'))).mode).toBe('Immediate')
  })

  it('that is older than the policy can be applied again, server-side too', async () => {
    const object = storageClass('old-too')
    const { stdout } = await kubectl(['apply', '--server-side', '--force-conflicts'], object)
    expect(stdout).toBe('storageclass.storage.k8s.io/old-too serverside-applied\n')
    expect((await stored(object)).mode).toBe('Immediate')
  })
})

describe('the inventory', () => {
  it('knows a class within a second of its creation', async () => {
    const { api } = session()
    await api.create(storageClass('late', { volumeBindingMode: 'WaitForFirstConsumer' }))
    const created = performance.now()
    const shared = claim('shared', { storageClassName: 'late', accessModes: ['ReadWriteMany'] })
    await waitFor(async () => (await api.create(shared, dryRun)).code === 403, {
      timeoutMs: 5000,
      what: 'the claim policies to know the class',
      intervalMs: 20,
    })
    expect(performance.now() - created).toBeLessThan(1000)
  })

  it('forgets a class that is deleted', async () => {
    const { api } = session()
    const gone = storageClass('gone', { volumeBindingMode: 'WaitForFirstConsumer' })
    const warningsOf = async () => (await api.create(claim('c', { storageClassName: 'gone' }), dryRun)).warnings
    expect(await warningsOf()).toEqual([expect.stringContaining('"gone"')])
    await api.create(gone)
    await waitFor(async () => (await warningsOf()).length === 0, { timeoutMs: 5000, what: 'the class to be known' })
    await api.delete(gone)
    await waitFor(async () => (await warningsOf()).length === 1, { timeoutMs: 5000, what: 'the class to be forgotten' })
  })

  it('tells of a second default class', async () => {
    const { api } = session()
    const marked = (name: string) =>
      storageClass(
        name,
        { volumeBindingMode: 'WaitForFirstConsumer' },
        { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      )
    expect((await api.create(marked('standard'))).warnings).toEqual([])
    const second = await waitFor(
      async () => {
        const answer = await api.create(marked('second'), dryRun)
        return answer.warnings.length > 0 && answer
      },
      { timeoutMs: 5000, what: 'the first default class to be known' },
    )
    expect(second.code).toBe(201)
    expect(second.warnings).toEqual([
      expect.stringMatching(/^StorageClass second: .*"standard".*\[storageclass-single-default\]/),
    ])
  })
})
