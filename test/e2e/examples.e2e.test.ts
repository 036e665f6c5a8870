import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeRequest } from '../../src/admission/encode-request.ts'
import type { AdmissionRequest } from '../../src/admission/request.ts'
import { readExamples } from '../../src/cli/example-files.ts'
import { type Example, sides } from '../../src/examples/example.ts'
import { exampleFingerprintKey } from '../../src/examples/run.ts'
import { type JsonObject } from '../../src/kubernetes/json.ts'
import { referenceOf } from '../../src/kubernetes/object.ts'
import { fieldPath } from '../../src/kubernetes/pointer.ts'
import { builtInPolicies, load, policyFiles, readPolicy } from '../../src/load.ts'
import type { PolicySet } from '../../src/policy/compiled.ts'
import { type Api, connect } from './api.ts'
import { runCommand } from './controlplane/command.ts'
import { type ControlPlane, startControlPlane } from './controlplane/start.ts'
import { installSnapshotKinds } from './crds/snapshots.ts'
import { clear, isForClusters, prepare, readInventory, requestOf, type Users } from './example-trial.ts'
import {
  admittedRequest,
  differencesOfCheck,
  liveOutcome,
  offlineOutcome,
  type Outcome,
  placesOf,
  reviewedOutcome,
  runHoldfast,
  storedAfterFix,
  verdictOf,
} from './outcome.ts'
import { register, type RunningWebhook, startWebhook } from './webhook.ts'

/** Examples that can be tried on one webhook: of each policy, those with the same settings. */
interface Round {
  readonly number: number
  readonly policies: Record<string, JsonObject>
  readonly examples: Example[]
}

const examples = policyFiles(builtInPolicies)
  .flatMap((file) => readExamples(file, readPolicy(file)))
  .filter(isForClusters)

function roundsOf(all: readonly Example[]): readonly Round[] {
  const rounds: Round[] = [{ number: 1, policies: {}, examples: [] }]
  for (const example of all) {
    const settings: JsonObject = JSON.parse(JSON.stringify(example.expected?.settings ?? {}))
    const isDefault = Object.keys(settings).length === 0
    let round = isDefault
      ? rounds[0]
      : rounds.slice(1).find(({ policies }) => isDeepStrictEqual(policies[example.policy] ?? settings, settings))
    if (round === undefined) rounds.push((round = { number: rounds.length + 1, policies: {}, examples: [] }))
    if (!isDefault) round.policies[example.policy] = settings
    round.examples.push(example)
  }
  return rounds
}

let cluster: ControlPlane
let users: Users
beforeAll(async () => {
  cluster = await startControlPlane()
  const trusted = await connect(cluster, await cluster.kubeconfigFor('setup', ['system:masters']))
  const judged = new Map<string, Api>()
  for (const user of new Set(examples.map(({ expected }) => expected?.user ?? ''))) {
    const kubeconfig = user === '' ? undefined : await cluster.kubeconfigFor(user, ['system:masters'])
    judged.set(user, await connect(cluster, kubeconfig))
  }
  users = { trusted, judged }
  await installSnapshotKinds(cluster)
  const namespaces = examples.flatMap((example) => [
    requestOf(example).namespace,
    ...example.context.map((object) => referenceOf(object).namespace),
  ])
  for (const namespace of new Set(namespaces)) {
    if (namespace === '') continue
    await trusted.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  }
})
afterAll(async () => {
  users?.trusted.close()
  for (const user of users?.judged.values() ?? []) user.close()
  await cluster?.stop()
})

/** Tries until the webhook has heard of what was just created or deleted; what it answers at last is what counts. */
async function settled(request: AdmissionRequest, expected: Outcome): Promise<Outcome> {
  const deadline = performance.now() + 3000
  for (;;) {
    const live = await liveOutcome(users, request)
    if (isDeepStrictEqual(live, expected) || performance.now() > deadline) return live
  }
}

it('there are examples to try', () => expect(examples.length).toBeGreaterThan(16))

describe.each(roundsOf(examples))('with settings $number: $policies', (round) => {
  let webhook: RunningWebhook
  let configFile: string
  let policies: PolicySet
  beforeAll(async () => {
    webhook = await startWebhook(cluster, { config: { policies: round.policies } })
    configFile = webhook.configFile ?? ''
    policies = load({
      configFile,
      policyDirectories: [],
      profile: undefined,
      ownNamespace: 'holdfast-system',
      fingerprintKey: exampleFingerprintKey,
    }).policies
    await register(cluster, webhook, { exceptUser: 'setup' })
  })
  afterAll(() => webhook?.stop())

  it.each(round.examples)('$policy: $side/$name', async (example) => {
    try {
      await prepare(users, example)
      const inventory = await readInventory(users)
      const request = requestOf(example)
      const offline = await offlineOutcome(users, request, policies, inventory)

      // The webhook and the engine agree in every word on the object as the API server hands it over, ...
      const admitted = await admittedRequest(users, request)
      const same = admitted === undefined ? offline : await offlineOutcome(users, admitted, policies, inventory)
      const live = await settled(request, same)
      expect(live).toEqual(same)
      // ... and in the verdict on the manifest as it was written.
      expect(verdictOf(offline)).toEqual(verdictOf(live))

      const review = await runHoldfast(['review'], JSON.stringify(encodeRequest(request)), configFile, inventory)
      expect(await reviewedOutcome(users, request, review)).toEqual(offline)
      expect(await differencesOfCheck(request, live, configFile, inventory)).toEqual([])
      // What is repaired in Git is patched by nothing any more.
      const fixed = await storedAfterFix(users, request, { policies, inventory, allowed: offline.allowed })
      expect(fixed?.judged).toEqual(fixed?.unjudged)
      // Other policies may speak as well; what this one is expected to deny has to be among it.
      const denied = (example.expected?.findings ?? []).filter(({ effect }) => effect === 'deny')
      expect(placesOf(live)).toEqual(
        expect.arrayContaining(denied.map(({ path }) => `${example.policy} ${fieldPath(path)}`)),
      )
    } finally {
      await clear(users, example)
    }
  })
})

describe('the program itself', () => {
  const chosen = sides.flatMap(
    (side) => examples.find((example) => example.side === side && example.context.length > 0) ?? [],
  )

  it.each(chosen)('says of $policy: $side/$name, with "review --cluster", what the engine says', async (example) => {
    const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
    const options = {
      configFile: undefined,
      policyDirectories: [],
      profile: undefined,
      ownNamespace: 'holdfast-system',
    }
    try {
      await prepare(users, example)
      const request = requestOf(example)
      const { stdout } = await runCommand(process.execPath, [main, 'review', '--cluster'], {
        input: JSON.stringify(encodeRequest(request)),
        cwd: cluster.folder,
        env: { KUBECONFIG: cluster.kubeconfig },
      })
      const offline = await offlineOutcome(users, request, load(options).policies, await readInventory(users))
      expect(await reviewedOutcome(users, request, stdout)).toEqual(offline)
    } finally {
      await clear(users, example)
    }
  })
})
