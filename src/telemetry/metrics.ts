import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Effect, Finding } from '../engine/finding.ts'

/** The paths of the webhook. */
export type Endpoint = 'validate' | 'mutate'

/**
 * How a webhook call ended: the three decisions; `invalid` was no review we can read, `timeout` was too late, `aborted`
 * was given up by the client, `fault` is an error of ours.
 */
export type AdmissionResult = 'allowed' | 'patched' | 'denied' | 'invalid' | 'timeout' | 'aborted' | 'fault'

/** One webhook call. Operation and kind are 'unknown' where no review was read. */
export interface AdmissionCall {
  readonly endpoint: Endpoint
  readonly operation: string
  readonly kind: string
  readonly result: AdmissionResult
  /** From the first header to the answer. */
  readonly milliseconds: number
}

/** What the program counts, by what happened. Callers know nothing of how it is exposed. */
export interface Metrics {
  /** A webhook call was answered. */
  admitted(call: AdmissionCall): void
  /** A policy found something in a request. */
  decided(decision: { readonly policy: string; readonly action: Finding['action']; readonly effect: Effect }): void
  /** A policy could not be evaluated. */
  policyFailed(policy: string): void
  /** A set of policies took effect; `refused` more were not valid. */
  policiesLoaded(policies: { readonly loaded: number; readonly refused: number }): void
  /** A serving certificate took effect. */
  certificateLoaded(certificate: { readonly validTo: Date }): void
  /** From now on the inventory's age is asked for at each scrape: seconds, undefined while there is none. */
  inventoryAgeFrom(ageSeconds: () => number | undefined): void
  /** The content type of {@link text}. */
  readonly contentType: string
  /** All metrics in the Prometheus text format. */
  text(): Promise<string>
}

/** Makes the program's metrics, in a registry of their own, together with those of the process. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    ...admissionMetrics(registry),
    ...policyMetrics(registry),
    ...stateMetrics(registry),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}

// 100 µs to 10 s: an evaluation takes some tens of microseconds, and the API server waits 30 s at most.
const durationBuckets = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

// Kinds come from whoever reaches the port: so many get a time series, later ones are counted as `other`.
const maxKinds = 64

function admissionMetrics(registry: Registry): Pick<Metrics, 'admitted'> {
  const durations = durationRecorder(registry)
  const count = requestCounter(registry)
  const kinds = new Set<string>()
  return {
    admitted({ endpoint, operation, kind, result, milliseconds }) {
      if (kinds.size < maxKinds) kinds.add(kind)
      count(endpoint, operation, kinds.has(kind) ? kind : 'other', result)
      durations[endpoint].add(milliseconds / 1000)
    },
  }
}

// prom-client sorts and joins the labels at every call, which takes a tenth of a whole request. So calls are counted
// here, and handed over when somebody looks.

type CountCall = (endpoint: Endpoint, operation: string, kind: string, result: AdmissionResult) => void

function requestCounter(registry: Registry): CountCall {
  const calls = new Map<string, { readonly labels: Readonly<Record<string, string>>; count: number }>()
  registry.registerMetric(
    new Counter({
      name: 'holdfast_admission_requests_total',
      help: 'Webhook calls by endpoint, operation, kind and result.',
      labelNames: ['endpoint', 'operation', 'kind', 'result'],
      registers: [],
      collect() {
        for (const call of calls.values()) {
          this.inc(call.labels, call.count)
          call.count = 0
        }
      },
    }),
  )
  return (endpoint, operation, kind, result) => {
    const key = `${endpoint} ${operation} ${kind} ${result}`
    const call = calls.get(key)
    if (call === undefined) calls.set(key, { labels: { endpoint, operation, kind, result }, count: 1 })
    else call.count += 1
  }
}

/** Durations in seconds that have not been handed over yet. */
class Pending {
  readonly #hand: (seconds: number) => void
  readonly #seconds: number[] = []

  constructor(hand: (seconds: number) => void) {
    this.#hand = hand
  }

  add(seconds: number): void {
    // Where nobody looks, they are handed over in batches.
    if (this.#seconds.push(seconds) >= 1000) this.flush()
  }

  flush(): void {
    for (const seconds of this.#seconds) this.#hand(seconds)
    this.#seconds.length = 0
  }
}

function durationRecorder(registry: Registry): Readonly<Record<Endpoint, Pending>> {
  const duration = new Histogram({
    name: 'holdfast_admission_duration_seconds',
    help: 'Time from the first header of a webhook call to its answer.',
    labelNames: ['endpoint'],
    buckets: durationBuckets,
    registers: [],
    collect: () => Object.values(recorders).forEach((pending) => pending.flush()),
  })
  const recorders = {
    validate: new Pending((seconds) => duration.observe({ endpoint: 'validate' }, seconds)),
    mutate: new Pending((seconds) => duration.observe({ endpoint: 'mutate' }, seconds)),
  }
  registry.registerMetric(duration)
  return recorders
}

function policyMetrics(registry: Registry): Pick<Metrics, 'decided' | 'policyFailed' | 'policiesLoaded'> {
  const decisions = new Counter({
    name: 'holdfast_policy_decisions_total',
    help: 'Violations found in requests, by policy, its action and the effect on the request.',
    labelNames: ['policy', 'action', 'effect'] as const,
    registers: [registry],
  })
  const errors = new Counter({
    name: 'holdfast_policy_errors_total',
    help: 'Evaluations that failed, by policy.',
    labelNames: ['policy'] as const,
    registers: [registry],
  })
  const loaded = new Gauge({
    name: 'holdfast_policies_loaded',
    help: 'Policies in force.',
    registers: [registry],
  })
  const refused = new Counter({
    name: 'holdfast_policies_refused_total',
    help: 'Policies that were not valid when they were loaded.',
    registers: [registry],
  })
  return {
    decided: ({ policy, action, effect }) => decisions.inc({ policy, action, effect }),
    policyFailed: (policy) => errors.inc({ policy }),
    policiesLoaded(policies) {
      loaded.set(policies.loaded)
      refused.inc(policies.refused)
    },
  }
}

function stateMetrics(registry: Registry): Pick<Metrics, 'certificateLoaded' | 'inventoryAgeFrom'> {
  const expiry = new Gauge({
    name: 'holdfast_certificate_expiry_timestamp_seconds',
    help: 'When the serving certificate expires, in seconds since 1970.',
    registers: [registry],
  })
  let ageSeconds: () => number | undefined = () => undefined
  const age = new Gauge({
    name: 'holdfast_inventory_age_seconds',
    help: 'Time since the inventory was last known to be up to date; NaN while there is none.',
    registers: [],
    collect() {
      this.set(ageSeconds() ?? Number.NaN)
    },
  })
  registry.registerMetric(age)
  return {
    certificateLoaded: ({ validTo }) => expiry.set(validTo.getTime() / 1000),
    inventoryAgeFrom(source) {
      ageSeconds = source
    },
  }
}
