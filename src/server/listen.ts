import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from 'node:http'
import { createServer as createHttpsServer, type ServerOptions } from 'node:https'
import { isIPv6, type Server as NetServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SecureContextOptions } from 'node:tls'
import type { Logger } from '../telemetry/logger.ts'
import type { KeyPair } from './certificate.ts'
import { type DrainOptions, endServer } from './drain.ts'
import { healthListener, type HealthOptions, type Readiness } from './health.ts'
import type { MessageClasses } from './message-classes.ts'
import { trafficOf } from './traffic.ts'

export interface StartOptions extends HealthOptions {
  /** The webhook. */
  readonly app: RequestListener
  /** What its requests and responses are made of; Node's own by default. */
  readonly classes?: MessageClasses
  /** The address both ports listen on: `::` (all, in a pod) or `127.0.0.1`. */
  readonly host: string
  /** The webhook's TLS port; 0 takes a free one. */
  readonly port: number
  /** The plain port for probes and metrics; 0 takes a free one. */
  readonly healthPort: number
  readonly keyPair: KeyPair
  /** PEM of the authority that signs the API server's client certificate. With it, nobody else gets through. */
  readonly clientCa?: string
  readonly logger: Logger
}

/** A server that takes requests. */
export interface RunningServer {
  readonly port: number
  readonly healthPort: number
  /** Where the webhook answers on this machine, without a path. */
  readonly url: string
  /** Uses another key pair for new connections; those that are open go on. */
  setKeyPair(pair: KeyPair): void
  /**
   * Ends the server without losing a request: it first says that it is not ready but goes on as usual, then accepts
   * nothing new and lets its connections end. Both ports are closed afterwards. A second call waits for the first.
   */
  drain(options: DrainOptions): Promise<void>
}

// How long a client may take for its headers counts from the moment it connects, and Go keeps connections in its pool
// that were never used: a shorter time than for kept connections would answer 408 to nobody's request, just as one may
// be on its way. The time for a body is the handler's own.
const idleMs = 120_000

const clientLimits: ServerOptions = {
  headersTimeout: idleMs,
  requestTimeout: idleMs,
  connectionsCheckingInterval: 5000,
  handshakeTimeout: 10_000,
  // The API server closes a connection that was idle for 90 s (IdleConnTimeout of Go's default transport). We must
  // wait longer: closing first, just as a request is on its way, would fail that request.
  keepAliveTimeout: idleMs,
}

/** Listens on both ports; ready as soon as both are open and `ready` agrees. Rejects where a port cannot be opened. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { app, classes, host, keyPair, clientCa, logger, metrics } = options
  let phase: Phase = 'starting'
  const ready = (): Readiness => readinessIn(phase, options.ready)
  const health = createHttpServer(clientLimits, healthListener({ ready, metrics }))
  const traffic = trafficOf(app)
  const server = createHttpsServer(
    { ...clientLimits, ...classes, ...secureContext(keyPair, clientCa) },
    traffic.listener,
  )
  server.on('secureConnection', traffic.opened)
  server.on('tlsClientError', (error) => logger.debug({ error }, 'TLS handshake failed'))

  const healthPort = await listen(health, options.healthPort, host)
  const port = await listen(server, options.port, host).catch(async (error: unknown) => {
    await close(health)
    throw error
  })
  phase = 'serving'

  const end = async ({ readinessDelayMs, deadlineMs }: DrainOptions): Promise<void> => {
    phase = 'draining'
    const delayMs = Math.min(readinessDelayMs, deadlineMs)
    await sleep(delayMs)
    await endServer(server, traffic, deadlineMs - delayMs)
    await close(health)
  }
  let ended: Promise<void> | undefined
  return {
    port,
    healthPort,
    url: `https://${localAddress(host)}:${port}`,
    setKeyPair: (pair) => server.setSecureContext(secureContext(pair, clientCa)),
    drain: (drainOptions) => (ended ??= end(drainOptions)),
  }
}

type Phase = 'starting' | 'serving' | 'draining'

function readinessIn(phase: Phase, ready: () => Readiness): Readiness {
  switch (phase) {
    case 'starting':
      return { ready: false, reasons: ['the webhook is not listening yet'] }
    case 'draining':
      return { ready: false, reasons: ['the server is being stopped'] }
    case 'serving':
      return ready()
    default:
      return phase satisfies never
  }
}

function secureContext({ cert, key }: KeyPair, clientCa: string | undefined): ServerOptions & SecureContextOptions {
  const own = { cert, key, minVersion: 'TLSv1.2' } as const
  return clientCa === undefined ? own : { ...own, ca: clientCa, requestCert: true, rejectUnauthorized: true }
}

async function listen(server: NetServer, port: number, host: string): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

async function close(server: HttpServer): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

function localAddress(host: string): string {
  if (host === '::') return '[::1]'
  if (host === '0.0.0.0') return '127.0.0.1'
  return isIPv6(host) ? `[${host}]` : host
}
