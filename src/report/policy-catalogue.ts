import type { JsonObject } from '../kubernetes/json.ts'
import type { Action, Severity } from '../policy/action.ts'
import type { ExceptionSpec, PolicyDocument } from '../policy/document.ts'
import { actionsOf, operationsOf } from './policy-words.ts'

/** What the catalogue says of a policy, for programs (`--format json`), for its lists and for who asks about one. */
export interface CatalogueEntry {
  readonly id: string
  readonly title: string
  readonly why: string
  readonly severity: Severity
  /** What it does in each profile. */
  readonly actions: Readonly<Record<'baseline' | 'strict' | 'observe', Action>>
  /** The action in force, without overrides by namespace. */
  readonly action: Action
  /** The kinds it judges, with their group. */
  readonly kinds: readonly string[]
  readonly operations: readonly string[]
  /** JSON Schemas with `description` and `default`, by name. */
  readonly parameters: Readonly<Record<string, JsonObject>>
  /** The parameters in force, without overrides by namespace. */
  readonly parametersInForce: JsonObject
  /** What is configured for namespaces (globs), in the order in which they count. */
  readonly namespaces: Readonly<Record<string, NamespaceSettings>>
  readonly exceptions: readonly ExceptionSpec[]
  readonly rules: readonly string[]
  /** Whether there are violations it can repair. */
  readonly fixable: boolean
  /** Control items it gives evidence for, by catalogue and version. */
  readonly controls: Readonly<Record<string, readonly string[]>>
  readonly links: readonly string[]
}

/** What holds in some namespaces: the action, and the parameters that are set for them. */
export interface NamespaceSettings {
  readonly action: Action
  readonly parameters: JsonObject
}

/** What holds of a policy besides its document. */
export interface InForce {
  readonly action: Action
  readonly parameters: JsonObject
  readonly kinds: readonly string[]
  readonly namespaces: CatalogueEntry['namespaces']
  readonly exceptions: CatalogueEntry['exceptions']
  /** Whether its examples show repairs: those of a check are not in the document. */
  readonly showsRepairs: boolean
}

/** The catalogue's entry of a policy. */
export function catalogueEntry({ metadata, spec }: PolicyDocument, inForce: InForce): CatalogueEntry {
  return {
    id: metadata.name,
    title: spec.title,
    why: spec.why,
    severity: spec.severity,
    actions: actionsOf(spec),
    action: inForce.action,
    kinds: inForce.kinds,
    operations: operationsOf(spec),
    parameters: spec.parameters ?? {},
    parametersInForce: inForce.parameters,
    namespaces: inForce.namespaces,
    exceptions: inForce.exceptions,
    rules: spec.rules.map(({ name }) => name),
    fixable: inForce.showsRepairs || spec.rules.some(({ fix }) => fix !== undefined),
    controls: spec.controls ?? {},
    links: spec.links ?? [],
  }
}

/** The policies as a list for a terminal: id, action in force, severity and title in columns. */
export function listText(entries: readonly CatalogueEntry[]): string {
  const idWidth = Math.max(0, ...entries.map(({ id }) => id.length))
  const lines = entries.map(({ id, action, severity, title }) =>
    [id.padEnd(idWidth), action.padEnd(5), severity.padEnd(8), title].join('  '),
  )
  return lines.map((line) => `${line}\n`).join('')
}
