import type { CompiledPolicy, PolicySet } from '../policy/compiled.ts'
import type { PolicySource } from '../policy/compile.ts'
import { exitCodes, type Terminal } from './terminal.ts'

/** The formats `holdfast policies` writes; the first is the default. */
export const policyFormats = ['text', 'json', 'markdown'] as const
export type PolicyFormat = (typeof policyFormats)[number]

interface Row {
  readonly id: string
  readonly title: string
  readonly severity: string
  /** The action in force, without overrides by namespace. */
  readonly action: string
  readonly baseline: string
  readonly strict: string
  readonly kinds: readonly string[]
  readonly parameters: readonly string[]
}

/** `holdfast policies`: lists the policies in force. */
export function listPolicies(
  { policies }: PolicySet,
  sources: readonly PolicySource[],
  format: PolicyFormat,
  terminal: Terminal,
): number {
  const rows = policies.map((policy) => rowOf(policy, sources))
  terminal.out(write[format](rows))
  return exitCodes.clean
}

function rowOf(policy: CompiledPolicy, sources: readonly PolicySource[]): Row {
  const spec = sources.find(({ document }) => document.metadata.name === policy.name)?.document.spec
  return {
    id: policy.name,
    title: policy.title,
    severity: policy.severity,
    action: policy.settingsFor('').action,
    baseline: spec?.action.baseline ?? '',
    strict: spec?.action.strict ?? '',
    kinds: policy.kinds,
    parameters: Object.keys(spec?.parameters ?? {}),
  }
}

const write: Readonly<Record<PolicyFormat, (rows: readonly Row[]) => string>> = {
  text: (rows) => {
    const idWidth = Math.max(...rows.map(({ id }) => id.length))
    const lines = rows.map(({ id, action, severity, title }) =>
      [id.padEnd(idWidth), action.padEnd(5), severity.padEnd(8), title].join('  '),
    )
    return `${lines.join('\n')}\n`
  },
  json: (rows) => `${JSON.stringify(rows, null, 2)}\n`,
  markdown: (rows) =>
    [
      '| policy | must hold | severity | baseline | strict | kinds | parameters |',
      '|---|---|---|---|---|---|---|',
      ...rows.map(
        ({ id, title, severity, baseline, strict, kinds, parameters }) =>
          `| ${id} | ${title} | ${severity} | ${baseline} | ${strict} | ${kinds.join(', ')} | ${parameters.map((name) => `\`${name}\``).join(', ') || '–'} |`,
      ),
      '',
    ].join('\n'),
}
