import { request as httpRequest } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import supertest from 'supertest'
import { afterEach, describe, expect, test } from 'vitest'
import { allowed, denied, patched } from '../../src/admission/response.ts'
import { appWith, endServers, review, serve, status } from './observed-app.ts'

afterEach(endServers)

const head = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' }

describe('decisions', () => {
  const denial = denied('no', [{ reason: 'FieldValueInvalid', field: 'spec', message: 'm' }])
  const call = { endpoint: 'mutate', operation: 'CREATE', kind: 'Pod', milliseconds: 0 }
  const fields = {
    endpoint: 'mutate',
    uid: 'u1',
    operation: 'CREATE',
    kind: 'Pod',
    namespace: 'shop',
    name: 'web',
    user: 'jane',
    dryRun: false,
    milliseconds: 0,
  }
  test.each([
    [
      'allowed',
      allowed(['w']),
      { uid: 'u1', allowed: true, warnings: ['w'] },
      ['debug', 'request answered', { ...fields, result: 'allowed', warnings: 1, changes: 0 }],
    ],
    [
      'patched',
      patched([{ op: 'add', path: '/a', value: 1 }]),
      { uid: 'u1', allowed: true, patchType: 'JSONPatch', patch: 'W3sib3AiOiJhZGQiLCJwYXRoIjoiL2EiLCJ2YWx1ZSI6MX1d' },
      ['debug', 'request answered', { ...fields, result: 'patched', warnings: 0, changes: 1 }],
    ],
    [
      'denied',
      denial,
      {
        uid: 'u1',
        allowed: false,
        status: {
          status: 'Failure',
          code: 403,
          reason: 'Forbidden',
          message: 'no',
          details: { causes: [{ reason: 'FieldValueInvalid', field: 'spec', message: 'm' }] },
        },
      },
      ['debug', 'request answered', { ...fields, result: 'denied', warnings: 0, causes: 1 }],
    ],
  ])('%s', async (result, decision, response, line) => {
    const { app, calls, lines } = appWith({ answer: () => decision })
    const answer = await supertest(app).post('/mutate?timeout=10s').send(review)
    expect([answer.status, answer.type, answer.body]).toEqual([200, 'application/json', { ...head, response }])
    expect(calls).toEqual([{ ...call, result }])
    expect(lines).toEqual([line])
  })

  test('the answer has no headers that say nothing', async () => {
    const answer = await supertest(appWith({}).app).post('/validate').set('accept-encoding', 'gzip').send(review)
    expect(Object.keys(answer.headers).sort()).toEqual(['connection', 'content-length', 'content-type', 'date'])
  })
})

describe('routes', () => {
  test.each([
    ['get', '/validate', 405, 'POST', status(405, 'MethodNotAllowed', 'the method must be POST')],
    ['put', '/mutate', 405, 'POST', status(405, 'MethodNotAllowed', 'the method must be POST')],
    ['options', '/mutate', 405, 'POST', status(405, 'MethodNotAllowed', 'the method must be POST')],
    ['post', '/', 404, undefined, status(404, 'NotFound', 'the webhook answers at /validate and /mutate only')],
    ['post', '/Validate', 404, undefined, status(404, 'NotFound', 'the webhook answers at /validate and /mutate only')],
    ['get', '/validate/', 404, undefined, status(404, 'NotFound', 'the webhook answers at /validate and /mutate only')],
    ['get', '/%zz', 404, undefined, status(404, 'NotFound', 'the webhook answers at /validate and /mutate only')],
  ] as const)('%s %s', async (method, path, code, allow, body) => {
    const answer = await supertest(appWith({}).app)[method](path)
    expect([answer.status, answer.headers['allow'], answer.body]).toEqual([code, allow, body])
  })
})

describe('faults', () => {
  const expected = status(500, 'InternalError', 'the request could not be judged; the log says why', 'u1')

  test('a decision that throws is a 500 without its reason', async () => {
    const fault = new Error('broken')
    const { app, calls, lines } = appWith({
      answer: () => {
        throw fault
      },
    })
    const answer = await supertest(app).post('/validate').send(review)
    expect([answer.status, answer.body]).toEqual([500, expected])
    expect(calls.map(({ result }) => result)).toEqual(['fault'])
    expect(lines).toEqual([['error', 'request failed', expect.objectContaining({ uid: 'u1', error: fault })]])
  })

  test('a validating answer never has a patch', async () => {
    const { app } = appWith({ answer: () => patched([{ op: 'remove', path: '/a' }]) })
    expect((await supertest(app).post('/validate').send(review)).body).toEqual(expected)
  })

  test('a client that goes away is counted', async () => {
    const { app, calls } = appWith({})
    const url = await serve(app)
    const request = httpRequest(`${url}/validate`, { method: 'POST', headers: { 'content-length': '9' } })
    request.setHeader('content-type', 'application/json').on('error', () => undefined)
    request.write('{')
    await setTimeout(100)
    request.destroy()
    await expect.poll(() => calls.map(({ result }) => result)).toEqual(['aborted'])
  })
})
