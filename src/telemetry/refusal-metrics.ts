import { Counter, type Registry } from 'prom-client'

const reasons = ['in_flight', 'memory', 'client_certificate', 'connections'] as const

/**
 * Why somebody was turned away: too many calls at a time, too much of their bodies in memory, a client certificate that
 * is missing or not accepted, too many connections.
 */
export type RefusalReason = (typeof reasons)[number]

/** What is counted of those who were turned away unheard. */
export interface RefusalMetrics {
  /** A call or a connection was turned away. */
  refused(reason: RefusalReason): void
}

/** Registers what is counted of those who were turned away unheard. */
export function refusalMetrics(registry: Registry): RefusalMetrics {
  const refused = new Counter({
    name: 'holdfast_admission_refused_total',
    help: 'Calls and connections turned away unheard: in_flight, memory, client_certificate, connections.',
    labelNames: ['reason'] as const,
    registers: [registry],
  })
  // From the start, so that an increase can be seen from the first one on.
  for (const reason of reasons) refused.inc({ reason }, 0)
  return { refused: (reason) => refused.inc({ reason }) }
}
