import type { ServeConfig } from '../config.ts'
import { type KeyPair, loadKeyPair, selfSignedCertificate, watchKeyPair } from '../server/certificate.ts'
import type { Readiness } from '../server/health.ts'
import type { RunningServer } from '../server/listen.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'

// Files are compared by content this often; the kubelet takes a minute to bring a change anyway.
const certificatePollMs = 2000

/** What looks after the certificate together with the other replicas. */
export interface CertificateManager {
  start(): void
  ready(): Readiness
  stop(): Promise<void>
}

/** Makes the manager, where the configuration asks for one; it calls back with each pair to serve with. */
export type ManageCertificate = (logger: Logger, onPair: (pair: KeyPair) => void) => CertificateManager

/** The certificate to serve with, as it changes. */
export interface ServingCertificate {
  /** What to begin with. */
  readonly keyPair: KeyPair
  /** Where it comes from, in one word. */
  readonly origin: 'self-signed' | 'files' | 'self-managed'
  ready(): Readiness
  /** Puts each new pair into use from now on. Returns the way to stop. */
  follow(server: Pick<RunningServer, 'setKeyPair'>): () => Promise<void>
}

export interface CertificateOptions {
  readonly config: Pick<ServeConfig, 'tls'>
  readonly manage: ManageCertificate | undefined
  readonly now: Date
  readonly logger: Logger
  readonly metrics: Metrics
}

/**
 * Opens the certificate: that of the files, one that is looked after in the cluster, or one made now. Rejects where the
 * files are no pair.
 */
export async function openCertificate(options: CertificateOptions): Promise<ServingCertificate> {
  const { config, manage, now, metrics } = options
  const own = await (config.tls === undefined
    ? selfSignedCertificate(['localhost', '127.0.0.1', '::1'], now)
    : loadKeyPair(config.tls.certFile, config.tls.keyFile))
  if (manage !== undefined) return managedCertificate(own, manage, options)
  metrics.certificateLoaded(own)
  const { tls } = config
  const ready = (): Readiness => ({ ready: true, reasons: [] })
  if (tls === undefined) return { keyPair: own, origin: 'self-signed', ready, follow: () => () => Promise.resolve() }
  return { keyPair: own, origin: 'files', ready, follow: (server) => followFiles(tls, own, server, options) }
}

/** Ready where both are, for the reasons of both. */
export function bothReady(others: () => Readiness, certificate: Pick<ServingCertificate, 'ready'>): () => Readiness {
  return () => {
    const [one, two] = [others(), certificate.ready()]
    return { ready: one.ready && two.ready, reasons: [...one.reasons, ...two.reasons] }
  }
}

/** Until the cluster has given a pair, nobody is to call: the one that ports are opened with is trusted by nobody. */
function managedCertificate(
  keyPair: KeyPair,
  manage: ManageCertificate,
  { logger, metrics }: CertificateOptions,
): ServingCertificate {
  let server: Pick<RunningServer, 'setKeyPair'> | undefined
  const manager = manage(logger, (pair) => {
    server?.setKeyPair(pair)
    metrics.certificateLoaded(pair)
  })
  return {
    keyPair,
    origin: 'self-managed',
    ready: () => manager.ready(),
    follow(running) {
      server = running
      manager.start()
      return () => manager.stop()
    },
  }
}

function followFiles(
  tls: NonNullable<ServeConfig['tls']>,
  current: KeyPair,
  server: Pick<RunningServer, 'setKeyPair'>,
  { logger, metrics }: CertificateOptions,
): () => Promise<void> {
  const watch = watchKeyPair({
    ...tls,
    current,
    intervalMs: certificatePollMs,
    onChange(pair) {
      server.setKeyPair(pair)
      metrics.certificateLoaded(pair)
      logger.info({ validTo: pair.validTo.toISOString() }, 'certificate reloaded')
    },
    onError: (error) => logger.error({ error }, 'certificate not reloaded; the one in use stays'),
  })
  return () => Promise.resolve(watch.stop())
}
