import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { Refusal } from './answer.ts'
import type { Deadlines, Wait } from './deadlines.ts'
import { isDeeperThan } from './depth.ts'
import { Overloaded, type Place } from './in-flight.ts'

/** What a request may bring. */
export interface Limits {
  /** The largest body, in bytes. */
  readonly bodyBytes: number
  /** The deepest nesting of arrays and objects. */
  readonly maxDepth: number
  /** How long a client may take to send a body, in milliseconds; less where its time-out is shorter. */
  readonly bodyMs: number
}

/**
 * A review carries an object and its old version, each up to what etcd stores (1.5 MiB) and written out as JSON with its
 * managed fields; a smaller limit would be a way around the policies, or an outage. No object of Kubernetes is nested
 * anywhere near 1,000 levels, and recursion over that many is safe. The API server has a body ready before it calls, and
 * sends it in one go: ten seconds are for 7 MiB at 6 Mbit/s. Whoever trickles must not keep a place among the calls for
 * the 30 s that they may ask for.
 */
export const defaultLimits: Limits = { bodyBytes: 7 * 1024 * 1024, maxDepth: 1000, bodyMs: 10_000 }

/** The client went away before its request was complete. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone'
}

/** What is done with a body; one of `take` and `fail` is called once. */
export interface BodyReceiver {
  /** The last byte is there; what they say is read next. */
  arrived(): void
  take(body: unknown): void
  /** {@link Refusal} where the body is not acceptable, as early as that is known; {@link ClientGone}. */
  fail(error: unknown): void
}

export interface ReadOptions {
  readonly limits: Limits
  readonly deadlines: Deadlines
  /** How long the client waits for the answer. */
  readonly milliseconds: number
  /** What the call holds while it is in flight. */
  readonly place: Place
}

/** Reads a request's body as JSON. */
export function readJson(request: IncomingMessage, options: ReadOptions, receiver: BodyReceiver): void {
  const refusal = refusalOfHeaders(request, options.limits)
  if (refusal === undefined) new Reading(options, receiver).start(request)
  else receiver.fail(refusal)
}

// By hand, since express.raw and express.json know no deadline; with callbacks, which cost less than promises.
class Reading implements Wait {
  readonly due: number
  readonly #options: ReadOptions
  readonly #receiver: BodyReceiver
  #chunks: Buffer[] = []
  #size = 0
  #settled = false

  constructor(options: ReadOptions, receiver: BodyReceiver) {
    this.due = performance.now() + Math.min(options.milliseconds, options.limits.bodyMs)
    this.#options = options
    this.#receiver = receiver
  }

  start(request: IncomingMessage): void {
    request.on('data', (chunk: Buffer) => this.#add(chunk))
    request.on('end', () => this.#end())
    // What comes after the end is of no interest any more.
    request.on('close', () =>
      this.#fail(() => new ClientGone('the connection was closed before the request was complete')),
    )
    this.#options.deadlines.add(this)
  }

  expire(): void {
    this.#fail(late)
  }

  #add(chunk: Buffer): void {
    if (this.#settled) return
    this.#size += chunk.length
    this.#chunks.push(chunk)
    if (this.#size > this.#options.limits.bodyBytes) this.#fail(() => tooLarge(this.#options.limits))
    else if (!this.#options.place.grow(chunk.length)) this.#fail(() => new Overloaded('memory'))
  }

  #end(): void {
    if (this.#settled) return
    const [only] = this.#chunks
    const bytes = this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks)
    this.#settle()
    this.#receiver.arrived()
    let body: unknown
    try {
      body = parse(bytes, this.#options.limits)
    } catch (error) {
      this.#receiver.fail(error)
      return
    }
    this.#receiver.take(body)
  }

  #fail(reason: () => Error): void {
    if (this.#settled) return
    this.#settle()
    this.#receiver.fail(reason())
  }

  #settle(): void {
    this.#settled = true
    this.#chunks = []
    this.#options.deadlines.delete(this)
  }
}

// Up to this size nothing can be nested deeply enough to do harm: what recurses into an object of a rule's choosing
// stops by itself. To look at every byte of every body would take a twentieth of an answer's time.
const smallBytes = 64 * 1024

function parse(bytes: Buffer, { maxDepth }: Limits): unknown {
  if (bytes.length > smallBytes && isDeeperThan(bytes, maxDepth)) {
    throw new Refusal(400, `the body is nested too deeply; at most ${maxDepth} levels are accepted`)
  }
  if (!isUtf8(bytes)) throw new Refusal(400, 'the body is not valid UTF-8')
  try {
    return JSON.parse(bytes.toString())
  } catch {
    // The parser's own message quotes the body.
    throw new Refusal(400, 'the body is not valid JSON; expected is an AdmissionReview of admission.k8s.io/v1')
  }
}

function refusalOfHeaders({ headers }: IncomingMessage, limits: Limits): Refusal | undefined {
  const type = headers['content-type'] ?? ''
  if (type !== 'application/json' && mediaTypeOf(type) !== 'application/json') {
    return new Refusal(415, 'content-type must be application/json')
  }
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity'
  if (encoding !== 'identity') {
    return new Refusal(415, 'content-encoding is not accepted; send the body as it is')
  }
  return Number(headers['content-length'] ?? 0) > limits.bodyBytes ? tooLarge(limits) : undefined
}

function mediaTypeOf(contentType: string): string {
  return contentType.split(';', 1).join('').trim().toLowerCase()
}

function tooLarge(limits: Limits): Refusal {
  return new Refusal(413, `the body is too large; at most ${limits.bodyBytes} bytes are accepted`)
}

/** The answer to a request whose time is up: the API server has stopped waiting for it. */
export function late(): Refusal {
  return new Refusal(504, 'the time-out of the request passed before it could be judged')
}
