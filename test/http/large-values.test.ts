import supertest from 'supertest'
import { afterEach, describe, expect, test } from 'vitest'
import { allowed } from '../../src/admission/response.ts'
import { type Decision, validate } from '../../src/engine/decide.ts'
import { judgeDeferring } from '../../src/cli/deferring.ts'
import { atOnce } from '../../src/checks/secrets/deferred.ts'
import { parseJson } from '../../src/policy/parse.ts'
import type { Decide } from '../../src/server/admission-handler.ts'
import { ScanThread } from '../../src/server/scan-thread.ts'
import { configMap, nowhere, policySet } from '../support/policy-set.ts'
import { appWith } from './observed-app.ts'
import { readFileSync } from 'node:fs'

const policies = policySet([
  parseJson(readFileSync(new URL('../../policies/configmap-no-secrets/policy.json', import.meta.url), 'utf8'), 'p'),
])
const padding = '# nothing to see here\n'.repeat(Math.ceil(atOnce.text / 20))
const ended: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const end of ended.splice(0)) await end()
})

type Thread = Pick<ScanThread, 'scan'>

/** The app with its real policies, and a thread that scans large values. */
function appOf(thread: Thread): ReturnType<typeof appWith> {
  const response = (decision: Decision) => decision.response
  const decide: Decide = (request, left) => {
    const decided = judgeDeferring(
      (scanSecrets) => validate(policies, request, { ...nowhere, scanSecrets }),
      thread,
      left,
    )
    return decided instanceof Promise ? decided.then(response) : response(decided)
  }
  return appWith({ decide: { validate: decide, mutate: decide } })
}

function realThread(): ScanThread {
  const silent = (): undefined => undefined
  const logger = { isDebug: false, debug: silent, info: silent, warn: silent, error: silent }
  const thread = new ScanThread({ logger, metrics: { scanned: () => undefined } })
  ended.push(() => thread.stop())
  return thread
}

const reviewOf = (text: string): object => ({
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  request: {
    uid: 'u1',
    operation: 'CREATE',
    namespace: 'shop',
    userInfo: { username: 'jane' },
    object: configMap({ 'app.env': text }),
  },
})

async function post(
  { app }: ReturnType<typeof appWith>,
  text: string,
  timeout = '10s',
): Promise<[status: number, allowed: unknown, message: unknown]> {
  const { status, body } = await supertest(app).post(`/validate?timeout=${timeout}`).send(reviewOf(text))
  return [status, body.response?.allowed, body.response?.status?.message ?? body.message]
}

describe('a large value', () => {
  test('is searched by the thread', async () => {
    const app = appOf(realThread())
    expect(await post(app, padding)).toEqual([200, true, undefined])
    expect(await post(app, `${padding}DB_PASSWORD=tulip9meadow\n`)).toEqual([
      200,
      false,
      expect.stringMatching(/literal password \(line \d{4}, under DB_PASSWORD\)/),
    ])
    expect(app.calls.map(({ result }) => result)).toEqual(['allowed', 'denied'])
  })

  test('keeps no other review waiting', async () => {
    const asked = Promise.withResolvers<undefined>()
    const done = Promise.withResolvers<readonly []>()
    const slow: Thread = {
      scan() {
        asked.resolve(undefined)
        return done.promise
      },
    }
    const app = appOf(slow)
    const large = post(app, padding)
    await asked.promise
    expect(await post(app, 'colour=blue')).toEqual([200, true, undefined])
    done.resolve([])
    expect(await large).toEqual([200, true, undefined])
  })

  test('is refused where the thread does not manage', async () => {
    const app = appOf({ scan: () => Promise.resolve(undefined) })
    expect(await post(app, padding)).toEqual([
      200,
      false,
      expect.stringContaining('holds more content than can be searched'),
    ])
  })

  test('is refused where there is no time for it', async () => {
    expect(await post(appOf(realThread()), padding, '400ms')).toEqual([
      200,
      false,
      expect.stringContaining('holds more content than can be searched'),
    ])
  })

  test('is a fault of ours where judging it fails', async () => {
    const app = appOf({ scan: () => Promise.reject(new Error('broken')) })
    expect(await post(app, padding)).toEqual([500, undefined, 'the request could not be judged; the log says why'])
    expect(app.calls.map(({ result }) => result)).toEqual(['fault'])
  })
})

test('an answer that comes too late is none', async () => {
  let now = 0
  const app = appWith({
    clock: () => now,
    decide: {
      validate: () => Promise.resolve().then(() => ((now = 20_000), allowed())),
      mutate: () => Promise.reject(new Error('unused')),
    },
  })
  expect(await post(app, 'x')).toEqual([504, undefined, 'the time-out of the request passed before it could be judged'])
  expect(app.calls.map(({ result }) => result)).toEqual(['timeout'])
})
