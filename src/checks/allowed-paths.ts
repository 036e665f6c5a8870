import { isUnder, normalizeHostPath } from '../kubernetes/host-path.ts'
import { asString, isObject, type JsonValue, member } from '../kubernetes/json.ts'
import type { Pointer } from '../kubernetes/pointer.ts'
import type { CheckFinding } from './check.ts'

/** A directory of the node that may be used, with everything below it. */
export interface AllowedPath {
  /** Normalized. */
  readonly prefix: string
  readonly readOnly: boolean
}

/** What a hostPath source comes to: a violation, or a path and whether it may only be read. */
type HostPathVerdict =
  | { readonly violation: Omit<CheckFinding, 'remedy'> }
  | { readonly path: string; readonly readOnly: boolean }

/** The entry for a prefix; undefined for an empty one, which would normalize to "/" and allow everything. */
export function allowedPath(
  prefix: JsonValue | undefined,
  { readOnly }: Pick<AllowedPath, 'readOnly'>,
): AllowedPath | undefined {
  const text = asString(prefix)
  return text === undefined || text === '' ? undefined : { prefix: normalizeHostPath(text), readOnly }
}

/**
 * Judges a `hostPath` source, of a pod's volume or of a PersistentVolume, by the allowed paths: compared by path
 * segments, `.`, `..` and `//` resolved. What is no path at all is a violation as well.
 *
 * @param place where the source is in the judged object: `/spec/volumes/0/hostPath`.
 */
export function judgeHostPath(source: JsonValue, place: Pointer, allowed: readonly AllowedPath[]): HostPathVerdict {
  const value = member(source, 'path')
  const found = isObject(source) ? value : source
  const field = `${place}${isObject(source) ? '/path' : ''}`
  const path = asString(value)
  if (path === undefined || path === '') {
    const problem = `{{field}} is ${found === undefined ? 'missing' : 'not a path'}; ${saying(allowed)}`
    return { violation: { path: field, problem, ...(found === undefined ? {} : { actual: found }) } }
  }
  const matching = allowed.filter(({ prefix }) => isUnder(path, prefix))
  if (matching.length === 0) {
    const problem = `{{field}} is ${shown(path)}; ${saying(allowed)}`
    return { violation: { path: field, problem, actual: path, ...expectedOf(allowed) } }
  }
  // Of several matching prefixes the most permissive counts.
  return { path, readOnly: matching.every(({ readOnly }) => readOnly) }
}

/** The path as it is written, and where it leads if that is somewhere else. */
function shown(path: string): string {
  const resolved = normalizeHostPath(path)
  return resolved === path ? JSON.stringify(path) : `${JSON.stringify(path)} (that is ${JSON.stringify(resolved)})`
}

const listed = 10

function saying(allowed: readonly AllowedPath[]): string {
  if (allowed.length === 0) return 'hostPath volumes are not allowed'
  const names = allowed
    .slice(0, listed)
    .map(({ prefix, readOnly }) => `${JSON.stringify(prefix)}${readOnly ? ' (read-only)' : ''}`)
  const more = allowed.length > listed ? `, +${allowed.length - listed} more` : ''
  return `allowed are ${names.join(', ')}${more}`
}

function expectedOf(allowed: readonly AllowedPath[]): { readonly expected?: JsonValue } {
  return allowed.length === 0 ? {} : { expected: allowed.map(({ prefix }) => prefix) }
}
