import { Reflector } from '../../src/cluster/reflector.ts'
import { watchedKind } from '../../src/cluster/watched-kind.ts'
import { asString, at, type JsonObject } from '../../src/kubernetes/json.ts'
import { fakeClock, type FakeClock } from './fake-clock.ts'
import { fakeSource, type FakeSource } from './fake-source.ts'
import { type LogBook, logBook } from './log-book.ts'

/** A reflector of StorageClasses with all that it works with. */
export interface Reflecting {
  readonly clock: FakeClock
  readonly source: FakeSource
  readonly log: LogBook
  readonly reflector: Reflector
  /** The names of the objects that are known. */
  readonly names: () => readonly (string | undefined)[]
  /** How often the state was said to have changed. */
  readonly changes: () => number
  /** Begins, and waits for what follows from that. */
  readonly start: () => Promise<void>
}

/** How a reflector is set up; by default a kind that every cluster has, listed again every hour. */
export interface ReflectingOptions {
  readonly optional?: boolean
  readonly relistEveryMs?: number
}

/** Sets a reflector up. Its random number is always 1: pauses are as long as they can be. */
export function reflecting({ optional = false, relistEveryMs = 3_600_000 }: ReflectingOptions = {}): Reflecting {
  const clock = fakeClock()
  const source = fakeSource()
  const log = logBook()
  let changes = 0
  const kind = watchedKind({
    kind: 'StorageClass',
    apiVersion: 'storage.k8s.io/v1',
    resource: 'storageclasses',
    optional,
    fields: { provisioner: true },
  })
  const onChange = (): void => void (changes += 1)
  const reflector = new Reflector({ kind, source, logger: log, clock, relistEveryMs, random: () => 1, onChange })
  return {
    clock,
    source,
    log,
    reflector,
    names: () =>
      reflector
        .objects()
        .list()
        .map((object) => asString(at(object, 'metadata', 'name'))),
    changes: () => changes,
    start: () => {
      reflector.start()
      return clock.advance(0)
    },
  }
}

/** A StorageClass as the API server sends it. */
export function storageClass(name: string, resourceVersion: string, provisioner = 'a.example.com'): JsonObject {
  return { metadata: { name, resourceVersion }, provisioner }
}

/** Throws where something was left behind by what has been stopped. */
export function refuseLeftovers(clock: FakeClock, ...sources: readonly FakeSource[]): void {
  const requests = sources.reduce((sum, source) => sum + source.open(), 0)
  if (clock.pending() + requests > 0) throw new Error(`left behind: ${clock.pending()} timers, ${requests} requests`)
}
