import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { decodeReview, ReviewError, uidOf } from '../admission/decode.ts'
import type { AdmissionRequest } from '../admission/request.ts'
import type { AdmissionResponse } from '../admission/response.ts'
import { toReview } from '../admission/review.ts'
import { referenceOf } from '../kubernetes/object.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { AdmissionMetrics, AdmissionResult, Endpoint } from '../telemetry/admission-metrics.ts'
import type { RefusalMetrics } from '../telemetry/refusal-metrics.ts'
import { Refusal, refuse, sendJson } from './answer.ts'
import { type BodyReceiver, ClientGone, late, type Limits, readJson } from './body.ts'
import type { Deadlines } from './deadlines.ts'
import { parseDuration } from './duration.ts'
import { type InFlight, Overloaded, type Place } from './in-flight.ts'

/**
 * Judges one object; `left` tells how many milliseconds there are until the answer has to be there. A promise is for
 * what takes so long that others are answered meanwhile. What it throws, or is rejected with, is answered as 500, so
 * that the webhook's failurePolicy decides.
 */
export type Decide = (request: AdmissionRequest, left: () => number) => AdmissionResponse | Promise<AdmissionResponse>

/** What a handler works with. */
export interface HandlerOptions {
  readonly endpoint: Endpoint
  readonly decide: Decide
  readonly logger: Logger
  readonly metrics: AdmissionMetrics & RefusalMetrics
  readonly limits: Limits
  readonly inFlight: InFlight
  readonly deadlines: Deadlines
  /** Milliseconds from any fixed moment, never going back. */
  readonly clock: () => number
}

/** Handles the calls of one endpoint. Every call ends in one answer and one count, and the log says what went wrong. */
export function admissionHandler(options: HandlerOptions): RequestHandler {
  const { limits, deadlines, inFlight } = options
  const timeoutOf = timeoutReader()
  return (request, response, next) => {
    const place = inFlight.enter()
    const call = new Call(options, timeoutOf(request.url), { request, response, next, place })
    if (place === undefined) call.fail(new Overloaded('in_flight'))
    else readJson(request, { limits, deadlines, milliseconds: call.milliseconds, place }, call)
  }
}

// The API server waits 30 s at most (ValidatingWebhook timeoutSeconds).
const maxTimeoutMs = 30_000

/** Reads the time-out of a URL. An API server asks with one and the same URL as a rule, so the last one is kept. */
function timeoutReader(): (url: string) => number {
  let last = { url: '', milliseconds: maxTimeoutMs }
  return (url) => {
    if (url !== last.url) last = { url, milliseconds: parseTimeout(url) }
    return last.milliseconds
  }
}

function parseTimeout(url: string): number {
  const [, text] = /[?&]timeout=([^&]+)/.exec(url) ?? []
  const milliseconds = text === undefined ? undefined : parseDuration(text)
  return milliseconds === undefined || milliseconds === 0 ? maxTimeoutMs : Math.min(milliseconds, maxTimeoutMs)
}

interface Exchange {
  readonly request: Request
  readonly response: Response
  readonly next: NextFunction
  /** What it takes up; undefined where there was no room. */
  readonly place: Place | undefined
}

/** One webhook call, from its first header to its answer. */
class Call implements BodyReceiver {
  readonly milliseconds: number
  readonly #options: HandlerOptions
  readonly #exchange: Exchange
  readonly #started: number
  #uid = ''
  #subject: AdmissionRequest | undefined
  #arrived = 0
  #decoded = 0

  constructor(options: HandlerOptions, milliseconds: number, exchange: Exchange) {
    this.milliseconds = milliseconds
    this.#options = options
    this.#exchange = exchange
    this.#started = options.clock()
  }

  arrived(): void {
    this.#arrived = this.#options.clock()
  }

  take(body: unknown): void {
    try {
      const decision = this.#judge(body)
      if (decision instanceof Promise) this.#await(decision)
      else this.#answer(decision)
    } catch (error) {
      this.fail(error)
    }
  }

  #await(deciding: Promise<AdmissionResponse>): void {
    deciding.then((decision) => this.#answerLate(decision)).catch((error: unknown) => this.fail(error))
  }

  fail(error: unknown): void {
    try {
      this.#refuse(error)
    } catch (fault) {
      this.#exchange.place?.leave()
      this.#exchange.next(fault)
    }
  }

