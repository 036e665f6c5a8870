import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readExamples } from '../../src/cli/example-files.ts'
import type { Example } from '../../src/examples/example.ts'
import { exampleRequest } from '../../src/examples/run.ts'
import { labelsOf, referenceOf } from '../../src/kubernetes/object.ts'
import { builtInPolicies, policyFiles, readPolicy } from '../../src/load.ts'
import { connect } from './api.ts'
import { type ControlPlane, startControlPlane } from './controlplane/start.ts'
import { waitFor } from './controlplane/wait-for.ts'
import { installSnapshotKinds } from './crds/snapshots.ts'
import { clear, isJudgedInClusters, prepare, type Users } from './example-trial.ts'
import { register, type RunningWebhook, startWebhook } from './webhook.ts'

/** One denied example of each policy that a cluster can have: of those that state nothing special the first. */
const chosen = policyFiles(builtInPolicies).flatMap((file) => {
  const candidates = readExamples(file, readPolicy(file)).filter(
    (example) => example.side === 'denied' && isJudgedInClusters(example) && expectsMore(example),
  )
  const plain = candidates.find(({ oldObject, expected }) => oldObject === undefined && expected?.user === undefined)
  return plain ?? candidates.find(({ oldObject }) => oldObject !== undefined) ?? []
})

/** Whether the example stays a violation under action `deny`: not what was there before, and not a mere advice. */
function expectsMore({ policy, object, expected }: Example): boolean {
  const findings = expected?.findings ?? []
  if (policy === 'claim-delete-guard') return findings.some(({ rule }) => rule === 'critical')
  // An API server cannot tell what a manifest said, unless a GitOps tool has left its mark.
  if (policy === 'secret-not-from-git') return Object.keys(labelsOf(object)).length > 0
  return findings.some(({ note }) => note?.startsWith('it was so') !== true)
}

/** The others keep what they do by default, so that little else stands in the denial. */
function configFor({ policy, expected }: Example): object {
  return { policies: { [policy]: { parameters: expected?.settings?.parameters ?? {}, action: 'deny' } } }
}

let cluster: ControlPlane
let users: Users
let webhook: RunningWebhook
beforeAll(async () => {
  cluster = await startControlPlane()
  const trusted = await connect(cluster, await cluster.kubeconfigFor('setup', ['system:masters']))
  users = { trusted, judged: new Map() }
  await installSnapshotKinds(cluster)
  const objects = chosen.flatMap(({ object, context }) => [object, ...context])
  for (const namespace of new Set(objects.map((object) => referenceOf(object).namespace))) {
    if (namespace !== '') await trusted.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  }
  webhook = await startWebhook(cluster, { config: {} })
  await register(cluster, webhook, { exceptUser: 'setup' })
})
afterAll(async () => {
  users?.trusted.close()
  await webhook?.stop()
  await cluster?.stop()
})

describe('kubectl', () => {
  it('meets every policy but those that only manifests and files given beside them can break', () => {
    const missing = policyFiles(builtInPolicies)
      .map((file) => readPolicy(file).document.metadata.name)
      .filter((name) => !chosen.some(({ policy }) => policy === name))
    expect(missing).toEqual(['manifest-valid', 'pod-mount-needed-keys'])
  })

  it.each(chosen)('is refused by $policy: $name', async (example) => {
    const { operation, oldObject } = exampleRequest(example)
    const isDelete = operation === 'DELETE'
    const input = JSON.stringify(isDelete ? oldObject : example.object)
    const command = isDelete ? ['delete', '--wait=false'] : [oldObject === undefined ? 'create' : 'replace']
    try {
      await writeFile(webhook.configFile ?? '', JSON.stringify(configFor(example)))
      await prepare(users, example)
      // Until the webhook has heard of its new configuration, and of what look-ups find.
      const refusal = async (): Promise<string> => {
        const { stderr } = await cluster.kubectl([...command, '--dry-run=server', '-f', '-'], {
          input,
          expectFailure: true,
        })
        if (stderr.includes(`[${example.policy}]`)) return stderr
        throw new Error(stderr)
      }
      const stderr = await waitFor(refusal, { timeoutMs: 15_000, what: `a refusal by ${example.policy}` })
      expect(stderr).toContain('Error from server (Forbidden)')
      expect(stderr).not.toMatch(/is immutable|immutable field/)
    } finally {
      await clear(users, example)
    }
  })
})
