import { asArray, at, type JsonObject, member } from '../kubernetes/json.ts'
import { type AllowedPath, allowedPath, judgeHostPath } from './allowed-paths.ts'
import type { Check } from './check.ts'

const remedy = 'use a CSI driver, or a local volume that names its node, instead of hostPath; or have its path allowed'

/** Reports the hostPath source of a PersistentVolume outside the allowed prefixes. A `local` source is no hostPath. */
export const volumeHostPath: Check = {
  name: 'volumeHostPath',
  description: 'Reports the hostPath source of a PersistentVolume outside the allowed paths.',
  parameters: {
    type: 'object',
    properties: {
      allowedPathPrefixes: {
        type: 'array',
        description: 'Directories of the node that volumes may use, with everything below them.',
        items: { type: 'string', minLength: 1 },
        default: [],
      },
    },
  },
  evaluate(parameters, volume) {
    const source = at(volume, 'spec', 'hostPath')
    if (source === undefined || source === null) return []
    const verdict = judgeHostPath(source, '/spec/hostPath', allowedPaths(parameters))
    return 'violation' in verdict ? [{ ...verdict.violation, remedy }] : []
  },
}

function allowedPaths(parameters: JsonObject): readonly AllowedPath[] {
  const paths: AllowedPath[] = []
  for (const prefix of asArray(member(parameters, 'allowedPathPrefixes'))) {
    // A PersistentVolume does not say how it is mounted; that is the pod's claim and its mounts.
    const path = allowedPath(prefix, { readOnly: false })
    if (path !== undefined) paths.push(path)
  }
  return paths
}
