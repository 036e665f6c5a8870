import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { Refusal } from './answer.ts'
import { isDeeperThan } from './depth.ts'

/** What a request may bring. */
export interface Limits {
  /** The largest body, in bytes. */
  readonly bodyBytes: number
  /** The deepest nesting of arrays and objects. */
  readonly maxDepth: number
}

/**
 * A review carries an object and its old version, each up to what etcd stores (1.5 MiB) and written out as JSON with its
 * managed fields; a smaller limit would be a way around the policies, or an outage. No object of Kubernetes is nested
 * anywhere near 1,000 levels, and recursion over that many is safe.
 */
export const defaultLimits: Limits = { bodyBytes: 7 * 1024 * 1024, maxDepth: 1000 }

/** The client went away before its request was complete. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone'
}

/**
 * Reads a request's body as JSON.
 *
 * @param milliseconds how long the client may take to send it.
 * @throws {Refusal} where the body is not acceptable, as early as that is known. {@link ClientGone}
 */
export async function readJson(request: IncomingMessage, limits: Limits, milliseconds: number): Promise<unknown> {
  checkHeaders(request, limits)
  const bytes = await readBytes(request, limits, milliseconds)
  if (isDeeperThan(bytes, limits.maxDepth)) {
    throw new Refusal(400, `the body is nested too deeply; at most ${limits.maxDepth} levels are accepted`)
  }
  if (!isUtf8(bytes)) throw new Refusal(400, 'the body is not valid UTF-8')
  try {
    return JSON.parse(bytes.toString())
  } catch {
    // The parser's own message quotes the body.
    throw new Refusal(400, 'the body is not valid JSON; expected is an AdmissionReview of admission.k8s.io/v1')
  }
}

function checkHeaders(request: IncomingMessage, limits: Limits): void {
  const { headers } = request
  const mediaType = (headers['content-type'] ?? '').split(';', 1).join('').trim().toLowerCase()
  if (mediaType !== 'application/json') throw new Refusal(415, 'content-type must be application/json')
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity'
  if (encoding !== 'identity') throw new Refusal(415, 'content-encoding is not accepted; send the body as it is')
  if (Number(headers['content-length'] ?? 0) > limits.bodyBytes) throw tooLarge(limits)
}

function tooLarge(limits: Limits): Refusal {
  return new Refusal(413, `the body is too large; at most ${limits.bodyBytes} bytes are accepted`)
}

// By hand, since express.raw and express.json know no deadline.
function readBytes(request: IncomingMessage, limits: Limits, milliseconds: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const settle = (error?: Error): void => {
      clearTimeout(timer)
      request.off('data', onData).off('end', settle).off('close', onClose)
      const [only] = chunks
      if (error !== undefined) reject(error)
      else resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks))
    }
    const onData = (chunk: Buffer): void => {
      size += chunk.length
      chunks.push(chunk)
      if (size > limits.bodyBytes) settle(tooLarge(limits))
    }
    const onClose = (): void => settle(new ClientGone('the connection was closed before the request was complete'))
    const timer = setTimeout(() => settle(late()), milliseconds)
    request.on('data', onData).once('end', settle).once('close', onClose)
  })
}

/** The answer to a request whose time is up: the API server has stopped waiting for it. */
export function late(): Refusal {
  return new Refusal(504, 'the time-out of the request passed before it could be judged')
}
