import type { Registry } from 'prom-client'
import { type Durations, firstNames, pooled, tallied } from './tally.ts'

/** The paths of the webhook. */
export type Endpoint = 'validate' | 'mutate'

/**
 * How a webhook call ended: the three decisions; `invalid` was no review we can read, `timeout` was too late, `refused`
 * found no room, `aborted` was given up by the client, `fault` is an error of ours.
 */
export type AdmissionResult = 'allowed' | 'patched' | 'denied' | 'invalid' | 'timeout' | 'refused' | 'aborted' | 'fault'

/** One webhook call. Operation and kind are 'unknown' where no review was read. */
export interface AdmissionCall {
  readonly endpoint: Endpoint
  readonly operation: string
  readonly kind: string
  readonly result: AdmissionResult
  /** From the first header to the answer. */
  readonly milliseconds: number
}

/**
 * Where the time of a call goes, in milliseconds: until its last byte was there, until a review was made of them, until
 * it was judged (waiting for the thread that scans included), until the answer was handed to the connection.
 */
export interface AdmissionPhases {
  readonly read: number
  readonly decode: number
  readonly evaluate: number
  readonly answer: number
}

/** What is counted of webhook calls. */
export interface AdmissionMetrics {
  /** A webhook call was answered. */
  admitted(call: AdmissionCall): void
  /** A webhook call was answered with a decision; where its time went. */
  phased(endpoint: Endpoint, phases: AdmissionPhases): void
}

// 100 µs to 10 s: an evaluation takes some tens of microseconds, and the API server waits 30 s at most.
const durationBuckets = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

// One phase is a part of that.
const phaseBuckets = [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.01, 0.05, 0.25, 1, 10]

const maxKinds = 64

/** Registers what is counted of webhook calls. */
export function admissionMetrics(registry: Registry): AdmissionMetrics {
  const count = tallied(registry, {
    name: 'holdfast_admission_requests_total',
    help: 'Webhook calls by endpoint, operation, kind and result.',
    labelNames: ['endpoint', 'operation', 'kind', 'result'],
  })
  const duration = pooled(registry, {
    name: 'holdfast_admission_duration_seconds',
    help: 'Time from the first header of a webhook call to its answer.',
    labelNames: ['endpoint'],
    buckets: durationBuckets,
  })
  const phase = pooled(registry, {
    name: 'holdfast_admission_phase_duration_seconds',
    help: 'Where the time of every eighth webhook call goes: read (the body arrives), decode, evaluate, answer.',
    labelNames: ['endpoint', 'phase'],
    buckets: phaseBuckets,
  })
  const times = { validate: timesOf('validate', duration, phase), mutate: timesOf('mutate', duration, phase) }
  const calls = { validate: 0, mutate: 0 }
  const kindOf = firstNames(maxKinds)
  return {
    admitted({ endpoint, operation, kind, result, milliseconds }) {
      count(endpoint, operation, kindOf(kind), result)
      times[endpoint].whole.add(milliseconds / 1000)
    },
    phased(endpoint, phases) {
      calls[endpoint] += 1
      if (calls[endpoint] % sampled !== 1) return
      for (const name of phaseNames) times[endpoint][name].add(phases[name] / 1000)
    },
  }
}

type Labelled = (...values: string[]) => Durations

function timesOf(
  endpoint: Endpoint,
  duration: Labelled,
  phase: Labelled,
): Readonly<Record<'whole' | Phase, Durations>> {
  const part = (name: Phase): Durations => phase(endpoint, name)
  return {
    whole: duration(endpoint),
    read: part('read'),
    decode: part('decode'),
    evaluate: part('evaluate'),
    answer: part('answer'),
  }
}

// To observe four phases takes 1.6 µs, an evaluation some tens; a part of the calls tells as much.
const sampled = 8

const phaseNames = ['read', 'decode', 'evaluate', 'answer'] as const
type Phase = keyof AdmissionPhases
