import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { decodeReview, ReviewError, uidOf } from '../admission/decode.ts'
import type { AdmissionRequest } from '../admission/request.ts'
import type { AdmissionResponse } from '../admission/response.ts'
import { toReview } from '../admission/review.ts'
import { referenceOf } from '../kubernetes/object.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { AdmissionResult, Endpoint, Metrics } from '../telemetry/metrics.ts'
import { Refusal, refuse, sendJson } from './answer.ts'
import { type BodyReceiver, ClientGone, late, type Limits, readJson } from './body.ts'
import type { Deadlines } from './deadlines.ts'
import { parseDuration } from './duration.ts'

/** What a handler works with. */
export interface HandlerOptions {
  readonly endpoint: Endpoint
  /** Judges one object; pure. What it throws is answered as 500, so that the webhook's failurePolicy decides. */
  readonly decide: (request: AdmissionRequest) => AdmissionResponse
  readonly logger: Logger
  readonly metrics: Pick<Metrics, 'admitted'>
  readonly limits: Limits
  readonly deadlines: Deadlines
  /** Milliseconds from any fixed moment, never going back. */
  readonly clock: () => number
}

/** Handles the calls of one endpoint. Every call ends in one answer, one count and one line in the log. */
export function admissionHandler(options: HandlerOptions): RequestHandler {
  const timeoutOf = timeoutReader()
  return (request, response, next) => {
    const call = new Call(options, timeoutOf(request.url), { request, response, next })
    readJson(request, { limits: options.limits, deadlines: options.deadlines, milliseconds: call.milliseconds }, call)
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
}

/** One webhook call, from its first header to its answer. */
class Call implements BodyReceiver {
  readonly milliseconds: number
  readonly #options: HandlerOptions
  readonly #exchange: Exchange
  readonly #started: number
  #uid = ''
  #subject: AdmissionRequest | undefined

  constructor(options: HandlerOptions, milliseconds: number, exchange: Exchange) {
    this.milliseconds = milliseconds
    this.#options = options
    this.#exchange = exchange
    this.#started = options.clock()
  }

  take(body: unknown): void {
    try {
      this.#answer(this.#judge(body))
    } catch (error) {
      this.fail(error)
    }
  }

  fail(error: unknown): void {
    try {
      this.#refuse(error)
    } catch (fault) {
      this.#exchange.next(fault)
    }
  }

  #judge(body: unknown): AdmissionResponse {
    const { clock, decide, endpoint } = this.#options
    this.#uid = uidOf(body)
    this.#subject = decodeReview(body)
    if (clock() - this.#started >= this.milliseconds) throw late()
    const decision = decide(this.#subject)
    // The API server takes a validating answer with a patch for a failure, and so it is ours.
    if (endpoint === 'validate' && decision.allowed && decision.patch.length > 0) {
      throw new TypeError('a validating answer must not have a patch')
    }
    return decision
  }

  #answer(decision: AdmissionResponse): void {
    sendJson(this.#exchange.response, 200, JSON.stringify(toReview(this.#uid, decision)))
    const result = resultOf(decision)
    const fields = {
      ...this.#finish(result),
      allowed: decision.allowed,
      warnings: decision.warnings.length,
      ...(decision.allowed ? { changes: decision.patch.length } : { causes: decision.causes.length }),
    }
    if (result === 'allowed') this.#options.logger.debug(fields, 'request allowed')
    else this.#options.logger.info(fields, result === 'denied' ? 'request denied' : 'request patched')
  }

  #refuse(error: unknown): void {
    const { logger } = this.#options
    const { request, response } = this.#exchange
    if (error instanceof ClientGone) {
      logger.info(this.#finish('aborted'), 'client went away')
    } else if (error instanceof Refusal || error instanceof ReviewError) {
      const refusal = error instanceof Refusal ? error : new Refusal(400, `no AdmissionReview: ${error.message}`)
      refuse(request, response, refusal, this.#uid)
      const fields = this.#finish(refusal.status === 504 ? 'timeout' : 'invalid')
      logger.warn({ ...fields, status: refusal.status, problem: refusal.message }, 'request refused')
    } else {
      refuse(request, response, new Refusal(500, 'the request could not be judged; the log says why'), this.#uid)
      logger.error({ ...this.#finish('fault'), error }, 'request failed')
    }
  }

  /** Counts the call; gives the fields that say which it was. */
  #finish(result: AdmissionResult): object {
    const { clock, endpoint, metrics } = this.#options
    const milliseconds = clock() - this.#started
    const operation = this.#subject?.operation ?? 'unknown'
    const { kind, name, namespace } = subjectOf(this.#subject)
    metrics.admitted({ endpoint, operation, kind, result, milliseconds })
    return {
      endpoint,
      uid: this.#uid,
      operation,
      kind,
      namespace,
      name,
      user: this.#subject?.userInfo.username ?? '',
      dryRun: this.#subject?.dryRun ?? false,
      milliseconds: Math.round(milliseconds * 1000) / 1000,
    }
  }
}

function subjectOf(request: AdmissionRequest | undefined): { kind: string; namespace: string; name: string } {
  const object = request?.object ?? request?.oldObject
  const { kind, name } = referenceOf(object ?? {})
  return { kind: kind === '' ? 'unknown' : kind, namespace: request?.namespace ?? '', name }
}

function resultOf(decision: AdmissionResponse): AdmissionResult {
  if (!decision.allowed) return 'denied'
  return decision.patch.length > 0 ? 'patched' : 'allowed'
}
