import { Counter, Gauge, type Registry } from 'prom-client'

/** How a search for credentials on the other thread ended: `refused` found no room, `lost` was too late or broke. */
export type ScanResult = 'done' | 'lost' | 'refused'

/**
 * Why an Event was not written: the queue was full, the API server refused it or did not answer, or what it is about
 * does not exist.
 */
export type EventDropReason = 'queue_full' | 'refused' | 'unreachable' | 'no_owner'

/** What is counted and measured of the process and what surrounds it. */
export interface StateMetrics {
  /** A serving certificate took effect. */
  certificateLoaded(certificate: { readonly validTo: Date }): void
  /** From now on the inventory's age is asked for at each scrape: seconds, undefined while there is none. */
  inventoryAgeFrom(ageSeconds: () => number | undefined): void
  /** From now on the number of searches for credentials that wait is asked for at each scrape. */
  scanQueueFrom(waiting: () => number): void
  /** A search for credentials on the other thread ended. */
  scanned(result: ScanResult): void
  /** An Event was written, or the count of one brought up to date. */
  eventWritten(): void
  /** An Event was not written. */
  eventDropped(reason: EventDropReason): void
}

/** Registers what is measured of the process and what surrounds it. */
export function stateMetrics(registry: Registry): StateMetrics {
  const expiry = new Gauge({
    name: 'holdfast_certificate_expiry_timestamp_seconds',
    help: 'When the serving certificate expires, in seconds since 1970.',
    registers: [registry],
  })
  const inventoryAgeFrom = asked(registry, {
    name: 'holdfast_inventory_age_seconds',
    help: 'Time since the inventory was last known to be up to date; NaN while there is none.',
    unknown: Number.NaN,
  })
  return {
    certificateLoaded: ({ validTo }) => expiry.set(validTo.getTime() / 1000),
    inventoryAgeFrom,
    ...scanMetrics(registry),
    ...eventMetrics(registry),
  }
}

function scanMetrics(registry: Registry): Pick<StateMetrics, 'scanQueueFrom' | 'scanned'> {
  const scans = new Counter({
    name: 'holdfast_scans_total',
    help: 'Searches of large values for credentials on a thread of their own: done, lost (too late), refused (no room).',
    labelNames: ['result'] as const,
    registers: [registry],
  })
  const scanQueueFrom = asked(registry, {
    name: 'holdfast_scan_queue_length',
    help: 'Searches of large values for credentials that wait for their thread.',
    unknown: 0,
  })
  return { scanQueueFrom, scanned: (result) => scans.inc({ result }) }
}

function eventMetrics(registry: Registry): Pick<StateMetrics, 'eventWritten' | 'eventDropped'> {
  const written = new Counter({
    name: 'holdfast_events_written_total',
    help: 'Kubernetes Events written, or their counts brought up to date.',
    registers: [registry],
  })
  const dropped = new Counter({
    name: 'holdfast_events_dropped_total',
    help: 'Kubernetes Events not written: queue_full, refused or unreachable (API server), no_owner (not there).',
    labelNames: ['reason'] as const,
    registers: [registry],
  })
  // From the start, so that an increase can be seen from the first one on.
  for (const reason of ['queue_full', 'refused', 'unreachable', 'no_owner'] as const) dropped.inc({ reason }, 0)
  return { eventWritten: () => written.inc(), eventDropped: (reason) => dropped.inc({ reason }) }
}

/** A gauge that asks for its value at each scrape; gives the way to say whom. */
function asked(
  registry: Registry,
  { name, help, unknown }: { readonly name: string; readonly help: string; readonly unknown: number },
): (source: () => number | undefined) => void {
  let source: () => number | undefined = () => undefined
  const gauge = new Gauge({
    name,
    help,
    registers: [],
    collect() {
      this.set(source() ?? unknown)
    },
  })
  registry.registerMetric(gauge)
  return (given) => {
    source = given
  }
}
