import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import type { Logger } from '../telemetry/logger.ts'
import type { AdmissionMetrics, Endpoint } from '../telemetry/admission-metrics.ts'
import type { RefusalMetrics } from '../telemetry/refusal-metrics.ts'
import { admissionHandler, type Decide } from './admission-handler.ts'
import { Refusal, refuse } from './answer.ts'
import { defaultLimits, type Limits } from './body.ts'
import { Deadlines } from './deadlines.ts'
import { defaultInFlight, InFlight, type InFlightLimits } from './in-flight.ts'

/** What the webhook's app is made of. */
export interface AppOptions {
  /** Judges one object for each endpoint. */
  readonly decide: Readonly<Record<Endpoint, Decide>>
  readonly logger: Logger
  readonly metrics: AdmissionMetrics & RefusalMetrics
  readonly limits?: Partial<Limits>
  /** How much is done at a time, on both endpoints together. */
  readonly inFlight?: Partial<InFlightLimits>
  /** Milliseconds from any fixed moment, never going back. */
  readonly clock: () => number
}

/** The webhook as an express app: `POST /validate` and `POST /mutate`, and nothing else. */
export function createApp(options: AppOptions): Express {
  const { decide, logger, metrics, clock } = options
  const limits = { ...defaultLimits, ...options.limits }
  const deadlines = new Deadlines()
  const inFlight = new InFlight({ ...defaultInFlight, ...options.inFlight })
  const shared = { logger, metrics, limits, deadlines, inFlight, clock }
  const app = express()
  app.disable('x-powered-by').disable('etag').disable('query parser')
  app.enable('strict routing').enable('case sensitive routing')

  for (const endpoint of ['validate', 'mutate'] as const) {
    const handler = admissionHandler({ endpoint, decide: decide[endpoint], ...shared })
    app.post(`/${endpoint}`, handler)
    app.all(`/${endpoint}`, methodNotAllowed)
  }
  app.use(notFound)
  app.use(failed(logger))
  return app
}

const methodNotAllowed: RequestHandler = (request, response) =>
  refuse(request, response, new Refusal(405, 'the method must be POST', { allow: 'POST' }))

const notFound: RequestHandler = (request, response) =>
  refuse(request, response, new Refusal(404, 'the webhook answers at /validate and /mutate only'))

// Express recognises an error handler by its four parameters.
function failed(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    logger.error({ error }, 'request failed')
    if (response.headersSent) response.destroy()
    else refuse(request, response, new Refusal(500, 'the request could not be answered; the log says why'))
  }
}
