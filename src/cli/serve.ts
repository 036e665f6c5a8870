import type { ServeConfig } from '../config.ts'
import { followClients, openClients } from './client-certificates.ts'
import { judgeDeferring } from './deferring.ts'
import { type Decision, mutate, validate } from '../engine/decide.ts'
import { judgeResource } from '../engine/judge-resource.ts'
import type { Surroundings } from '../engine/evaluate.ts'
import type { Inventory } from '../kubernetes/inventory.ts'
import type { Decide } from '../server/admission-handler.ts'
import { createApp } from '../server/app.ts'
import type { KeyPair } from '../server/certificate.ts'
import type { Readiness } from '../server/health.ts'
import { messageClasses } from '../server/message-classes.ts'
import { type RunningServer, startServer } from '../server/listen.ts'
import { followPolicies, type PolicyFeed, type PolicyFollower, readyWith } from './policy-following.ts'
import { type EventSink, recorder } from './recording.ts'
import { mixedFeed, type PolicyResources } from './resource-feed.ts'
import { bothReady, type ManageCertificate, openCertificate } from './serving-certificate.ts'
import { ScanThread } from '../server/scan-thread.ts'
import { createLogger, type Logger } from '../telemetry/logger.ts'
import type { Endpoint } from '../telemetry/admission-metrics.ts'
import { createMetrics, type Metrics } from '../telemetry/metrics.ts'

/** Where the inventory comes from, and whether it is there yet. */
export interface InventorySource {
  current(): Inventory
  ready(): Readiness
  ageSeconds(): number | undefined
  /** Policies and exceptions of the cluster, where they are followed. */
  readonly policies?: PolicyResources
  stop(): Promise<void>
}

export interface ServeOptions {
  readonly config: ServeConfig
  readonly feed: PolicyFeed
  /** Opens the inventory; given the logger, so that there is one. */
  readonly inventory: (logger: Logger) => Promise<InventorySource>
  /** What looks after the certificate, where the configuration asks for that. */
  readonly manageCertificate?: ManageCertificate | undefined
  readonly now: () => Date
  /** Makes what writes Events; undefined: there are none. */
  readonly openEvents?: ((parts: { readonly logger: Logger; readonly metrics: Metrics }) => EventSink) | undefined
}

/** A webhook that runs. */
export interface Webhook {
  readonly server: RunningServer
  /** The certificate in use at start; its own authority where it was made here. */
  readonly keyPair: KeyPair
  /** Drains, then stops everything. */
  stop(): Promise<void>
}

// After readiness is withdrawn and the delay is over: what is in flight ends well within the API server's 30 s.
const drainDeadlineMs = 30_000

/** `holdfast serve`: starts the webhook. Rejects where a port or the certificate cannot be had. */
export async function startWebhook({
  config,
  feed,
  inventory,
  manageCertificate: manage,
  now,
  openEvents,
}: ServeOptions): Promise<Webhook> {
  const logger = createLogger({ level: config.logLevel })
  const metrics = createMetrics()
  const certificate = await openCertificate({ config, manage, now: now(), logger, metrics })
  const clients = await openClients(config)
  const source = await inventory(logger)
  metrics.inventoryAgeFrom(() => source.ageSeconds())
  const following = followPolicies(
    source.policies === undefined ? feed : mixedFeed(feed, source.policies, now),
    logger,
    metrics,
    now,
  )
  const surroundings = (): Surroundings => ({ inventory: source.current(), now: now() })
  const thread = new ScanThread({ logger, metrics })
  metrics.scanQueueFrom(() => thread.waiting())
  const events = openEvents?.({ logger, metrics })
  const record = recorder({ logger, metrics, decisionLog: config.decisionLog, events })
  const app = admissionApp({
    following,
    surroundings,
    thread,
    record,
    maxInFlight: config.maxInFlight,
    logger,
    metrics,
  })
  const { host, port, healthPort, drainDelayMs } = config
  const { keyPair, origin } = certificate
  const ready = bothReady(readyWith(source, following), certificate)
  const classes = messageClasses(app)
  const server = await startServer({
    app,
    classes,
    host,
    port,
    healthPort,
    keyPair,
    clients,
    logger,
    metrics,
    ready,
  }).catch(async (error: unknown) => {
    // Watches left open would keep the process from ending.
    following.stop()
    await source.stop()
    throw error
  })
  const stopCertificate = certificate.follow(server)
  const stopClients = followClients(config, clients, server, logger)
  const { url } = server
  logger.info(
    { url, healthPort: server.healthPort, policies: following.policies().policies.length, certificate: origin },
    'webhook started',
  )
  return {
    server,
    keyPair,
    async stop() {
      logger.info({}, 'stopping')
      // At once: a call of the API server that hangs may take its ten seconds beside the drain.
      const certificateStopped = stopCertificate()
      await server.drain({ readinessDelayMs: drainDelayMs, deadlineMs: drainDelayMs + drainDeadlineMs })
      await thread.stop()
      events?.stop()
      await certificateStopped
      stopClients()
      following.stop()
      await source.stop()
      logger.info({}, 'stopped')
    },
  }
}

interface AdmissionParts {
  readonly following: PolicyFollower
  readonly surroundings: () => Surroundings
  readonly thread: ScanThread
  readonly record: ReturnType<typeof recorder>
  readonly maxInFlight: number | undefined
  readonly logger: Logger
  readonly metrics: Metrics
}

function admissionApp({
  following,
  surroundings,
  thread,
  record,
  maxInFlight,
  logger,
  metrics,
}: AdmissionParts): ReturnType<typeof createApp> {
  const clock = (): number => performance.now()
  const deciding =
    (endpoint: Endpoint, judge: typeof validate): Decide =>
    (request, left) => {
      const started = clock()
      // Taken once: a review that is judged again is judged by the same policies.
      const [inForce, around] = [following.policies(), surroundings()]
      const decision = judgeDeferring(
        (scanSecrets) => judge(inForce, request, { ...around, scanSecrets }),
        thread,
        left,
      )
      const answer = (made: Decision): Decision['response'] =>
        record({ endpoint, request, decision: made, milliseconds: clock() - started })
      return decision instanceof Promise ? decision.then(answer) : answer(decision)
    }
  return createApp({
    decide: { validate: deciding('validate', validateOrRead(following)), mutate: deciding('mutate', mutate) },
    inFlight: maxInFlight === undefined ? {} : { calls: maxInFlight },
    logger,
    metrics,
    clock,
  })
}

/** What is applied as a policy or an exception is read, and anything else judged. */
function validateOrRead({ files }: PolicyFollower): typeof validate {
  return (policies, request, surroundings) =>
    judgeResource(request, { files: files(), policies, now: surroundings.now }) ??
    validate(policies, request, surroundings)
}
