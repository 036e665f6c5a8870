import { createHash } from 'node:crypto'
import { groupVersion } from '../kubernetes/object.ts'
import type { ManifestProblem } from '../manifest/manifest.ts'
import { repositoryPath } from './file-path.ts'
import type { CheckResult } from './result.ts'

/** Things, each with what tells it from the others. */
export type Fingerprinted<Item> = readonly (readonly [item: Item, fingerprint: string])[]

/**
 * Results with what stays of each when it is found again: 64 hex digits. Lines, indices of lists and other findings do
 * not count; the file, the object, the rule and the field do. Results that are alike in these are numbered. It is made
 * of nothing that a report does not show, so of no credential.
 */
export function fingerprinted(results: readonly CheckResult[]): Fingerprinted<CheckResult> {
  return numbered(results, identityOf)
}

/** As {@link fingerprinted}, for what could not be read or was passed over. */
export function fingerprintedProblems(problems: readonly ManifestProblem[]): Fingerprinted<ManifestProblem> {
  return numbered(problems, ({ file, kind }) => [repositoryPath(file), kind])
}

function identityOf({ file, policy, rule, resource, namedPath, actual }: CheckResult): readonly unknown[] {
  const { apiVersion, kind, namespace, name } = resource
  const object = [groupVersion(apiVersion).group, kind, namespace, name]
  // A plain item of a list has no name; what is said of it tells it from its neighbours.
  const item = namedPath.endsWith('/[]') ? [actual ?? null] : []
  return [repositoryPath(file), policy, rule, ...object, namedPath, ...item]
}

function numbered<Item>(items: readonly Item[], identity: (item: Item) => readonly unknown[]): Fingerprinted<Item> {
  const seen = new Map<string, number>()
  return items.map((item) => {
    const text = JSON.stringify(identity(item))
    const before = seen.get(text) ?? 0
    seen.set(text, before + 1)
    return [item, createHash('sha256').update(`${before} ${text}`).digest('hex')]
  })
}