  #judge(body: unknown): AdmissionResponse | Promise<AdmissionResponse> {
    this.#uid = uidOf(body)
    this.#subject = decodeReview(body)
    this.#decoded = this.#options.clock()
    if (this.#left() <= 0) throw late()
    return this.#options.decide(this.#subject, () => this.#left())
  }

  /** Milliseconds until the client stops waiting. */
  #left(): number {
    return this.milliseconds - (this.#options.clock() - this.#started)
  }

  /** Answers what was not judged at once: meanwhile the client may have stopped waiting. */
  #answerLate(decision: AdmissionResponse): void {
    if (this.#exchange.response.destroyed) throw new ClientGone('the connection was closed before the answer')
    if (this.#left() <= 0) throw late()
    this.#answer(decision)
  }

  #answer(decision: AdmissionResponse): void {
    const { clock, endpoint, logger } = this.#options
    const judged = clock()
    // The API server takes a validating answer with a patch for a failure, and so it is ours.
    if (endpoint === 'validate' && decision.allowed && decision.patch.length > 0) {
      throw new TypeError('a validating answer must not have a patch')
    }
    sendJson(this.#exchange.response, 200, JSON.stringify(toReview(this.#uid, decision)))
    const result = resultOf(decision)
    const milliseconds = this.#count(result)
    this.#phased(judged, this.#started + milliseconds)
    // What was decided and why is logged where it is decided; this is about the call.
    if (!logger.isDebug) return
    const fields = {
      ...this.#fields(milliseconds),
      result,
      warnings: decision.warnings.length,
      ...(decision.allowed ? { changes: decision.patch.length } : { causes: decision.causes.length }),
    }
    logger.debug(fields, 'request answered')
  }

  #refuse(error: unknown): void {
    const { logger, metrics } = this.#options
    const { request, response } = this.#exchange
    if (error instanceof ClientGone) {
      logger.info(this.#fields(this.#count('aborted')), 'client went away')
    } else if (error instanceof Overloaded) {
      refuse(request, response, error, this.#uid)
      metrics.refused(error.reason)
      // At debug only: whoever is under pressure has no time for a line each.
      logger.debug({ ...this.#fields(this.#count('refused')), reason: error.reason }, 'request turned away')
    } else if (error instanceof Refusal || error instanceof ReviewError) {
      const refusal = error instanceof Refusal ? error : new Refusal(400, `no AdmissionReview: ${error.message}`)
      refuse(request, response, refusal, this.#uid)
      const fields = this.#fields(this.#count(refusal.status === 504 ? 'timeout' : 'invalid'))
      logger.warn({ ...fields, status: refusal.status, problem: refusal.message }, 'request refused')
    } else {
      refuse(request, response, new Refusal(500, 'the request could not be judged; the log says why'), this.#uid)
      logger.error({ ...this.#fields(this.#count('fault')), error }, 'request failed')
    }
  }

  /** Counts the call, which is over and makes room; how long it took, in milliseconds. */
  #count(result: AdmissionResult): number {
    const { clock, endpoint, metrics } = this.#options
    const milliseconds = clock() - this.#started
    this.#exchange.place?.leave()
    const operation = this.#subject?.operation ?? 'unknown'
    metrics.admitted({ endpoint, operation, kind: kindOf(this.#subject), result, milliseconds })
    return milliseconds
  }

  #phased(judged: number, answered: number): void {
    const { endpoint, metrics } = this.#options
    metrics.phased(endpoint, {
      read: this.#arrived - this.#started,
      decode: this.#decoded - this.#arrived,
      evaluate: judged - this.#decoded,
      answer: answered - judged,
    })
  }

  /** Which call it was, for the log. */
  #fields(milliseconds: number): object {
    const request = this.#subject
    const object = request?.object ?? request?.oldObject
    return {
      endpoint: this.#options.endpoint,
      uid: this.#uid,
      operation: request?.operation ?? 'unknown',
      kind: kindOf(request),
      namespace: request?.namespace ?? '',
      name: object === undefined ? '' : referenceOf(object).name,
      user: request?.userInfo.username ?? '',
      dryRun: request?.dryRun ?? false,
      milliseconds: Math.round(milliseconds * 1000) / 1000,
    }
  }
}

function kindOf(request: AdmissionRequest | undefined): string {
  const kind = (request?.object ?? request?.oldObject)?.['kind']
  return typeof kind === 'string' && kind !== '' ? kind : 'unknown'
}

function resultOf(decision: AdmissionResponse): AdmissionResult {
  if (!decision.allowed) return 'denied'
  return decision.patch.length > 0 ? 'patched' : 'allowed'
}
