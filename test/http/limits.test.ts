import { type IncomingMessage, request as httpRequest } from 'node:http'
import { gzipSync } from 'node:zlib'
import supertest from 'supertest'
import { afterEach, describe, expect, test } from 'vitest'
import { appWith, endServers, review, serve, status } from './observed-app.ts'

afterEach(endServers)

describe('refusals', () => {
  const json = { 'content-type': 'application/json' }
  const noReview = 'the body is not valid JSON; expected is an AdmissionReview of admission.k8s.io/v1'
  const encoded = 'content-encoding is not accepted; send the body as it is'
  const text = JSON.stringify(review)
  test.each<[string, string, Record<string, string>, string | Buffer, object]>([
    ['invalid JSON', '/validate', json, '{"s3cret"', status(400, 'BadRequest', noReview)],
    ['an empty body', '/validate', json, '', status(400, 'BadRequest', noReview)],
    [
      'invalid UTF-8',
      '/validate',
      json,
      Buffer.of(0x22, 0xff, 0x22),
      status(400, 'BadRequest', 'the body is not valid UTF-8'),
    ],
    [
      'no review',
      '/mutate',
      json,
      '{}',
      status(400, 'BadRequest', 'no AdmissionReview: /kind must be "AdmissionReview"'),
    ],
    [
      'a review that is not whole, with its uid',
      '/mutate',
      json,
      text.replace('CREATE', 'DELETE'),
      status(400, 'BadRequest', 'no AdmissionReview: /request/object must be null for this operation', 'u1'),
    ],
    [
      'deep nesting',
      '/validate',
      json,
      '['.repeat(100_000) + ']'.repeat(100_000),
      status(400, 'BadRequest', 'the body is nested too deeply; at most 1000 levels are accepted'),
    ],
    [
      'another type',
      '/validate',
      { 'content-type': 'text/plain' },
      text,
      status(415, 'UnsupportedMediaType', 'content-type must be application/json'),
    ],
    [
      'a compressed body',
      '/validate',
      { ...json, 'content-encoding': 'gzip' },
      gzipSync(text),
      status(415, 'UnsupportedMediaType', encoded),
    ],
  ])('%s', async (_name, path, headers, body, expected) => {
    const { app, calls, lines } = appWith({})
    const answer = await fetch(`${await serve(app)}${path}`, { method: 'POST', headers, body })
    const answered = await answer.text()
    expect(JSON.parse(answered)).toEqual(expected)
    expect(expected).toMatchObject({ code: answer.status })
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(calls.map(({ result }) => result)).toEqual(['invalid'])
    expect(JSON.stringify([lines, answered])).not.toContain('s3cret')
  })

  test('brackets beside each other are not deep', async () => {
    const many = {
      ...review,
      request: { ...review.request, object: { items: Array.from({ length: 5000 }, () => ({})) } },
    }
    const answer = await supertest(appWith({}).app).post('/validate').send(many)
    expect(answer.status).toBe(200)
  })
})

describe('a large body', () => {
  const expected = status(413, 'RequestEntityTooLarge', 'the body is too large; at most 1000 bytes are accepted')

  test('is refused by its length, before it is sent', async () => {
    const { app, calls } = appWith({ limits: { bodyBytes: 1000 } })
    const { answer, sent } = await upload(await serve(app), { 'content-length': String(8 * 1024 * 1024) }, 'x')
    expect([answer.statusCode, answer.headers.connection]).toEqual([413, 'close'])
    expect([JSON.parse(await textOf(answer)), sent]).toEqual([expected, 1])
    expect(calls.map(({ result }) => result)).toEqual(['invalid'])
  })

  test('is refused while it is read, where it does not say its length', async () => {
    const { app } = appWith({ limits: { bodyBytes: 1000 } })
    const { answer } = await upload(await serve(app), { 'transfer-encoding': 'chunked' }, 'x'.repeat(1001))
    expect([answer.statusCode, JSON.parse(await textOf(answer))]).toEqual([413, expected])
  })

  test('passes at the limit', async () => {
    const { app } = appWith({ limits: { bodyBytes: JSON.stringify(review).length } })
    expect((await supertest(app).post('/validate').send(review)).status).toBe(200)
  })
})

describe('the time-out', () => {
  const late = status(504, 'Timeout', 'the time-out of the request passed before it could be judged')

  test('ends the wait for a slow body', async () => {
    const { app, calls } = appWith({})
    const { answer } = await upload(await serve(app), { 'content-length': '100' }, '{', '/validate?timeout=100ms')
    expect([answer.statusCode, JSON.parse(await textOf(answer))]).toEqual([504, late])
    expect(calls.map(({ result }) => result)).toEqual(['timeout'])
  })

  test.each([
    ['?timeout=1s', 999, 200],
    ['?timeout=1s', 1000, 504],
    ['?dryRun=true&timeout=500ms', 500, 504],
    ['?timeout=2h', 30_000, 504],
    ['?timeout=soon', 29_999, 200],
    ['', 30_000, 504],
  ])('%s after %i ms', async (query, elapsed, code) => {
    const times = [0, elapsed]
    const { app } = appWith({ clock: () => times.shift() ?? elapsed })
    expect((await supertest(app).post(`/validate${query}`).send(review)).status).toBe(code)
  })
})

/** Sends the beginning of a body and waits for the answer to it. */
async function upload(
  url: string,
  headers: Record<string, string>,
  body: string,
  path = '/validate',
): Promise<{ readonly answer: IncomingMessage; readonly sent: number }> {
  const request = httpRequest(`${url}${path}`, { method: 'POST', headers })
  request.setHeader('content-type', 'application/json').on('error', () => undefined)
  request.write(body)
  const answer = await new Promise<IncomingMessage>((resolve) => request.once('response', resolve))
  return { answer, sent: body.length }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: string[] = []
  for await (const chunk of answer) chunks.push(String(chunk))
  return chunks.join('')
}
