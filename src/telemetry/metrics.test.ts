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

test.each<[string, (metrics: Metrics) => void, string, string[]]>([
  [
    'decisions',
    (metrics) => metrics.decided({ policy: 'p', action: 'fix', effect: 'patch' }),
    'holdfast_policy_decisions_total',
    ['holdfast_policy_decisions_total{policy="p",action="fix",effect="patch"} 1'],
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
