import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { allowed } from '../../src/admission/response.ts'
import { appWith, endServers, review, serve, status } from './observed-app.ts'

afterEach(endServers)

const text = JSON.stringify(review)

interface Upload {
  readonly answer: Promise<IncomingMessage>
  send(more: string): void
  hangUp(): void
}

/** Begins a call whose body is sent bit by bit. */
async function begin(url: string, length: number, path = '/validate?timeout=5s'): Promise<Upload> {
  const headers = { 'content-type': 'application/json', 'content-length': String(length) }
  const request = httpRequest(`${url}${path}`, { method: 'POST', headers, agent: false })
  const answer = once(request, 'response').then(([response]: IncomingMessage[]) => {
    if (response === undefined) throw new Error('no response')
    return response
  })
  answer.catch(() => undefined)
  request.on('error', () => undefined).flushHeaders()
  await once(request, 'socket')
  await sleep(50)
  return { answer, send: (more) => void request.write(more), hangUp: () => void request.destroy() }
}

async function quickly(url: string): Promise<[status: number, retryAfter: string | null, body: unknown]> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/mutate?timeout=5s`, { method: 'POST', headers, body: text })
  return [response.status, response.headers.get('retry-after'), await response.json()]
}

const tooMany = status(429, 'TooManyRequests', 'too many reviews at a time; try again')
const noMemory = status(
  429,
  'TooManyRequests',
  'the reviews that are under way leave no memory for this one; try again',
)

describe('too many calls at a time', () => {
  test('are turned away at once, those whose body is still coming count, and there is room again', async () => {
    const { app, calls, refusals } = appWith({ inFlight: { calls: 2 } })
    const url = await serve(app)
    const slow = [await begin(url, text.length), await begin(url, text.length)]
    const started = performance.now()
    expect(await quickly(url)).toEqual([429, '1', tooMany])
    expect(performance.now() - started).toBeLessThan(1000)
    expect([calls.map(({ result }) => result), refusals]).toEqual([['refused'], ['in_flight']])
    slow[0]?.send(text)
    expect((await slow[0]?.answer)?.statusCode).toBe(200)
    expect((await quickly(url))[0]).toBe(200)
    slow[1]?.hangUp()
    await sleep(50)
    expect((await begin(url, 1)) && (await quickly(url))[0]).toBe(200)
    expect(calls.map(({ result }) => result)).toEqual(['refused', 'allowed', 'allowed', 'aborted', 'allowed'])
  })

  test('as long as they are judged: a promise keeps its place', async () => {
    const waiting = Promise.withResolvers<void>()
    const decide = () => waiting.promise.then(() => allowed())
    const { app } = appWith({ inFlight: { calls: 1 }, decide: { validate: decide, mutate: decide } })
    const url = await serve(app)
    const first = quickly(url)
    await sleep(50)
    expect((await quickly(url))[0]).toBe(429)
    waiting.resolve()
    expect((await first)[0]).toBe(200)
    expect((await quickly(url))[0]).toBe(200)
  })

  test('whatever ends a call gives its place back', async () => {
    const broken = () => {
      throw new Error('broken')
    }
    const { app } = appWith({
      inFlight: { calls: 1 },
      limits: { bodyBytes: 9000 },
      decide: { validate: broken, mutate: () => allowed() },
    })
    const url = await serve(app)
    const headers = { 'content-type': 'application/json' }
    const codes: number[] = []
    for (const [type, body] of [
      ['application/json', '{'],
      ['text/plain', text],
      ['application/json', 'x'.repeat(9001)],
      ['application/json', text],
    ]) {
      const response = await fetch(`${url}/validate`, {
        method: 'POST',
        headers: { ...headers, 'content-type': type ?? '' },
        body: body ?? '',
      })
      await response.arrayBuffer()
      codes.push(response.status)
    }
    expect(codes).toEqual([400, 415, 413, 500])
    expect((await quickly(url))[0]).toBe(200)
  })
})

describe('slow clients', () => {
  test('lose their place after the time for a body, though they may wait longer for the answer', async () => {
    const { app, calls } = appWith({ inFlight: { calls: 1 }, limits: { bodyMs: 300 } })
    const url = await serve(app)
    const slow = await begin(url, 1000, '/validate?timeout=30s')
    const trickle = setInterval(() => slow.send(' '), 20)
    expect((await quickly(url))[0]).toBe(429)
    expect((await slow.answer).statusCode).toBe(504)
    clearInterval(trickle)
    expect((await quickly(url))[0]).toBe(200)
    expect(calls.map(({ result }) => result)).toEqual(['refused', 'timeout', 'allowed'])
  })
})

describe('the memory for bodies', () => {
  test('turns away who would need more of it, while small ones still get through', async () => {
    const { app, refusals } = appWith({ inFlight: { bytes: 100_000 } })
    const url = await serve(app)
    const large = await begin(url, 90_000)
    large.send('x'.repeat(89_000))
    await sleep(50)
    const second = await begin(url, 90_000)
    second.send('x'.repeat(89_000))
    const refused = await second.answer
    expect([refused.statusCode, refused.headers['retry-after'], await json(refused)]).toEqual([429, '1', noMemory])
    expect(refusals).toEqual(['memory'])
    expect((await quickly(url))[0]).toBe(200)
    large.hangUp()
    await sleep(50)
    const third = await begin(url, 90_000)
    third.send('x'.repeat(90_000))
    expect((await third.answer).statusCode).toBe(400)
  })
})
