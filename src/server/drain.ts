import { once } from 'node:events'
import type { Server as HttpsServer } from 'node:https'
import { Server as NetServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Traffic } from './traffic.ts'

/** How long a drain may take, in milliseconds from its beginning. */
export interface DrainOptions {
  /** How long to go on as usual after readiness is withdrawn: endpoints take a while to follow. */
  readonly readinessDelayMs: number
  /** When connections that are still open are cut. */
  readonly deadlineMs: number
}

// A client that is working uses its connection again within this time, is told to give it up, and loses nothing.
// Only what has been quiet for so long is closed from our side, where a request may already be on its way.
const quietMs = 1000

const checkMs = 50

/**
 * Ends a server: it accepts no more connections, answers what comes on those it has (each then ends), closes those that
 * are quiet, and cuts the rest at the deadline. API servers keep using their connections to a pod that is going away.
 */
export async function endServer(server: HttpsServer, traffic: Traffic, milliseconds: number): Promise<void> {
  const deadline = performance.now() + milliseconds
  const quiet = performance.now() + quietMs
  const closed = new AbortController()
  const ended = once(server, 'close').then(() => closed.abort())
  traffic.closeAfterAnswers()
  // The close of node:https would at once close idle connections as well, whose next request may be on its way.
  NetServer.prototype.close.call(server)
  while (!closed.signal.aborted && performance.now() < deadline) {
    await Promise.race([ended, sleep(Math.min(checkMs, deadline - performance.now()))])
    if (performance.now() < quiet) continue
    server.closeIdleConnections()
    traffic.closeUnused(quietMs)
  }
  server.closeAllConnections()
  await ended
}
