import { describe, expect, it } from 'vitest'
import { asObject, at, type JsonObject } from '../../src/kubernetes/json.ts'
import { dryRun } from './api.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { claim, claimSpec, pod, podSpec, statefulSet, storageClass } from './objects.ts'
import { useSession } from './session.ts'
import { waysToApply } from './ways-to-apply.ts'

const session = useSession({
  controllers: ['statefulset-controller'],
  async before({ api }) {
    await api.create(storageClass('block', { volumeBindingMode: 'WaitForFirstConsumer' }))
  },
})

const confidential = { labels: { 'data-classification': 'confidential' } }

function kubectl(args: readonly string[], object: JsonObject) {
  return session().cluster.kubectl([...args, '-f', '-'], { input: JSON.stringify(object) })
}

/** The stored object, and apart from it the version, which grows with every write. */
async function stored(object: JsonObject) {
  const { body } = await session().api.get(object)
  const { resourceVersion, ...metadata } = asObject(body['metadata'])
  return { version: resourceVersion, object: { ...body, metadata } }
}

describe('a claim with sensitive data', () => {
  it.each(waysToApply)(
    'is stored for one pod only, and the same again changes nothing: $client',
    async ({ client, args, first, again, diff }) => {
      const name = `secret-${client}`
      const modes = ['ReadWriteOnce', 'ReadWriteMany']
      const object = claim(name, { storageClassName: 'block', accessModes: modes }, confidential)
      const warning =
        `PersistentVolumeClaim default/${name}: set spec.accessModes to ["ReadWriteOncePod"] ` +
        `(was ["ReadWriteOnce","ReadWriteMany"]). [claim-rwop-when-sensitive]`
      const said = { stderr: `Warning: ${warning}\n`, code: 0 }
      expect(await kubectl(args, object)).toEqual({ ...said, stdout: `persistentvolumeclaim/${name} ${first}\n` })
      const before = await stored(object)
      expect(at(before.object, 'spec', 'accessModes')).toEqual(['ReadWriteOncePod'])

      // At a claim's first update, patched or not, the API server writes it anew though nothing in it changes.
      expect(await kubectl(args, object)).toEqual({ ...said, stdout: `persistentvolumeclaim/${name} ${again}\n` })
      const settled = await stored(object)
      expect(settled.object).toEqual(before.object)
      expect(await kubectl(args, object)).toEqual({ ...said, stdout: `persistentvolumeclaim/${name} ${again}\n` })
      expect(await stored(object)).toEqual(settled)
      expect(await kubectl(diff, object)).toEqual({ ...said, stdout: '' })
    },
  )

  it('is patched when a controller makes it for a StatefulSet, whose template is warned about', async () => {
    const { api } = session()
    const template = { metadata: { name: 'data', ...confidential }, spec: claimSpec({ storageClassName: 'block' }) }
    const { code, warnings } = await api.create(statefulSet('vault', [template]))
    expect({ code, warnings }).toEqual({
      code: 201,
      warnings: [
        expect.stringMatching(/^StatefulSet default\/vault: spec\.volumeClaimTemplates\[0\]\.spec\.accessModes is /),
      ],
    })
    const made = claim('data-vault-0', {})
    const modes = await waitFor(async () => at((await stored(made)).object, 'spec', 'accessModes'), {
      timeoutMs: 20_000,
      what: 'the claim to be made',
    })
    expect(modes).toEqual(['ReadWriteOncePod'])
  })
})

describe('ReadWriteMany on a driver of block disks', () => {
  const shared = claimSpec({ storageClassName: 'block', accessModes: ['ReadWriteMany'] })

  it('is denied in the second claim template of a StatefulSet, with its path', async () => {
    const templates = [
      { metadata: { name: 'data' }, spec: claimSpec({ storageClassName: 'block' }) },
      { metadata: { name: 'shared' }, spec: shared },
    ]
    const { code, body } = await session().api.create(statefulSet('db', templates))
    expect(code).toBe(403)
    expect(body['message']).toMatch(
      /denied the request: StatefulSet default\/db: spec\.volumeClaimTemplates\[1\]\.spec\.accessModes\[0\] is "ReadWriteMany".* \[claim-access-mode-supported\]\n/,
    )
    expect(at(body, 'details', 'causes')).toEqual([
      {
        reason: 'claim-access-mode-supported',
        field: 'spec.volumeClaimTemplates[1].spec.accessModes[0]',
        message: expect.stringContaining('StatefulSet default/db: '),
      },
    ])
  })

  it('is denied in a generic ephemeral volume of a pod, with its path', async () => {
    const volumes = [
      { name: 'tmp', emptyDir: {} },
      { name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: shared } } },
    ]
    const { code, body } = await session().api.create(pod('worker', podSpec(volumes)), dryRun)
    expect(code).toBe(403)
    expect(at(body, 'details', 'causes')).toMatchObject([
      { field: 'spec.volumes[1].ephemeral.volumeClaimTemplate.spec.accessModes[0]' },
    ])
  })

  it('is denied in a claim whose class is that of the beta annotation, not that of its spec', async () => {
    const { api } = session()
    const annotations = { 'volume.beta.kubernetes.io/storage-class': 'block' }
    const { code, body } = await api.create(claim('c', { accessModes: ['ReadWriteMany'] }, { annotations }), dryRun)
    expect(code).toBe(403)
    expect(at(body, 'details', 'causes')).toMatchObject([{ field: 'spec.accessModes[0]' }])
  })
})
