import { type IncomingMessage, request as httpRequest } from 'node:http'
import { type RequestOptions, request as httpsRequest } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
import { asString, isObject, type JsonObject, type JsonValue, member } from '../kubernetes/json.ts'
import { StatusError } from './source.ts'

const maxStatusCharacters = 64 * 1024

// Linux asks ten times, once a second, so a peer that is gone is noticed after 40 s.
const keepAliveAfterMs = 30_000

/**
 * Sends a GET to the API server of the current context and resolves with its answer once the headers are there; the
 * body, as text, is still to be read. Aborting the signal destroys the socket at any time.
 *
 * Rejects with a StatusError for an answer that is no success, and with Node's error where there is no answer.
 *
 * @param path the path with its query: `/api/v1/namespaces?limit=500`.
 */
export function getFromApi(kubeConfig: KubeConfig, path: string, signal: AbortSignal): Promise<IncomingMessage> {
  return callApi(kubeConfig, { method: 'GET', path }, signal)
}

/** A call of the API server. */
export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** The path with its query: `/api/v1/namespaces?limit=500`. */
  readonly path: string
  readonly body?: JsonObject
  /** What a body is; JSON by default. A patch says which kind it is: `application/apply-patch+yaml`. */
  readonly contentType?: string
}

/** As {@link getFromApi}, for any call; success is any status from 200 to 299. */
export async function callApi(
  kubeConfig: KubeConfig,
  { method, path, body, contentType = 'application/json' }: ApiCall,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const cluster = kubeConfig.getCurrentCluster()
  if (cluster === null) throw new Error('the kubeconfig has no current cluster')
  const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
  const described = content === undefined ? {} : { 'content-type': contentType, 'content-length': content.length }
  const headers = { accept: 'application/json', 'user-agent': 'holdfast', ...described }
  const options: RequestOptions = { method, headers, signal }
  await kubeConfig.applyToHTTPSOptions(options)
  // The library keeps its agent with the certificates it was made with. Without one, each connection reads the
  // authority and the client certificate as they are now, and ends with its request. Only a proxy needs the agent.
  if (cluster.proxyUrl === undefined) options.agent = false
  const response = await send(urlOf(cluster.server, path), options, content)
  response.setEncoding('utf8')
  const code = response.statusCode ?? 0
  if (code < 200 || code > 299) throw await statusErrorOf(response)
  return response
}

/** Reads a body that is a JSON object. Rejects with an Error where it is none or is longer than allowed (UTF-16 units). */
export async function readJsonObject(response: IncomingMessage, maxCharacters: number): Promise<JsonObject> {
  const value: unknown = JSON.parse(await readText(response, maxCharacters))
  if (!isObject(value)) throw new Error('the API server did not answer with a JSON object')
  return value
}

function send(url: URL, options: RequestOptions, content: Buffer | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options)
    request.once('response', resolve)
    // Stays for good: an error after the headers also reaches the body, whose reader deals with it.
    request.on('error', reject)
    request.setSocketKeepAlive(true, keepAliveAfterMs)
    request.end(content)
  })
}

// A server may have a path of its own, behind a proxy of several clusters.
function urlOf(server: string, path: string): URL {
  return new URL(`${server.endsWith('/') ? server.slice(0, -1) : server}${path}`)
}

async function readText(response: IncomingMessage, maxCharacters: number): Promise<string> {
  const pieces: string[] = []
  let length = 0
  for await (const piece of textOf(response)) {
    length += piece.length
    if (length > maxCharacters) throw new RangeError(`the answer is longer than ${maxCharacters} characters`)
    pieces.push(piece)
  }
  return pieces.join('')
}

/** The body of an answer as pieces of text. Leaving off early destroys the socket. */
export async function* textOf(response: IncomingMessage): AsyncGenerator<string> {
  for await (const piece of response) yield String(piece)
}

async function statusErrorOf(response: IncomingMessage): Promise<StatusError> {
  const code = response.statusCode ?? 0
  try {
    const status: JsonValue = await readJsonObject(response, maxStatusCharacters)
    return new StatusError(code, asString(member(status, 'message')) ?? '')
  } catch {
    // Not from the API server itself, or broken off: the code says enough.
    return new StatusError(code, response.statusMessage ?? '')
  }
}
