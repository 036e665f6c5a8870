import { expect, test } from 'vitest'
import { createMetrics, type Metrics } from './metrics.ts'

/** The samples of our own metrics whose name begins so. */
async function samplesOf(metrics: Metrics, name: string): Promise<string[]> {
  return (await metrics.text()).split('\n').filter((line) => line.startsWith(name))
}

const call = { endpoint: 'mutate', operation: 'CREATE', kind: 'Pod', result: 'allowed', milliseconds: 0.2 } as const

test('counts webhook calls and their time', async () => {
  const metrics = createMetrics()
  metrics.admitted(call)
  metrics.admitted(call)
  metrics.admitted({ ...call, result: 'denied', milliseconds: 3 })
  expect(await samplesOf(metrics, 'holdfast_admission_requests_total')).toEqual([
    'holdfast_admission_requests_total{endpoint="mutate",operation="CREATE",kind="Pod",result="allowed"} 2',
    'holdfast_admission_requests_total{endpoint="mutate",operation="CREATE",kind="Pod",result="denied"} 1',
  ])
  expect(await samplesOf(metrics, 'holdfast_admission_duration_seconds')).toEqual(
    expect.arrayContaining([
      'holdfast_admission_duration_seconds_bucket{le="0.0001",endpoint="mutate"} 0',
      'holdfast_admission_duration_seconds_bucket{le="0.00025",endpoint="mutate"} 2',
      'holdfast_admission_duration_seconds_bucket{le="0.005",endpoint="mutate"} 3',
      'holdfast_admission_duration_seconds_count{endpoint="mutate"} 3',
    ]),
  )
})

test('kinds beyond the first 64 share one series', async () => {
  const metrics = createMetrics()
  for (let index = 0; index < 70; index += 1) metrics.admitted({ ...call, kind: `Kind${index}` })
  metrics.admitted({ ...call, kind: 'Kind0' })
  const samples = await samplesOf(metrics, 'holdfast_admission_requests_total')
  expect(samples).toHaveLength(65)
  expect(samples.filter((line) => /"(other|Kind0)"/.test(line)).map((line) => line.split(' ')[1])).toEqual(['2', '6'])
})

const decision = {
  policy: 'p',
  action: 'fix',
  effect: 'patch',
  kind: 'Pod',
  namespace: 'shop',
  dryRun: false,
} as const

test('namespaces beyond the first 100 share one series, and so do places beyond the first 1000', async () => {
  const metrics = createMetrics()
  for (let index = 0; index < 110; index += 1) metrics.decided({ ...decision, namespace: `n${index}` })
  metrics.decided({ ...decision, namespace: '' })
  const many = await samplesOf(metrics, 'holdfast_policy_decisions_total')
  expect([many.length, many.filter((line) => line.includes('"other"')).map((line) => line.split(' ')[1])]).toEqual([
    102,
    ['10'],
  ])
  for (let index = 0; index < 2000; index += 1) {
    metrics.decided({ ...decision, policy: `p${index % 20}`, namespace: `n${index % 100}` })
  }
  expect((await samplesOf(metrics, 'holdfast_policy_decisions_total')).length).toBeLessThan(1100)
})

test.each<[string, (metrics: Metrics) => void, string, string[]]>([
  [
    'decisions',
    (metrics) => metrics.decided(decision),
    'holdfast_policy_decisions_total',
    [
      'holdfast_policy_decisions_total{policy="p",action="fix",effect="patch",kind="Pod",resource_namespace="shop",dry_run="false"} 1',
    ],
  ],
  [
    'where the time of calls goes, of the first and the ninth',
    (metrics) => {
      for (let index = 0; index < 9; index += 1) {
        metrics.phased('mutate', { read: 1, decode: 0.02, evaluate: 0.2, answer: 0.04 })
      }
    },
    'holdfast_admission_phase_duration_seconds_count',
    ['read', 'decode', 'evaluate', 'answer'].map(
      (phase) => `holdfast_admission_phase_duration_seconds_count{endpoint="mutate",phase="${phase}"} 2`,
    ),
  ],
  [
    'scans',
    (metrics) => {
      metrics.scanQueueFrom(() => 3)
      metrics.scanned('done')
      metrics.scanned('lost')
    },
    'holdfast_scan',
    ['holdfast_scans_total{result="done"} 1', 'holdfast_scans_total{result="lost"} 1', 'holdfast_scan_queue_length 3'],
  ],
  [
    'Events, from nothing',
    (metrics) => {
      metrics.eventWritten()
      metrics.eventDropped('refused')
    },
    'holdfast_events',
    [
      'holdfast_events_written_total 1',
      'holdfast_events_dropped_total{reason="queue_full"} 0',
      'holdfast_events_dropped_total{reason="refused"} 1',
      'holdfast_events_dropped_total{reason="unreachable"} 0',
      'holdfast_events_dropped_total{reason="no_owner"} 0',
    ],
  ],
  [
    'failed policies',
    (metrics) => metrics.policyFailed('p'),
    'holdfast_policy_errors_total',
    ['holdfast_policy_errors_total{policy="p"} 1'],
  ],
  [
    'loaded policies',
    (metrics) => {
      metrics.policiesLoaded({ loaded: 50, refused: 2 })
      metrics.policiesLoaded({ loaded: 51, refused: 1 })
    },
    'holdfast_policies_',
    ['holdfast_policies_loaded 51', 'holdfast_policies_refused_total 3'],
  ],
  [
    'the certificate',
    (metrics) => metrics.certificateLoaded({ validTo: new Date('2027-01-01T00:00:00Z') }),
    'holdfast_certificate',
    ['holdfast_certificate_expiry_timestamp_seconds 1798761600'],
  ],
  [
    "the inventory's age",
    (metrics) => metrics.inventoryAgeFrom(() => 12.5),
    'holdfast_inventory',
    ['holdfast_inventory_age_seconds 12.5'],
  ],
  ['no inventory', () => undefined, 'holdfast_inventory', ['holdfast_inventory_age_seconds Nan']],
])('%s', async (_name, act, name, expected) => {
  const metrics = createMetrics()
  act(metrics)
  expect(await samplesOf(metrics, name)).toEqual(expected)
})

test('two registries do not meet, and the process is measured too', async () => {
  const [one, other] = [createMetrics(), createMetrics()]
  one.policyFailed('p')
  expect(await samplesOf(other, 'holdfast_policy_errors_total')).toEqual([])
  expect((await samplesOf(other, 'process_cpu_seconds_total')).length).toBe(1)
  expect(one.contentType).toBe('text/plain; version=0.0.4; charset=utf-8')
})
