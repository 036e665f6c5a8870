import { describe, expect, it } from 'vitest'
import { type FakeClock, fakeClock } from '../../test/cluster/fake-clock.ts'
import { logBook } from '../../test/cluster/log-book.ts'
import type { EventNotice, EventSubject } from '../kubernetes/event.ts'
import { at, type JsonObject } from '../kubernetes/json.ts'
import { EventRecorder } from './events.ts'
import { StatusError } from './source.ts'

const shop: EventSubject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  namespace: 'shop',
  name: 'shop',
  uid: undefined,
  claimed: false,
}
const kustomization: EventSubject = {
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  namespace: 'flux-system',
  name: 'apps',
  uid: undefined,
  claimed: true,
}
const application: EventSubject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  namespace: '',
  name: 'shop',
  uid: undefined,
  claimed: true,
}
const notice = (about: string, ...subjects: readonly EventSubject[]): EventNotice => ({
  reason: 'PolicyDenied',
  about,
  note: `what is wrong with ${about}`,
  subjects,
})

interface Written {
  readonly path: string
  readonly event: JsonObject
}

function recording(
  options: {
    readonly apply?: (path: string, written: number) => unknown
    readonly get?: (path: string) => JsonObject | undefined
  } = {},
) {
  const clock: FakeClock = fakeClock()
  const written: Written[] = []
  const asked: string[] = []
  const counts: string[] = []
  const logger = logBook()
  let attempts = 0
  const client = {
    async apply(path: string, event: JsonObject) {
      attempts += 1
      const error = options.apply?.(path, attempts)
      if (error instanceof Error) throw error
      written.push({ path, event })
      return event
    },
    async get(path: string) {
      asked.push(path)
      return options.get?.(path)
    },
  }
  const metrics = {
    eventWritten: () => void counts.push('written'),
    eventDropped: (reason: string) => void counts.push(reason),
  }
  const recorder = new EventRecorder({ client, clock, logger, metrics, instance: 'holdfast-0' })
  return { clock, written, asked, counts, logger, recorder, attempts: () => attempts }
}

const countsOf = (written: readonly Written[]) => written.map(({ event }) => event['count'])

