import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import { dryRun } from './api.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { configMap, pod, podSpec, storageClass } from './objects.ts'
import { useSession } from './session.ts'

// A policy of the operator's own, whose words and values are the worst that a header can be asked to carry.
const umlauts = {
  apiVersion: 'policy.holdfast.dev/v1alpha1',
  kind: 'StoragePolicy',
  metadata: { name: 'speicher-grenze' },
  spec: {
    title: 'Größe',
    why: 'Zu große Abbilder — sie füllen den Speicher.',
    severity: 'low',
    action: { baseline: 'warn', strict: 'warn' },
    match: { kinds: ['ConfigMap'] },
    rules: [
      {
        name: 'note',
        when: "has(object.metadata.annotations) && 'note' in object.metadata.annotations",
        assert: { cel: "object.metadata.annotations['note'] == ''" },
        path: '/metadata/annotations/note',
        message: 'größer — „{{actual}}“ 日本 🚀',
        remedy: 'löschen\nSie {{field}}',
      },
    ],
  },
}
const folder = mkdtempSync(join(tmpdir(), 'holdfast-policies-'))
mkdirSync(join(folder, 'speicher-grenze'))
writeFileSync(join(folder, 'speicher-grenze/policy.json'), JSON.stringify(umlauts))
afterAll(() => rmSync(folder, { recursive: true }))

const config = { policies: { 'pod-no-host-path': { action: 'warn' } } }
const session = useSession({ config, flags: ['--policies', folder] })

const reloadWithinMs = 15_000
const password = configMap('password', { DATABASE_URL: ['postgres://app:tr0ub4dor', '@db.example.com/app'].join('') })

async function configure(document: unknown): Promise<void> {
  await writeFile(
    session().webhook.configFile ?? '',
    typeof document === 'string' ? document : JSON.stringify(document),
  )
}

function logged(message: string): readonly Record<string, unknown>[] {
  const lines = session().webhook.log().split('\n')
  return lines.filter((line) => line.includes(`"message":"${message}"`)).map((line) => JSON.parse(line))
}

/** Tries an object until it is answered like that. */
function answered(object: JsonObject, code: number) {
  return waitFor(
    async () => {
      const answer = await session().api.create(object, dryRun)
      return answer.code === code && answer
    },
    { timeoutMs: reloadWithinMs, what: `the new configuration to answer ${code}` },
  )
}

describe('a warning that a header cannot carry as it is', () => {
  it('reaches kubectl, as one line, when words and value are not ASCII and have several lines', async () => {
    const { cluster } = session()
    const object = configMap('note', {}, { annotations: { note: 'eins\nzwei\tdrei\r\n"vier"\\ ü \u2028 \u202Eende' } })
    const { stderr } = await cluster.kubectl(['create', '-f', '-'], { input: JSON.stringify(object) })
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        /^Warning: ConfigMap default\/note: größer — „.*eins.*zwei.*drei.*vier.*ende.*“ 日本 🚀\. \[speicher-grenze\] Fix: löschen Sie metadata\.annotations\.note\.$/u,
      ),
    ])
  })

  it('reaches the client, as one line, when a path on the node has a line break and an umlaut', async () => {
    const object = pod('odd', podSpec([{ name: 'odd', hostPath: { path: '/data/ü\nnew' } }]))
    const { code, warnings } = await session().api.create(object, dryRun)
    expect({ code, warnings }).toEqual({
      code: 201,
      warnings: [
        expect.stringMatching(
          /^Pod default\/odd: spec\.volumes\[0\]\.hostPath\.path is "\/data\/ü.*new"; .*\[pod-no-host-path\]/,
        ),
      ],
    })
  })

  it('reaches the client when there are more of them than fit', async () => {
    const volumes = Array.from({ length: 40 }, (_, index) => ({
      name: `v${index}`,
      hostPath: { path: `/${'ü'.repeat(150)}/${index}` },
    }))
    const { code, warnings } = await session().api.create(pod('many', podSpec(volumes)), dryRun)
    expect(code).toBe(201)
    expect(warnings.at(-1)).toMatch(/^\d+ more warnings do not fit into this answer$/)
    expect(warnings.length - 1 + Number.parseInt(warnings.at(-1) ?? '', 10)).toBe(40)
    expect(warnings.every((warning) => warning.length <= 256)).toBe(true)
  })
})

describe('holdfast.json', () => {
  it('that becomes invalid is refused by file and pointer; the last good one stays in force', async () => {
    const { webhook } = session()
    await configure({ policies: { 'configmap-no-secrets': { action: 'refuse' } } })
    const [problem] = await waitFor(
      () => {
        const found = logged('policies not reloaded; those in force stay')
        return found.length > 0 && found
      },
      { timeoutMs: reloadWithinMs, what: 'the refusal to be logged' },
    )
    expect(problem).toMatchObject({
      level: 'error',
      file: 'holdfast.json',
      path: '/policies/configmap-no-secrets/action',
      problem: 'is "refuse"; allowed are "deny", "fix", "warn", "audit", "off"',
    })
    expect((await answered(password, 403)).body['reason']).toBe('Forbidden')
    expect((await fetch(`${webhook.healthUrl}/readyz`)).status).toBe(200)

    await configure('{ "policies": ')
    await waitFor(() => logged('policies not reloaded; those in force stay').length > 1, {
      timeoutMs: reloadWithinMs,
      what: 'the second refusal to be logged',
    })
    await answered(password, 403)
  })

  it('that is mended takes effect by itself: profile observe admits in silence, and changes nothing', async () => {
    const { api, webhook } = session()
    await configure({ profile: 'observe' })
    expect((await answered(password, 201)).warnings).toEqual([])
    const { body, warnings } = await api.create(storageClass('slow'))
    expect({ mode: body['volumeBindingMode'], warnings }).toEqual({ mode: 'Immediate', warnings: [] })
    const metrics = await (await fetch(`${webhook.healthUrl}/metrics`)).text()
    expect(metrics).toMatch(
      /^holdfast_policy_decisions_total\{policy="configmap-no-secrets",action="audit",effect="none",[^}]*\} [1-9]/m,
    )
  })

  it('can refuse more than before: profile strict', async () => {
    await configure({ profile: 'strict' })
    await answered(password, 403)
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'lost', namespace: 'default' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
        storageClassName: 'nowhere',
      },
    }
    const { body } = await answered(claim, 403)
    expect(body['message']).toContain('[claim-storage-class]')
  })

  it('can exempt a namespace', async () => {
    await configure({ exemptNamespaces: ['def*'] })
    expect((await answered(password, 201)).warnings).toEqual([])
  })
})
