import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { configMap, nowhere, policySet, request } from '../../test/support/policy-set.ts'
import { atOnce, type ScanJob } from '../checks/secrets/deferred.ts'
import { scanEntries } from '../checks/secrets/scan.ts'
import { type Decision, mutate, validate } from '../engine/decide.ts'
import type { AdmissionRequest } from '../admission/request.ts'
import { parseJson } from '../policy/parse.ts'
import { judgeDeferring } from './deferring.ts'

const key = 'a key of this test with enough characters'
const policies = policySet(
  ['configmap-no-secrets', 'env-no-secrets', 'config-no-weak-passwords'].map((name) =>
    parseJson(readFileSync(new URL(`../../policies/${name}/policy.json`, import.meta.url), 'utf8'), name),
  ),
  {},
  key,
)

/** A thread that counts, and scans at once. */
function diligent(): { jobs: number; scan(job: ScanJob): Promise<ReturnType<typeof scanEntries>> } {
  return {
    jobs: 0,
    scan({ entries, fingerprintKey }) {
      this.jobs += 1
      return Promise.resolve(scanEntries(entries, fingerprintKey))
    },
  }
}

const idle = { scan: () => Promise.resolve(undefined) }

const deferring = (
  judged: AdmissionRequest,
  thread: Parameters<typeof judgeDeferring>[1],
  judge = validate,
): Decision | Promise<Decision> =>
  judgeDeferring(
    (scanSecrets) => judge(policies, judged, { ...nowhere, scanSecrets }),
    thread,
    () => 10_000,
  )

const secret = 'DB_PASSWORD=tulip9meadow\n'
const padding = '# nothing to see here\n'.repeat(Math.ceil(atOnce.text / 20))
const packed = (text: string): string => gzipSync(text).toString('base64')

describe('a review', () => {
  it('of ordinary size is judged at once', () => {
    const judged = request(configMap({ 'app.env': secret }))
    expect(deferring(judged, idle)).toEqual(validate(policies, judged, nowhere))
  })

  it.each<[string, AdmissionRequest, number]>([
    ['with a large value', request(configMap({ 'app.env': padding + secret })), 1],
    [
      'with many values',
      request(
        configMap(
          Object.fromEntries(
            Array.from({ length: 2000 }, (_, index) => [`k${index}`, `DB_PASSWORD=tulip9meadow${index}`]),
          ),
        ),
      ),
      1,
    ],
    ['with little that unpacks to much', request(configMap({ a: packed(padding + secret) })), 1],
    ['that changes a large value', request(configMap({ a: padding + secret }), configMap({ a: padding })), 2],
    [
      'that keeps a large value',
      request(configMap({ a: padding + secret, b: '1' }), configMap({ a: padding + secret })),
      2,
    ],
  ])('%s is judged as without a thread', async (_what, judged, jobs) => {
    const thread = diligent()
    for (const judge of [validate, mutate]) {
      thread.jobs = 0
      expect(await deferring(judged, thread, judge)).toEqual(judge(policies, judged, nowhere))
      expect(thread.jobs).toBeLessThanOrEqual(jobs)
    }
    expect(thread.jobs).toBe(jobs)
  })

  it('has one verdict, whoever scans', async () => {
    const line = fc.constantFrom(
      secret,
      'PASSWORD=changeme\n',
      'colour=blue\n',
      padding,
      packed(padding + secret),
      packed(secret),
    )
    const data = fc.dictionary(
      fc.constantFrom('a', 'b', 'c.env', 'd.yaml'),
      fc.array(line, { maxLength: 3 }).map((lines) => lines.join('')),
      { maxKeys: 4 },
    )
    await fc.assert(
      fc.asyncProperty(
        data,
        fc.option(data, { nil: undefined }),
        fc.constantFrom(validate, mutate),
        async (now, before, judge) => {
          const judged = request(configMap(now), before === undefined ? undefined : configMap(before))
          expect(await deferring(judged, diligent(), judge)).toEqual(judge(policies, judged, nowhere))
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('what is not searched in time', () => {
  it('is refused, every value of it', async () => {
    const { response } = await deferring(request(configMap({ a: padding, b: 'x' })), idle)
    expect(response).toMatchObject({
      allowed: false,
      message: expect.stringContaining(
        'ConfigMap shop/settings: data.a holds more content than can be searched for credentials. [configmap-no-secrets] (1 of 2)',
      ),
      causes: [{ field: 'data.a' }, { field: 'data.b' }],
    })
  })

  it('is told where it was not searched before either, and only what is new is refused', async () => {
    const judged = request(configMap({ a: padding, b: 'y' }), configMap({ a: padding, b: 'x' }))
    const { findings } = await deferring(judged, idle)
    expect(findings.map(({ effect, path }) => `${effect} ${path}`)).toEqual(['warn /data/a', 'deny /data/b'])
  })
})
