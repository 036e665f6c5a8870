import { collectDefaultMetrics, Registry } from 'prom-client'
import { type AdmissionMetrics, admissionMetrics } from './admission-metrics.ts'
import { type PolicyMetrics, policyMetrics } from './policy-metrics.ts'
import { type RefusalMetrics, refusalMetrics } from './refusal-metrics.ts'
import { type StateMetrics, stateMetrics } from './state-metrics.ts'

/** What the program counts, by what happened. Callers know nothing of how it is exposed. */
export interface Metrics extends AdmissionMetrics, PolicyMetrics, RefusalMetrics, StateMetrics {
  /** The content type of {@link text}. */
  readonly contentType: string
  /** All metrics in the Prometheus text format. */
  text(): Promise<string>
  /** What there is, in alphabetical order. */
  described(): readonly MetricDescription[]
}

/** One metric, as its reference tells it. */
export interface MetricDescription {
  readonly name: string
  /** `counter`, `gauge` or `histogram`. */
  readonly type: string
  readonly help: string
  readonly labels: readonly string[]
}

/** Makes the program's metrics, in a registry of their own, together with those of the process. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    ...admissionMetrics(registry),
    ...policyMetrics(registry),
    ...refusalMetrics(registry),
    ...stateMetrics(registry),
    contentType: registry.contentType,
    text: () => registry.metrics(),
    described: () => registry.getMetricsAsArray().map(described).sort(byName),
  }
}

function described(metric: object): MetricDescription {
  const { name, type, help, labelNames } = { name: '', type: '', help: '', labelNames: [], ...metric }
  return { name, type, help, labels: labelNames }
}

function byName(left: MetricDescription, right: MetricDescription): number {
  return left.name < right.name ? -1 : 1
}
