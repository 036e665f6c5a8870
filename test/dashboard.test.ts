import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asArray, asString, isArray, isObject, type JsonValue } from '../src/kubernetes/json.ts'
import { createMetrics, type MetricDescription } from '../src/telemetry/metrics.ts'

const chart = join(import.meta.dirname, '../charts/holdfast')
const dashboard: JsonValue = JSON.parse(readFileSync(join(chart, 'dashboards/holdfast.json'), 'utf8'))
const alerts = join(chart, 'templates/prometheusrule.yaml')

const series = new Map(createMetrics().described().flatMap(seriesOf))

function seriesOf(metric: MetricDescription): readonly (readonly [string, MetricDescription])[] {
  const suffixes = metric.type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']
  return suffixes.map((suffix) => [`${metric.name}${suffix}`, metric])
}

// What Prometheus and its operator add to what they scrape, and the bounds of a histogram's buckets.
const addedLabels = ['namespace', 'pod', 'container', 'job', 'instance', 'service', 'endpoint', 'le']

const noMetrics = new Set(['by', 'or', 'and', 'unless', 'on', 'ignoring', 'without', 'offset', 'bool', 'inf', 'nan'])

/** The metrics that a query names: every word that is no function, no keyword, no label and no duration. */
function metricsIn(query: string): readonly string[] {
  const bare = query
    .replaceAll(/\{\{?-? ?\$selector -?\}\}?/g, ' ')
    .replaceAll(/"[^"]*"/g, ' ')
    .replaceAll(/\{[^{}]*\}|\[[^[\]]*\]/g, ' ')
    .replaceAll(/\b(?:by|on|ignoring|without) ?\([^()]*\)/g, ' ')
    .replaceAll(/label_values\(([a-z0-9_ {}]+),[^)]*\)/g, '$1')
  return [...bare.matchAll(/(?<![\w$])[a-z_][a-z0-9_]*(?!\w|\s*\()/gi)]
    .map(([word]) => word)
    .filter((word) => !noMetrics.has(word))
}

/** The labels that a query selects or groups by. */
function labelsIn(query: string): readonly string[] {
  const selected = [...query.matchAll(/([a-z_]+) ?(?:=~|!~|!=|=) ?"/g)].map(([, label = '']) => label)
  const grouped = [...query.matchAll(/\bby \(([^()]*)\)/g)].flatMap(([, labels = '']) => labels.split(/, */))
  return [...selected, ...grouped]
}

function textsAt(value: JsonValue | undefined, keys: readonly string[]): readonly string[] {
  if (isArray(value)) return value.flatMap((item) => textsAt(item, keys))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const text = keys.includes(key) ? asString(item) : undefined
    return text === undefined ? textsAt(item, keys) : [text]
  })
}

const queries = textsAt(dashboard, ['expr', 'definition'])

describe('the Grafana dashboard', () => {
  it.each(queries)('asks only for what there is: %s', (query) => {
    const names = metricsIn(query)
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => !series.has(name))).toEqual([])
    const known = new Set([...addedLabels, ...names.flatMap((name) => series.get(name)?.labels ?? [])])
    expect(labelsIn(query).filter((label) => !known.has(label))).toEqual([])
  })

  it('shows every metric of Holdfast', () => {
    const shown = new Set(queries.flatMap(metricsIn).map((name) => series.get(name)?.name))
    const own = [...series.values()].map(({ name }) => name).filter((name) => name.startsWith('holdfast_'))
    expect([...new Set(own)].filter((name) => !shown.has(name))).toEqual([])
  })

  it('gives every panel an id of its own', () => {
    const ids = asArray(isObject(dashboard) ? dashboard['panels'] : []).map((panel) => isObject(panel) && panel['id'])
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('the alerts of the chart', () => {
  const text = existsSync(alerts) ? readFileSync(alerts, 'utf8') : ''

  it('ask only for what there is', () => {
    const names = [...text.matchAll(/\b(?:holdfast|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name)
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => !series.has(name))).toEqual([])
  })
})

describe('reading a query', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['sum by (kind) (rate(a_total{x="y", z=~"q"}[5m])) / b_count > 0.5', ['a_total', 'b_count'], ['x', 'z', 'kind']],
    ['histogram_quantile(0.99, sum by (le) (rate(c_bucket[$__rate_interval])))', ['c_bucket'], ['le']],
    ['min(d) - time() < 7 * 86400 or vector(0)', ['d'], []],
    ['label_values(e_total{x="$x"}, some_label)', ['e_total'], ['x']],
  ])('%s', (query, metrics, labels) => {
    expect(metricsIn(query)).toEqual(metrics)
    expect(labelsIn(query)).toEqual(labels)
  })
})
