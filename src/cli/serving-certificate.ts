import type { ServeConfig } from '../config.ts'
import { type KeyPair, loadKeyPair, selfSignedCertificate, watchKeyPair } from '../server/certificate.ts'
import type { RunningServer } from '../server/listen.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'

// Files are compared by content this often; the kubelet takes a minute to bring a change anyway.
const certificatePollMs = 2000

/** The certificate to begin with: the files', or one made now. Rejects where the files are no pair. */
export function openKeyPair({ tls }: ServeConfig, now: Date): Promise<KeyPair> {
  return tls === undefined
    ? selfSignedCertificate(['localhost', '127.0.0.1', '::1'], now)
    : loadKeyPair(tls.certFile, tls.keyFile)
}

/** Puts each new pair of the files into use. Returns the way to stop. */
export function followCertificate(
  { tls }: ServeConfig,
  current: KeyPair,
  server: RunningServer,
  logger: Logger,
  metrics: Metrics,
): () => void {
  if (tls === undefined) return () => undefined
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
  return () => watch.stop()
}
