import { Counter, Gauge, type Registry } from 'prom-client'
import type { Effect, Finding } from '../engine/finding.ts'
import { firstNames, tallied } from './tally.ts'

/** What one policy found in one request. */
export interface PolicyDecision {
  readonly policy: string
  readonly action: Finding['action']
  readonly effect: Effect
  readonly kind: string
  /** '' for what is in none. As a label it is not called namespace: Prometheus puts the pod's own there. */
  readonly namespace: string
  readonly dryRun: boolean
}

/** What is counted of policies. */
export interface PolicyMetrics {
  /** A policy found something in a request. */
  decided(decision: PolicyDecision): void
  /** A policy could not be evaluated. */
  policyFailed(policy: string): void
  /** A set of policies took effect; `refused` more were not valid. */
  policiesLoaded(policies: { readonly loaded: number; readonly refused: number }): void
}

const maxKinds = 64
const maxNamespaces = 100
// Kinds times namespaces times policies would still be far too many for one process to tell at each scrape.
const maxPlaces = 1000

/** Registers what is counted of policies. */
export function policyMetrics(registry: Registry): PolicyMetrics {
  const count = tallied(registry, {
    name: 'holdfast_policy_decisions_total',
    help:
      'Violations found in requests, by policy, its action, the effect on the request, kind and namespace of the ' +
      'object, and whether it was a dry run.',
    labelNames: ['policy', 'action', 'effect', 'kind', 'resource_namespace', 'dry_run'],
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
  const [kindOf, namespaceOf, placeOf] = [firstNames(maxKinds), firstNames(maxNamespaces), firstNames(maxPlaces)]
  return {
    decided({ policy, action, effect, kind, namespace, dryRun }) {
      const [shownKind, shownNamespace] = [kindOf(kind), namespace === '' ? '' : namespaceOf(namespace)]
      const isShown = placeOf(`${policy} ${shownKind} ${shownNamespace}`) !== 'other'
      count(policy, action, effect, shownKind, isShown ? shownNamespace : 'other', String(dryRun))
    },
    policyFailed: (policy) => errors.inc({ policy }),
    policiesLoaded(policies) {
      loaded.set(policies.loaded)
      refused.inc(policies.refused)
    },
  }
}
