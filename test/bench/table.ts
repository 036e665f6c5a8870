import type { ClaimsCheck } from './claims.ts'
import type { Growth } from './growth.ts'
import type { PolicyCost } from './policy-cost.ts'
import type { Spread } from './statistics.ts'
import type { Comparison, ServerFigures } from './throughput.ts'

/** Everything one run measured. */
export interface Results {
  readonly throughput: readonly Comparison[]
  readonly policies: readonly PolicyCost[]
  readonly growth: readonly Growth[]
  readonly claims: ClaimsCheck
}

/** Writes the results for people. */
export function resultsText({ throughput, policies, growth, claims }: Results): string {
  return [
    'Webhook: POST /validate with all built-in policies against a bare Node https server',
    '',
    columns([serverHeader, ...throughput.flatMap(comparisonRows)]),
    '',
    columns([
      ['body', 'requests/s, of bare', 'CPU, bare of ours'],
      ...throughput.map(({ body, throughputRatio, cpuRatio }) => [body, range(throughputRatio), range(cpuRatio)]),
    ]),
    '',
    'Policies: evaluate() on an object that breaks none',
    '',
    columns([
      ['policy', 'kind', 'µs', 'min–max'],
      ...policies.map(({ policy, kind, microseconds: { median, min, max } }) => [
        policy,
        kind,
        median.toFixed(1),
        `${min.toFixed(1)}–${max.toFixed(1)}`,
      ]),
    ]),
    '',
    'Growth: evaluate() on a StorageClass, µs',
    '',
    columns([
      ['policies', 'all but one of other kinds', 'all of its kind'],
      ...growth.map(({ policies: count, ofOtherKinds, ofItsKind }) => [
        String(count),
        range(ofOtherKinds),
        range(ofItsKind),
      ]),
    ]),
    '',
    `check: ${claims.claims} claims in one file`,
    '',
    columns([
      ['user s', 'system s', 'wall s', 'max MB', 'exit code', 'summary'],
      [
        claims.userSeconds.toFixed(2),
        claims.systemSeconds.toFixed(2),
        claims.wallSeconds.toFixed(2),
        claims.maxMegabytes.toFixed(0),
        String(claims.exitCode),
        claims.summary,
      ],
    ]),
    '',
  ].join('\n')
}

const serverHeader = ['body', 'server', 'requests/s', 'p50 ms', 'p99 ms', 'CPU µs/request']

function comparisonRows({ body, bare, holdfast }: Comparison): readonly (readonly string[])[] {
  const row = (server: string, { perSecond, p50, p99, cpuPerRequest }: ServerFigures): readonly string[] => [
    body,
    server,
    perSecond.toFixed(0),
    p50.toFixed(2),
    p99.toFixed(2),
    cpuPerRequest.toFixed(1),
  ]
  return [row('bare', bare), row('holdfast', holdfast)]
}

function range({ median, min, max }: Spread): string {
  return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`
}

/** Rows under each other; what begins with a digit is put to the right. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const cell = (text: string, column: number): string =>
    /^\d/.test(text) && column > 0 ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0)
  return rows.map((row) => `  ${row.map(cell).join('  ')}`.trimEnd()).join('\n')
}
