import newest from './newest.json' with { type: 'json' }
import older from './older.json' with { type: 'json' }
import { type SchemaDocument, type Schemas, schemasOf } from './schemas.ts'
import snapshots from './snapshots.json' with { type: 'json' }

/** Members by name within records by name, as they were before a change; null: not there. */
export type Changes = Readonly<Record<string, Readonly<Record<string, string | null>> | null>>

/** What a version has otherwise than the one after it. */
export interface SchemaDifference {
  readonly kinds: Changes
  readonly definitions: Changes
}

/** Which version a thing came with, or went with. */
export interface Change {
  readonly verb: 'added' | 'removed'
  readonly version: string
}

/** The objects of one minor version of Kubernetes, and what became of them in the others that are known. */
export interface KubernetesSchemas extends Schemas {
  /** `1.36` */
  readonly version: string
  /**
   * For something that this version has not: the later version that added it, else the one that had removed it by now;
   * undefined where no known version has it.
   */
  changeOf(has: (schemas: Schemas) => boolean): Change | undefined
}

interface Release {
  readonly version: string
  readonly schemas: Schemas
}

// The snapshot kinds are no part of Kubernetes: they are those of external-snapshotter v8 for every version.
const releases: readonly Release[] = documentsOf(newest, older).map(({ version, document }) => ({
  version,
  schemas: schemasOf(document, snapshots),
}))

/** The versions that are known, newest first. */
export const knownVersions: readonly string[] = releases.map(({ version }) => version)

/** The newest version: what is judged by where nobody says otherwise. */
export const newestSchemas: KubernetesSchemas = withHistory(schemasOf(newest, snapshots), newest.version)

/** The schemas of a version, written as `1.33`, `v1.33` or `v1.33.4` (a patch changes none); undefined: not known. */
export function schemasOfVersion(text: string): KubernetesSchemas | undefined {
  const [, version] = /^v?([0-9]{1,3}\.[0-9]{1,3})(?:\.[0-9][\w.+-]*)?$/.exec(text) ?? []
  const release = releases.find((candidate) => candidate.version === version)
  return release === undefined ? undefined : withHistory(release.schemas, release.version)
}

function withHistory(schemas: Schemas, version: string): KubernetesSchemas {
  return {
    ...schemas,
    version,
    changeOf(has) {
      const index = knownVersions.indexOf(version)
      const added = releases.slice(0, index).findLast((later) => has(later.schemas))
      if (added !== undefined) return { verb: 'added', version: added.version }
      const last = releases.findIndex((earlier, at) => at > index && has(earlier.schemas))
      const removed = last < 0 ? undefined : knownVersions[last - 1]
      return removed === undefined ? undefined : { verb: 'removed', version: removed }
    },
  }
}

interface VersionDocument {
  readonly version: string
  readonly document: SchemaDocument
}

/** Every version whole, from the newest and what each older one has otherwise than the one after it. */
export function documentsOf(
  latest: SchemaDocument & { readonly version: string },
  differences: Readonly<Record<string, SchemaDifference>>,
): readonly VersionDocument[] {
  let document: SchemaDocument = latest
  const earlier = Object.entries(differences).map(([version, { kinds, definitions }]) => {
    document = { kinds: before(document.kinds, kinds), definitions: before(document.definitions, definitions) }
    return { version, document }
  })
  return [{ version: latest.version, document: latest }, ...earlier]
}

type Members = Readonly<Record<string, string>>

function before(records: Readonly<Record<string, Members>>, changes: Changes): Readonly<Record<string, Members>> {
  const changed = Object.entries(changes).map(
    ([name, members]) => [name, members === null ? null : replaced(records[name] ?? {}, members)] as const,
  )
  return replaced(records, Object.fromEntries(changed))
}

/** A record with some of its members replaced, and those that are null left out. New ones come last. */
function replaced<T>(
  record: Readonly<Record<string, T>>,
  changes: Readonly<Record<string, T | null>>,
): Readonly<Record<string, T>> {
  const members: Record<string, T | null> = { ...record, ...changes }
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
  )
}
