import type { ServeConfig } from '../config.ts'
import { type ClientAuthority, loadClientCa } from '../server/client-authority.ts'
import type { RunningServer } from '../server/listen.ts'
import { watchContent } from '../server/watch.ts'
import type { Logger } from '../telemetry/logger.ts'

// As often as the serving certificate's files.
const pollMs = 2000

/** Whose client certificates are accepted; undefined where nobody is asked for one. Rejects where the file is no PEM. */
export async function openClients({ clients }: Pick<ServeConfig, 'clients'>): Promise<ClientAuthority | undefined> {
  return clients === undefined ? undefined : { ca: await loadClientCa(clients.caFile), names: clients.names }
}

/** Trusts what the file of authorities has become, on new connections. Returns the way to stop. */
export function followClients(
  { clients }: Pick<ServeConfig, 'clients'>,
  current: ClientAuthority | undefined,
  server: Pick<RunningServer, 'setClientCa'>,
  logger: Logger,
): () => void {
  if (clients === undefined) return () => undefined
  const watch = watchContent({
    read: () => loadClientCa(clients.caFile),
    same: (one, other) => one === other,
    current: current?.ca,
    intervalMs: pollMs,
    onChange(ca) {
      server.setClientCa(ca)
      logger.info({}, 'client authority reloaded')
    },
    onError: (error) => logger.error({ error }, 'client authority not reloaded; the one in use stays'),
  })
  return () => watch.stop()
}
