import { isUnder, normalizeHostPath } from '../kubernetes/host-path.ts'
import { asArray, asString, at, isObject, type JsonObject, type JsonValue, member } from '../kubernetes/json.ts'
import { mountsOf, type VolumePlace, volumesOf } from '../kubernetes/pod.ts'
import type { Check, CheckFinding } from './check.ts'

interface AllowedPath {
  readonly prefix: string
  readonly readOnly: boolean
}

const remedy =
  'use a PersistentVolumeClaim, emptyDir, configMap or a CSI volume instead of hostPath, or ask the platform team for an exception'

/** Reports hostPath volumes of a Pod outside the allowed prefixes, and writable mounts where only reading is allowed. */
export const hostPaths: Check = {
  name: 'hostPaths',
  description: 'Reports each hostPath volume outside the allowed paths, and each writable mount of a read-only one.',
  parameters: {
    type: 'object',
    properties: {
      allowed: {
        type: 'array',
        description: 'Paths on the node that pods may mount, with everything below them.',
        items: {
          type: 'object',
          required: ['pathPrefix'],
          properties: { pathPrefix: { type: 'string', minLength: 1 }, readOnly: { type: 'boolean' } },
        },
        default: [],
      },
    },
  },
  evaluate(parameters, pod) {
    // Nearly every pod ends here.
    if (!asArray(at(pod, 'spec', 'volumes')).some(isHostPath)) return []
    const allowed = allowedPaths(parameters)
    return volumesOf(pod)
      .filter(({ volume }) => isHostPath(volume))
      .flatMap((place) => judge(place, pod, allowed))
  },
}

function judge(place: VolumePlace, pod: JsonObject, allowed: readonly AllowedPath[]): readonly CheckFinding[] {
  const source = member(place.volume, 'hostPath')
  const value = member(source, 'path')
  const found = isObject(source) ? value : source
  const field = `${place.path}/hostPath${isObject(source) ? '/path' : ''}`
  const path = asString(value)
  if (path === undefined || path === '') {
    const problem = `{{field}} is ${found === undefined ? 'missing' : 'not a path'}; ${saying(allowed)}`
    return [{ path: field, problem, remedy, ...(found === undefined ? {} : { actual: found }) }]
  }
  const matching = allowed.filter(({ prefix }) => isUnder(path, prefix))
  if (matching.length === 0) {
    const problem = `{{field}} is ${shown(path)}; ${saying(allowed)}`
    return [{ path: field, problem, actual: path, remedy, ...expectedOf(allowed) }]
  }
  // Of several matching prefixes the most permissive counts.
  return matching.every(({ readOnly }) => readOnly) ? writableMounts(place, pod, path) : []
}

/** The path as it is written, and where it leads if that is somewhere else. */
function shown(path: string): string {
  const resolved = normalizeHostPath(path)
  return resolved === path ? JSON.stringify(path) : `${JSON.stringify(path)} (that is ${JSON.stringify(resolved)})`
}

function writableMounts(place: VolumePlace, pod: JsonObject, path: string): readonly CheckFinding[] {
  const name = asString(member(place.volume, 'name'))
  if (name === undefined) return []
  return mountsOf(pod, name)
    .filter(({ mount }) => member(mount, 'readOnly') !== true)
    .map(({ mount, path: mountPath }) => ({
      path: `${mountPath}/readOnly`,
      problem: `{{field}} is not true; ${JSON.stringify(path)} may be mounted read-only`,
      actual: member(mount, 'readOnly') ?? null,
      expected: true,
      remedy: 'set readOnly: true on the mount',
    }))
}

function allowedPaths(parameters: JsonObject): readonly AllowedPath[] {
  const paths: AllowedPath[] = []
  for (const entry of asArray(member(parameters, 'allowed'))) {
    const prefix = asString(member(entry, 'pathPrefix'))
    // An empty prefix would normalize to "/", which allows everything; nobody means that by leaving it out.
    if (prefix === undefined || prefix === '') continue
    paths.push({ prefix: normalizeHostPath(prefix), readOnly: member(entry, 'readOnly') === true })
  }
  return paths
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

function isHostPath(volume: JsonValue): boolean {
  const source = member(volume, 'hostPath')
  return source !== undefined && source !== null
}
