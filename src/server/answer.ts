import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * A request that is not answered with a decision. The message goes to the client: what is wrong and what is expected,
 * never content of the body.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: RefusalStatus
  readonly headers: Readonly<Record<string, string>>

  constructor(status: RefusalStatus, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }
}

// The reasons are those of Kubernetes (meta/v1 StatusReason).
const reasons = {
  400: 'BadRequest',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  429: 'TooManyRequests',
  500: 'InternalError',
  504: 'Timeout',
} as const

export type RefusalStatus = keyof typeof reasons

/** Answers with a JSON text. */
export function sendJson(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, jsonHeaders(text, headers))
  response.end(text)
}

function jsonHeaders(text: string, headers: Readonly<Record<string, string>>): Record<string, string | number> {
  return { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers }
}

/**
 * Answers with a Kubernetes Status (meta/v1): the API server shows its message to the user, and nothing of other bodies.
 * `uid` is that of the review, '' where it has none.
 */
export function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal, uid = ''): void {
  const text = JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message: refusal.message,
    reason: reasons[refusal.status],
    code: refusal.status,
    ...(uid === '' ? {} : { details: { uid } }),
  })
  if (request.complete || !hasBody(request)) sendJson(response, refusal.status, text, refusal.headers)
  else answerUnread(request, response, refusal, text)
}

function hasBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length']
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
}

// How long a client may go on sending what nobody reads.
const lingerMs = 2000

/**
 * Answers while the client is still sending. Closing at once would reset the connection, and the client might lose the
 * answer together with it; so the rest is thrown away for a moment before the answer ends.
 */
function answerUnread(request: IncomingMessage, response: ServerResponse, refusal: Refusal, text: string): void {
  response.writeHead(refusal.status, jsonHeaders(text, { ...refusal.headers, connection: 'close' }))
  response.write(text)
  const finish = (): void => {
    clearTimeout(timer)
    response.end()
  }
  const timer = setTimeout(finish, lingerMs)
  request.once('end', finish).once('close', finish).resume()
}