describe('EventRecorder', () => {
  it('writes an Event beside its subject', async () => {
    const { recorder, clock, written, counts } = recording()
    recorder.publish(notice('claim db', shop))
    await clock.advance(0)
    expect(written).toEqual([
      {
        path: expect.stringMatching(/^\/api\/v1\/namespaces\/shop\/events\/holdfast\.[0-9a-f]{20}$/),
        event: {
          apiVersion: 'v1',
          kind: 'Event',
          metadata: { name: expect.stringMatching(/^holdfast\.[0-9a-f]{20}$/), namespace: 'shop' },
          involvedObject: { apiVersion: 'v1', kind: 'Namespace', name: 'shop', namespace: 'shop' },
          type: 'Warning',
          reason: 'PolicyDenied',
          message: 'what is wrong with claim db',
          count: 1,
          firstTimestamp: '2026-01-01T00:00:00Z',
          lastTimestamp: '2026-01-01T00:00:00Z',
          source: { component: 'holdfast' },
          reportingComponent: 'holdfast.dev/webhook',
          reportingInstance: 'holdfast-0',
        },
      },
    ])
    expect(counts).toEqual(['written'])
  })

  it('counts repetitions in the same Event, every ten seconds at most', async () => {
    const { recorder, clock, written } = recording()
    for (let index = 0; index < 20; index += 1) {
      recorder.publish(notice('claim db', shop))
      await clock.advance(1000)
    }
    await clock.advance(60_000)
    expect(countsOf(written)).toEqual([1, 10, 20])
    expect(new Set(written.map(({ path }) => path)).size).toBe(1)
    expect(written.at(-1)?.event).toMatchObject({
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:00:19Z',
    })
  })

  it('begins another Event for another object, and after an hour', async () => {
    const { recorder, clock, written } = recording()
    recorder.publish(notice('claim db', shop))
    recorder.publish(notice('claim other', shop))
    await clock.advance(3_600_000)
    recorder.publish(notice('claim db', shop))
    await clock.advance(0)
    expect(countsOf(written)).toEqual([1, 1, 1])
    expect(new Set(written.map(({ path }) => path)).size).toBe(3)
  })

  it('writes 25 at once, then one a second', async () => {
    const { recorder, clock, written } = recording()
    for (let index = 0; index < 40; index += 1) recorder.publish(notice(`claim ${index}`, shop))
    await clock.advance(0)
    expect(written).toHaveLength(25)
    await clock.advance(5000)
    expect(written).toHaveLength(30)
    await clock.advance(60_000)
    expect(written).toHaveLength(40)
  })

  it('keeps 256 in mind, and counts those that it drops', async () => {
    const { recorder, clock, counts } = recording()
    for (let index = 0; index < 300; index += 1) recorder.publish(notice(`claim ${index}`, shop))
    expect(counts).toEqual(Array.from({ length: 44 }, () => 'queue_full'))
    await clock.advance(600_000)
    expect(counts.filter((count) => count === 'written')).toHaveLength(256)
  })

  it('says once that it is refused, drops, and does not ask again for five minutes', async () => {
    const { recorder, clock, counts, logger, attempts } = recording({ apply: () => new StatusError(403, 'no') })
    for (let index = 0; index < 4; index += 1) {
      recorder.publish(notice('claim db', shop))
      await clock.advance(60_000)
    }
    expect([counts, attempts()]).toEqual([['refused'], 1])
    await clock.advance(60_000)
    expect([counts, attempts()]).toEqual([['refused', 'refused'], 2])
    expect(logger.lines).toEqual(['warn: an Event could not be written ()'])
  })

  it('tries again, later and later, where the API server does not answer', async () => {
    const { recorder, clock, counts, written } = recording({
      apply: (_path, attempt) => attempt < 4 && new Error('connect failed'),
    })
    recorder.publish(notice('claim db', shop))
    await clock.advance(1000)
    expect(counts).toEqual([])
    await clock.advance(10_000)
    expect([counts, countsOf(written)]).toEqual([['written'], [1]])
  })

  it('gives up in the end', async () => {
    const { recorder, clock, counts, attempts } = recording({ apply: () => new StatusError(503, '') })
    recorder.publish(notice('claim db', shop))
    await clock.advance(120_000)
    expect([counts, attempts()]).toEqual([['unreachable'], 5])
  })

  it('writes nothing once it is stopped', async () => {
    const { recorder, clock, written } = recording()
    recorder.publish(notice('claim db', shop))
    recorder.stop()
    recorder.publish(notice('claim db', shop))
    await clock.advance(60_000)
    expect([written, clock.pending()]).toEqual([[], 0])
  })
})

describe('who is said to have applied an object', () => {
  const found = (namespace: string, uid: string): JsonObject => ({ metadata: { namespace, uid } })

  it('is looked for, and told with its uid', async () => {
    const { recorder, clock, written, asked } = recording({ get: () => found('flux-system', 'u1') })
    recorder.publish(notice('claim db', kustomization))
    recorder.publish(notice('claim other', kustomization))
    await clock.advance(0)
    expect(asked).toEqual(['/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/apps'])
    expect(written.map(({ event }) => at(event, 'involvedObject', 'uid'))).toEqual(['u1', 'u1'])
    expect(written[0]?.path).toMatch(/^\/api\/v1\/namespaces\/flux-system\/events\//)
  })

  it('is not told where it does not exist, and the others are', async () => {
    const { recorder, clock, written, counts } = recording()
    recorder.publish(notice('claim db', shop, kustomization))
    await clock.advance(0)
    expect(counts).toEqual(['written', 'no_owner'])
    expect(written).toHaveLength(1)
  })

  it.each<[string, readonly JsonObject[], string | undefined]>([
    ['wherever it is', [found('gitops', 'u1')], 'gitops'],
    ['in the usual place, of several', [found('team', 'u1'), found('argocd', 'u2')], 'argocd'],
    ['nowhere, of several elsewhere', [found('team', 'u1'), found('other', 'u2')], undefined],
    ['nowhere, where there is none', [], undefined],
  ])('is an Application %s', async (_name, items, namespace) => {
    const { recorder, clock, written, asked } = recording({ get: () => ({ items }) })
    recorder.publish(notice('claim db', application))
    await clock.advance(0)
    expect(asked).toEqual(['/apis/argoproj.io/v1alpha1/applications?fieldSelector=metadata.name%3Dshop'])
    expect(written.map(({ event }) => at(event, 'metadata', 'namespace'))).toEqual(
      namespace === undefined ? [] : [namespace],
    )
  })
})
