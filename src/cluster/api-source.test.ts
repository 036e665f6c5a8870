import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { KubeConfig } from '@kubernetes/client-node'
import { afterEach, describe, expect, it } from 'vitest'
import { collect } from '../../test/cluster/collect.ts'
import { apiSource } from './api-source.ts'
import { type Source, StatusError } from './source.ts'
import { watchedKinds } from './watched-kind.ts'

let server: Server
const never = new AbortController().signal

afterEach(() => {
  server.closeAllConnections()
  server.close()
})

async function sourceOf(listener: RequestListener, basePath = ''): Promise<Source> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const kubeConfig = new KubeConfig()
  kubeConfig.loadFromClusterAndUser(
    { name: 'c', server: `http://127.0.0.1:${port}${basePath}`, skipTLSVerify: true },
    { name: 'u', token: 'abc' },
  )
  const [storageClass] = watchedKinds
  if (storageClass === undefined) throw new Error('there is no kind')
  return apiSource(kubeConfig, storageClass)
}

const all = { limit: undefined, continueToken: undefined }
const watch = { resourceVersion: '7', timeoutSeconds: 300 }

describe('a list', () => {
  it('is one page, asked for with the token of the user', async () => {
    const asked: unknown[] = []
    const source = await sourceOf(({ url, headers }, response) => {
      asked.push(url, headers.authorization, headers.accept)
      response.end('{"metadata":{"resourceVersion":"7","continue":"n"},"items":[{"metadata":{"name":"a"}},null]}')
    }, '/clusters/one/')
    expect(await source.list({ limit: 500, continueToken: 'a b&c' }, never)).toEqual({
      items: [{ metadata: { name: 'a' } }],
      resourceVersion: '7',
      continueToken: 'n',
    })
    expect(asked).toEqual([
      '/clusters/one/apis/storage.k8s.io/v1/storageclasses?limit=500&continue=a+b%26c',
      'Bearer abc',
      'application/json',
    ])
  })

  it.each([
    ['nothing', ''],
    ['HTML', '<html>'],
    ['an array', '[]'],
    ['another object', '{"kind":"Status"}'],
  ])('that is %s is refused', async (_what, body) => {
    const source = await sourceOf((_request, response) => void response.end(body))
    await expect(source.list(all, never)).rejects.toThrow(Error)
  })

  it('that breaks off is refused', async () => {
    const source = await sourceOf((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"items":[')
      setImmediate(() => response.destroy())
    })
    await expect(source.list(all, never)).rejects.toThrow('aborted')
  })

  it.each([
    [403, '{"kind":"Status","message":"no"}', 'status 403: no'],
    [404, '404 page not found', 'status 404: Not Found'],
    [302, '', 'status 302: Found'],
  ])('refused with %d says so', async (code, body, message) => {
    const source = await sourceOf((_request, response) => void response.writeHead(code).end(body))
    const error = await source.list(all, never).catch((caught: unknown) => caught)
    expect(error).toEqual(new StatusError(code, message.slice('status 000: '.length)))
    expect(error).toMatchObject({ code, message })
  })

  it('rejects where nobody listens', async () => {
    const source = await sourceOf(() => undefined)
    server.close()
    await once(server, 'close')
    await expect(source.list(all, never)).rejects.toThrow('ECONNREFUSED')
  })
})

describe('a watch', () => {
  it('gives the events as they come, until it is closed', async () => {
    let asked: string | undefined
    const source = await sourceOf(({ url }, response) => {
      asked = url
      response.write('{"type":"ADDED","object":{"metadata":{"name":"gr\u00fc')
      setImmediate(() => response.end('n"}}}\n{"type":"BOOKMARK"}\n{"type":"DELETED","object":{}}\n{"type":"AD'))
    })
    expect(await collect(await source.watch(watch, never))).toEqual([
      { type: 'ADDED', object: { metadata: { name: 'gr\u00fcn' } } },
      { type: 'DELETED', object: {} },
    ])
    expect(asked).toBe(
      '/apis/storage.k8s.io/v1/storageclasses?watch=true&allowWatchBookmarks=true&resourceVersion=7&timeoutSeconds=300',
    )
  })

  it('is accepted before there is any event, and ends with the socket when it is aborted', async () => {
    let closed: Promise<unknown> = Promise.resolve()
    const source = await sourceOf(({ socket }, response) => {
      closed = once(socket, 'close')
      response.flushHeaders()
    })
    const controller = new AbortController()
    const events = await source.watch(watch, controller.signal)
    const ended = collect(events)
    controller.abort(new Error('enough'))
    await expect(ended).rejects.toThrow('aborted')
    await closed
  })

  it('can be aborted before it is accepted', async () => {
    const controller = new AbortController()
    let closed: Promise<unknown> = Promise.resolve()
    const source = await sourceOf(({ socket }) => {
      closed = once(socket, 'close')
      controller.abort(new Error('enough'))
    })
    await expect(source.watch(watch, controller.signal)).rejects.toThrow('aborted')
    await closed
  })

  it('frees its socket when nobody reads on', async () => {
    let closed: Promise<unknown> = Promise.resolve()
    const source = await sourceOf(({ socket }, response) => {
      closed = once(socket, 'close')
      response.write('{"type":"ADDED","object":{}}\n')
    })
    for await (const event of await source.watch(watch, never)) {
      expect(event.type).toBe('ADDED')
      break
    }
    await closed
  })

  it('that is no JSON is refused', async () => {
    const source = await sourceOf((_request, response) => void response.end('no\n'))
    await expect(collect(await source.watch(watch, never))).rejects.toThrow(SyntaxError)
  })
})
