import type { ServeConfig } from '../config.ts'
import { judgeDeferring } from './deferring.ts'
import { mutate, validate } from '../engine/decide.ts'
import type { Surroundings } from '../engine/evaluate.ts'
import type { Inventory } from '../kubernetes/inventory.ts'
import type { PolicySet } from '../policy/compiled.ts'
import type { Decide } from '../server/admission-handler.ts'
import { createApp } from '../server/app.ts'
import type { KeyPair } from '../server/certificate.ts'
import type { Readiness } from '../server/health.ts'
import { messageClasses } from '../server/message-classes.ts'
import { type RunningServer, startServer } from '../server/listen.ts'
import { followPolicies, type PolicyFeed } from './policy-following.ts'
import { recorder } from './recording.ts'
import { followCertificate, openKeyPair } from './serving-certificate.ts'
import { ScanThread } from '../server/scan-thread.ts'
import { createLogger, type Logger } from '../telemetry/logger.ts'
import { createMetrics, type Metrics } from '../telemetry/metrics.ts'

/** Where the inventory comes from, and whether it is there yet. */
export interface InventorySource {
  current(): Inventory
  ready(): Readiness
  ageSeconds(): number | undefined
  stop(): Promise<void>
}

export interface ServeOptions {
  readonly config: ServeConfig
  readonly feed: PolicyFeed
  /** Opens the inventory; given the logger, so that there is one. */
  readonly inventory: (logger: Logger) => Promise<InventorySource>
  readonly now: () => Date
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
export async function startWebhook({ config, feed, inventory, now }: ServeOptions): Promise<Webhook> {
  const logger = createLogger({ level: config.logLevel })
  const metrics = createMetrics()
  const keyPair = await openKeyPair(config, now())
  metrics.certificateLoaded(keyPair)
  const source = await inventory(logger)
  metrics.inventoryAgeFrom(() => source.ageSeconds())
  const following = followPolicies(feed, logger, metrics, now)
  const surroundings = (): Surroundings => ({ inventory: source.current(), now: now() })
  const thread = new ScanThread({ logger })
  const app = admissionApp({ policies: following.policies, surroundings, thread, logger, metrics })
  const { host, port, healthPort, drainDelayMs } = config
  const ready = (): Readiness => source.ready()
  const classes = messageClasses(app)
  const server = await startServer({ app, classes, host, port, healthPort, keyPair, logger, metrics, ready }).catch(
    async (error: unknown) => {
      // Watches left open would keep the process from ending.
      following.stop()
      await source.stop()
      throw error
    },
  )
  const stopCertificate = followCertificate(config, keyPair, server, logger, metrics)
  const certificate = config.tls === undefined ? 'self-signed' : 'files'
  const { url } = server
  logger.info(
    { url, healthPort: server.healthPort, policies: following.policies().policies.length, certificate },
    'webhook started',
  )
  return {
    server,
    keyPair,
    async stop() {
      logger.info({}, 'stopping')
      await server.drain({ readinessDelayMs: drainDelayMs, deadlineMs: drainDelayMs + drainDeadlineMs })
      await thread.stop()
      stopCertificate()
      following.stop()
      await source.stop()
      logger.info({}, 'stopped')
    },
  }
}

interface AdmissionParts {
  readonly policies: () => PolicySet
  readonly surroundings: () => Surroundings
  readonly thread: ScanThread
  readonly logger: Logger
  readonly metrics: Metrics
}

function admissionApp({
  policies,
  surroundings,
  thread,
  logger,
  metrics,
}: AdmissionParts): ReturnType<typeof createApp> {
  const record = recorder(logger, metrics)
  const deciding =
    (judge: typeof validate): Decide =>
    (request, left) => {
      // Taken once: a review that is judged again is judged by the same policies.
      const [inForce, around] = [policies(), surroundings()]
      const decision = judgeDeferring(
        (scanSecrets) => judge(inForce, request, { ...around, scanSecrets }),
        thread,
        left,
      )
      return decision instanceof Promise ? decision.then(record) : record(decision)
    }
  return createApp({
    decide: { validate: deciding(validate), mutate: deciding(mutate) },
    logger,
    metrics,
    clock: () => performance.now(),
  })
}
