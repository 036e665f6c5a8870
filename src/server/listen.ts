import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from 'node:http'
import { createServer as createHttpsServer, type ServerOptions } from 'node:https'
import { isIPv6, type Server as NetServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../telemetry/logger.ts'
import type { RefusalMetrics } from '../telemetry/refusal-metrics.ts'
import type { KeyPair } from './certificate.ts'
import { type ClientAuthority, clientGate, failedByCertificate } from './client-authority.ts'
import { type DrainOptions, endServer } from './drain.ts'
import { healthListener, type HealthOptions, type Readiness } from './health.ts'
import type { MessageClasses } from './message-classes.ts'
import { secureContext, type Trust } from './secure-context.ts'
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
  /** Whom the API server's client certificate is from, and its names. With it, nobody else gets through. */
  readonly clients?: ClientAuthority | undefined
  readonly metrics: HealthOptions['metrics'] & RefusalMetrics
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
  /** Trusts other authorities (PEM) of client certificates on new connections, where they are asked for at all. */
  setClientCa(ca: string): void
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

const webhookLimits: ServerOptions = {
  headersTimeout: idleMs,
  requestTimeout: idleMs,
  connectionsCheckingInterval: 5000,
  handshakeTimeout: 10_000,
  // The API server closes a connection that was idle for 90 s (IdleConnTimeout of Go's default transport). We must
  // wait longer: closing first, just as a request is on its way, would fail that request.
  keepAliveTimeout: idleMs,
  maxHeaderSize: 16 * 1024,
}

// HTTP/1.1 has one call at a time on a connection: four times as many as there may be calls, for API servers that keep
// theirs open. A TLS connection takes some tens of KiB.
const maxWebhookConnections = 1024

// Probes and scrapes ask on a new connection, get one small answer each, and are few.
const healthMs = 5000
const healthLimits: ServerOptions = {
  headersTimeout: healthMs,
  requestTimeout: healthMs,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16 * 1024,
}
const maxHealthConnections = 64

/** Listens on both ports; ready as soon as both are open and `ready` agrees. Rejects where a port cannot be opened. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { app, classes, host, clients, logger, metrics } = options
  let phase: Phase = 'starting'
  const ready = (): Readiness => readinessIn(phase, options.ready)
  const onCrowdedOut = (): void => metrics.refused('connections')
  const probes = trafficOf(healthListener({ ready, metrics }), { maxConnections: maxHealthConnections, onCrowdedOut })
  const health = createHttpServer(healthLimits, probes.listener)
  health.on('connection', probes.opened).setTimeout(healthMs)
  health.maxRequestsPerSocket = 1

  let trust: Trust = { keyPair: options.keyPair, ca: clients?.ca }
  const gate = clients === undefined ? undefined : clientGate(clients, app, { logger, metrics })
  const traffic = trafficOf(gate?.listener ?? app, { maxConnections: maxWebhookConnections, onCrowdedOut })
  const server = createHttpsServer({ ...webhookLimits, ...classes, ...secureContext(trust) }, traffic.listener)
  server.on('connection', traffic.opened).setTimeout(idleMs)
  if (gate !== undefined) server.on('secureConnection', gate.connected)
  server.on('tlsClientError', (error, socket) => {
    const byCertificate = clients !== undefined && failedByCertificate(error, socket)
    if (byCertificate) metrics.refused('client_certificate')
    logger.debug({ error, problem: socket.authorizationError ?? '', byCertificate }, 'TLS handshake failed')
  })

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
    setKeyPair(pair) {
      trust = { ...trust, keyPair: pair }
      server.setSecureContext(secureContext(trust))
    },
    setClientCa(ca) {
      if (trust.ca === undefined) return
      trust = { ...trust, ca }
      server.setSecureContext(secureContext(trust))
    },
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
