import type { Changes, SchemaDifference } from '../../src/kubernetes/openapi/versions.ts'
import type { CompactSchemas } from './compact.ts'

/** What an older version lacks or has otherwise than a newer one. */
export function differenceOf(newer: CompactSchemas, older: CompactSchemas): SchemaDifference {
  return {
    kinds: changes(newer.kinds, older.kinds),
    definitions: changes(newer.definitions, older.definitions),
  }
}

type Members = Readonly<Record<string, string>>

function changes(newer: Readonly<Record<string, Members>>, older: Readonly<Record<string, Members>>): Changes {
  return Object.fromEntries(
    namesOf(newer, older)
      .map((name) => [name, older[name] === undefined ? null : memberChanges(newer[name] ?? {}, older[name])] as const)
      .filter(([, members]) => members === null || Object.keys(members).length > 0),
  )
}

function memberChanges(newer: Members, older: Members): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    namesOf(newer, older)
      .filter((name) => newer[name] !== older[name])
      .map((name) => [name, older[name] ?? null]),
  )
}

function namesOf(newer: object, older: object): readonly string[] {
  return [...new Set([...Object.keys(newer), ...Object.keys(older)])].sort()
}
