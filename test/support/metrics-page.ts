import { blocks, codeSpan, prose, table } from '../../src/report/markdown.ts'
import type { MetricDescription } from '../../src/telemetry/metrics.ts'

const note = '<!-- Generated from the registry by "node test/generate-docs.ts"; changes here are lost. -->'

const introduction = `# Metrics

What \`/metrics\` on the health port tells, in the Prometheus text format. What to look at, and the Grafana dashboard, are in
[the guide](../guide/observe.md). A histogram NAME has the series \`NAME_bucket\` (with the label \`le\`), \`NAME_sum\` and
\`NAME_count\`. Kinds beyond the first 64, namespaces beyond the first 100 and places (policy, kind, namespace) beyond the
first 1,000 that were seen are counted as \`other\`.`

/** The reference of all metrics, in Markdown. */
export function renderMetrics(metrics: readonly MetricDescription[]): string {
  const own = metrics.filter(({ name }) => name.startsWith('holdfast_'))
  return blocks([
    note,
    introduction,
    '## Holdfast',
    tableOf(own),
    '## The process',
    tableOf(metrics.filter((metric) => !own.includes(metric))),
  ])
}

function tableOf(metrics: readonly MetricDescription[]): string {
  const rows = metrics.map(({ name, type, labels, help }) => [
    codeSpan(name),
    type,
    labels.map((label) => codeSpan(label)).join(' '),
    prose(help),
  ])
  return table(['metric', 'type', 'labels', 'what it says'], rows)
}
