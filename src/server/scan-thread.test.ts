import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import type { ScanJob } from '../checks/secrets/deferred.ts'
import { scanEntries } from '../checks/secrets/scan.ts'
import type { Logger } from '../telemetry/logger.ts'
import { ScanThread, type ScanThreadOptions, startWorker } from './scan-thread.ts'

const told: string[] = []
const results: string[] = []
const line = (_fields: object, message: string): void => void told.push(message)
const logger: Logger = { isDebug: false, debug: line, info: line, warn: line, error: line }
const threads: ScanThread[] = []

afterEach(async () => {
  for (const thread of threads.splice(0)) await thread.stop()
  told.length = 0
  results.length = 0
})

function threadWith(options: Partial<ScanThreadOptions> = {}): ScanThread {
  const thread = new ScanThread({ logger, metrics: { scanned: (result) => void results.push(result) }, ...options })
  threads.push(thread)
  return thread
}

const job = (value: string): ScanJob => ({
  entries: [{ path: '/data/a', key: 'a', value }],
  fingerprintKey: 'a key of this test with enough characters',
})
const secret = job('DB_PASSWORD=tulip9meadow\n')
const found = scanEntries(secret.entries, secret.fingerprintKey)

/** A thread that does something else than to scan, the first time it is started. */
function oddFirst(script: string): () => Worker {
  let started = 0
  return () => {
    started += 1
    return started === 1
      ? new Worker(`const { parentPort } = require('node:worker_threads')\n${script}`, { eval: true })
      : startWorker()
  }
}

const hang = oddFirst.bind(undefined, "parentPort.on('message', () => { for (;;); })")
const crash = oddFirst.bind(undefined, "parentPort.on('message', () => { throw new Error('broken') })")
const leave = oddFirst.bind(undefined, "parentPort.on('message', () => process.exit(3))")

describe('a thread that scans', () => {
  it('finds what is found without it', async () => {
    expect(found).toHaveLength(1)
    expect(await threadWith().scan(secret, 10_000)).toEqual(found)
  })

  it('does one job after the other, each for its own caller', async () => {
    const thread = threadWith()
    const jobs = [secret, job('colour=blue\n'), secret]
    expect(await Promise.all(jobs.map((one) => thread.scan(one, 10_000)))).toEqual([found, [], found])
  })

  it.each([
    ['a crash', crash, 'the thread that scans for credentials failed; the next scan starts another'],
    ['an exit', leave, 'the thread that scans for credentials failed; the next scan starts another'],
    ['what takes too long', hang, 'a scan for credentials took too long and was given up'],
  ])('makes nothing of the job of %s, and works again', async (_what, start, message) => {
    const thread = threadWith({ start: start() })
    const first = thread.scan(secret, 300)
    const second = thread.scan(secret, 10_000)
    expect([await first, await second]).toEqual([undefined, found])
    expect(told).toEqual([message])
  })

  it('gives up a job that had to wait too long for another', async () => {
    const thread = threadWith({ start: hang() })
    const first = thread.scan(secret, 400)
    expect(await thread.scan(secret, 50)).toBe(undefined)
    expect(await first).toBe(undefined)
  })

  it('makes nothing of a job where none can be started', async () => {
    const thread = threadWith({
      start: () => {
        throw new Error('no threads')
      },
    })
    expect(await thread.scan(secret, 1000)).toBe(undefined)
    expect(told).toHaveLength(1)
  })

  it('takes no more than so many jobs', async () => {
    const thread = threadWith({ start: hang(), maxWaiting: 1 })
    const jobs = [thread.scan(secret, 200), thread.scan(secret, 10_000), thread.scan(secret, 10_000)]
    expect(await Promise.all(jobs)).toEqual([undefined, found, undefined])
  })

  it('has no time for a job that is late already', async () => {
    expect(await threadWith().scan(secret, 0)).toBe(undefined)
  })

  it('ends with what it had to do', async () => {
    const thread = threadWith({ start: hang() })
    const jobs = [thread.scan(secret, 10_000), thread.scan(secret, 10_000)]
    await setTimeout(50)
    await thread.stop()
    expect(await Promise.all(jobs)).toEqual([undefined, undefined])
  })
})
