import { asArray, asString, at, type JsonObject, type JsonValue, member } from '../kubernetes/json.ts'
import { volumesOf } from '../kubernetes/pod.ts'
import { builtInRuntimeSockets, type RuntimeSocket, socketsAt } from '../kubernetes/runtime-sockets.ts'
import type { Check, CheckFinding } from './check.ts'

const readOnly = 'mounting it read-only does not help'
const remedyForSocket = `remove the volume (${readOnly}); build images without a daemon (BuildKit rootless, Buildah) and ask the Kubernetes API about containers`
const remedyForDirectory = `mount only the file or directory in it that is needed (${readOnly})`

/** Reports hostPath volumes that give a pod the socket of a container runtime. */
export const runtimeSockets: Check = {
  name: 'runtimeSockets',
  description:
    "Reports each hostPath volume that is a container runtime's socket, or a directory of the node that contains one.",
  parameters: {
    type: 'object',
    properties: {
      sockets: {
        type: 'array',
        description: 'Sockets besides the known ones; a segment * stands for any one.',
        items: { type: 'string', pattern: '^(/|\\\\)' },
        default: [],
      },
    },
  },
  evaluate(parameters, pod) {
    // Nearly every pod ends here.
    if (!asArray(at(pod, 'spec', 'volumes')).some((volume) => hostPathOf(volume) !== undefined)) return []
    const sockets = [...builtInRuntimeSockets, ...ownSockets(parameters)]
    return volumesOf(pod).flatMap(({ volume, path }) => {
      const hostPath = hostPathOf(volume)
      return hostPath === undefined ? [] : judge(hostPath, `${path}/hostPath/path`, sockets)
    })
  },
}

function judge(hostPath: string, path: string, sockets: readonly RuntimeSocket[]): readonly CheckFinding[] {
  const found = socketsAt(hostPath, sockets)
  const [only] = found
  if (only === undefined) return []
  const what = only.inside ? `which contains the socket of ${runtimes(found)}` : `the socket of ${runtimes(found)}`
  const problem = `{{field}} is ${JSON.stringify(hostPath)}, ${what}; with it a container takes over the node`
  return [{ path, problem, actual: hostPath, remedy: only.inside ? remedyForDirectory : remedyForSocket }]
}

const named = 3

function runtimes(found: readonly RuntimeSocket[]): string {
  const names = [...new Set(found.map(({ runtime }) => runtime))]
  const last = names.length > 1 && names.length <= named ? ` or ${names.pop()}` : ''
  const more = names.length > named ? `, +${names.length - named} more` : ''
  return `${names.slice(0, named).join(', ')}${last}${more}`
}

function ownSockets(parameters: JsonObject): readonly RuntimeSocket[] {
  return asArray(member(parameters, 'sockets')).flatMap((path) => {
    // An empty path would be "/", where everything leads.
    if (typeof path !== 'string' || path === '') return []
    const known = socketsAt(path, builtInRuntimeSockets).some(({ inside }) => !inside)
    return known ? [] : [{ path, runtime: `the runtime at ${JSON.stringify(path)}`, source: 'parameter' }]
  })
}

function hostPathOf(volume: JsonValue): string | undefined {
  return asString(at(volume, 'hostPath', 'path'))
}
