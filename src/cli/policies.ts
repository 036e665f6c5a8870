import type { PolicySource } from '../policy/compile.ts'
import type { PolicySet } from '../policy/compiled.ts'
import { didYouMean } from '../kubernetes/suggest.ts'
import { type CatalogueEntry, catalogueEntry, listText } from '../report/policy-catalogue.ts'
import { renderPolicyIndex } from '../report/policy-index.ts'
import { renderPolicyPage } from '../report/policy-page.ts'
import { policyText } from '../report/policy-text.ts'
import { checkDescriptions, readPolicyPage, showsRepairs } from './policy-pages.ts'
import { exitCodes, type Terminal, UsageError } from './terminal.ts'

/** The formats `holdfast policies` writes; the first is the default. */
export const policyFormats = ['text', 'json', 'markdown'] as const
export type PolicyFormat = (typeof policyFormats)[number]

/** The policies in force, with the documents they are made of. */
export interface PoliciesInForce {
  readonly policies: PolicySet
  readonly sources: readonly PolicySource[]
}

/**
 * `holdfast policies [ID]`: lists the policies in force, or shows one of them. Returns the exit code.
 * Throws a UsageError on an id that no policy has.
 */
export function showPolicies(
  inForce: PoliciesInForce,
  id: string | undefined,
  format: PolicyFormat,
  terminal: Terminal,
): number {
  terminal.out(id === undefined ? list(catalogue(inForce), format) : onePolicy(inForce, id, format))
  return exitCodes.clean
}

/** What the catalogue says of the policies in force, in the order of their names. */
export function catalogue({ policies, sources }: PoliciesInForce): readonly CatalogueEntry[] {
  const byName = new Map(sources.map((source) => [source.document.metadata.name, source]))
  return policies.policies.flatMap((policy) => {
    const source = byName.get(policy.name)
    if (source === undefined) return []
    const { action, parameters } = policy.settingsFor('')
    return [
      catalogueEntry(source.document, { action, parameters, kinds: policy.kinds, showsRepairs: showsRepairs(source) }),
    ]
  })
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

function onePolicy(inForce: PoliciesInForce, id: string, format: PolicyFormat): string {
  const entries = catalogue(inForce)
  const entry = entries.find((candidate) => candidate.id === id)
  const source = inForce.sources.find(({ document }) => document.metadata.name === id)
  if (entry === undefined || source === undefined) {
    const hint = didYouMean(
      id,
      entries.map((candidate) => candidate.id),
    )
    throw new UsageError([`there is no policy "${id}"`, hint].filter(Boolean).join('; '))
  }
  switch (format) {
    case 'text':
      return policyText(source.document, entry, checkDescriptions)
    case 'json':
      return `${JSON.stringify(entry, null, 2)}\n`
    case 'markdown':
      return renderPolicyPage(readPolicyPage(source, undefined))
    default:
      return format satisfies never
  }
}
