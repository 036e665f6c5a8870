import { type CatalogueEntry, catalogueEntry, listText, type NamespaceSettings } from '../report/policy-catalogue.ts'
import { renderPolicyIndex } from '../report/policy-index.ts'
import type { PolicySource } from '../policy/compile.ts'
import type { CompiledPolicy } from '../policy/compiled.ts'
import type { ExceptionSpec } from '../policy/document.ts'
import type { Loaded } from '../load.ts'
import { showsRepairs } from './policy-pages.ts'
import { exitCodes, type Terminal } from './terminal.ts'

/** The formats `holdfast policies` and `holdfast explain` write; the first is the default. */
export const policyFormats = ['text', 'json', 'markdown'] as const
export type PolicyFormat = (typeof policyFormats)[number]

/** `holdfast policies`: lists the policies in force. Returns the exit code. */
export function listPolicies(inForce: Loaded, format: PolicyFormat, terminal: Terminal): number {
  terminal.out(list(catalogue(inForce), format))
  return exitCodes.clean
}

/** What the catalogue says of the policies in force, in the order of their names. */
export function catalogue(inForce: Loaded): readonly CatalogueEntry[] {
  const byName = new Map(inForce.sources.map((source) => [source.document.metadata.name, source]))
  return inForce.policies.policies.flatMap((policy) => {
    const source = byName.get(policy.name)
    return source === undefined ? [] : [entryOf(policy, source, inForce.config)]
  })
}

function entryOf(policy: CompiledPolicy, source: PolicySource, config: Loaded['config']): CatalogueEntry {
  const { action, parameters } = policy.settingsFor('')
  return catalogueEntry(source.document, {
    action,
    parameters,
    kinds: policy.kinds,
    namespaces: namespaceSettings(policy, config),
    exceptions: policy.exceptions.map(writtenException),
    showsRepairs: showsRepairs(source),
  })
}

function namespaceSettings(
  policy: CompiledPolicy,
  config: Loaded['config'],
): Readonly<Record<string, NamespaceSettings>> {
  const settings = new Map(Object.entries(config.policies ?? {})).get(policy.name)
  const { action: base } = policy.settingsFor('')
  const byPattern = Object.entries(settings?.namespaces ?? {}).map(([pattern, { action = base, parameters = {} }]) => [
    pattern,
    { action, parameters },
  ])
  return Object.fromEntries(byPattern)
}

function writtenException({ until: _until, ...written }: CompiledPolicy['exceptions'][number]): ExceptionSpec {
  return written
}

function list(entries: readonly CatalogueEntry[], format: PolicyFormat): string {
  switch (format) {
    case 'text':
      return listText(entries)
    case 'json':
      return `${JSON.stringify(entries, null, 2)}\n`
    case 'markdown':
      return renderPolicyIndex(entries, undefined)
    default:
      return format satisfies never
  }
}
