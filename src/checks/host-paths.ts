import { asArray, asString, at, type JsonObject, type JsonValue, member } from '../kubernetes/json.ts'
import { mountsOf, type VolumePlace, volumesOf } from '../kubernetes/pod.ts'
import { type AllowedPath, allowedPath, judgeHostPath } from './allowed-paths.ts'
import type { Check, CheckFinding } from './check.ts'

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
  const verdict = judgeHostPath(member(place.volume, 'hostPath') ?? null, `${place.path}/hostPath`, allowed)
  if ('violation' in verdict) return [{ ...verdict.violation, remedy }]
  return verdict.readOnly ? writableMounts(place, pod, verdict.path) : []
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
    const readOnly = member(entry, 'readOnly') === true
    const path = allowedPath(member(entry, 'pathPrefix'), { readOnly })
    if (path !== undefined) paths.push(path)
  }
  return paths
}

function isHostPath(volume: JsonValue): boolean {
  const source = member(volume, 'hostPath')
  return source !== undefined && source !== null
}
