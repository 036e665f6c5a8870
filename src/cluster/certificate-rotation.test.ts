import { array, assert, asyncProperty, constantFrom, integer, nat, record, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accepts,
  changeSecret,
  emptied,
  mutating,
  type Replica,
  type Replicas,
  replicas,
  secretPath,
  secretText,
  serving,
  validating,
} from '../../test/cluster/replicas.ts'
import { asArray, asString, at } from '../kubernetes/json.ts'
import type { ServingPair } from './managed-certificate.ts'

const second = 1000
const minute = 60 * second
const day = 86_400 * second

/** Gathers pairs that somebody who trusts a caBundle of the last minute would have refused, each time it looks. */
function watchTrust(
  cluster: Replicas,
  running: readonly Replica[],
): { readonly look: () => void; readonly refused: readonly string[] } {
  const lastSeen = new Map<string, number>()
  const verdicts = new Map<string, boolean>()
  const refused: string[] = []
  const look = (): void => {
    const now = cluster.now().getTime()
    for (const path of [mutating, validating]) for (const bundle of rawBundles(cluster, path)) lastSeen.set(bundle, now)
    for (const [bundle, seen] of lastSeen) {
      if (now - seen > minute) lastSeen.delete(bundle)
      else for (const pair of running.map(serving)) if (pair !== undefined) check(bundle, pair, now)
    }
  }
  const check = (bundle: string, pair: ServingPair, now: number): void => {
    const key = `${bundle} ${pair.cert}`
    const verdict = verdicts.get(key) ?? accepts(bundle, pair)
    verdicts.set(key, verdict)
    if (!verdict) refused.push(new Date(now).toISOString())
  }
  return { look, refused }
}

const rawBundles = (cluster: Replicas, path: string): readonly string[] =>
  asArray(cluster.api.objects.get(path)?.['webhooks']).map(
    (webhook) => asString(at(webhook, 'clientConfig', 'caBundle')) ?? '',
  )

describe('whatever happens', () => {
  /** What can happen to the certificate, and to a replica. */
  const events: Readonly<
    Record<string, (cluster: Replicas, running: Replica[], replica: Replica | undefined) => void>
  > = {
    empty: ({ api }) => changeSecret(api, emptied),
    delete: ({ api }) => void api.objects.delete(secretPath),
    break: ({ api }) => changeSecret(api, (secret) => ({ ...secret, data: { 'tls.crt': 'Zm9yZWlnbg==' } })),
    cut: (_cluster, _running, replica) => replica && (replica.cutOff = true),
    mend: (_cluster, _running, replica) => replica && (replica.cutOff = false),
    join: (cluster, running) => void running.push(cluster.start({ random: () => 0.9 })),
  }
  const happening = record({
    event: constantFrom(...Object.keys(events)),
    replica: nat(2),
    seconds: integer({ min: 0, max: 100 }),
  })
  const script = array(happening, { minLength: 1, maxLength: 6 })
  const spread = tuple(nat(100), nat(100), nat(100))

  const examples: [{ event: string; replica: number; seconds: number }[], [number, number, number]][] = [
    // The next one has just taken over when others, who do not know yet, put back what they have.
    [[{ event: 'empty', replica: 0, seconds: 68 }], [0, 0, 0]],
    // A new replica is the first to find nothing, while the others serve.
    [
      [
        { event: 'delete', replica: 0, seconds: 30 },
        { event: 'join', replica: 0, seconds: 0 },
      ],
      [50, 50, 50],
    ],
  ]

  test('what is served is accepted by whoever trusts any caBundle of the last minute', async () => {
    await assert(
      asyncProperty(script, spread, async (happenings, percents) => {
        const cluster = replicas()
        const running = percents.map((percent) => cluster.start({ random: () => percent / 100 }))
        await cluster.pass(minute)
        cluster.leap(61 * day)
        const { look, refused } = watchTrust(cluster, running)
        for (const { event, replica, seconds } of happenings) {
          await cluster.pass(seconds * second, look)
          events[event]?.(cluster, running, running[replica])
        }
        for (const replica of running) replica.cutOff = false
        await cluster.pass(4 * minute, look)
        const ends = running.map((replica) => [serving(replica)?.cert, replica.certificate.ready()])
        await cluster.stop()
        expect(refused).toEqual([])
        const end = [secretText(cluster.api, 'tls.crt'), { ready: true, reasons: [] }]
        expect(ends).toEqual(running.map(() => end))
      }),
      { numRuns: 20, examples },
    )
  }, 60_000)
})
