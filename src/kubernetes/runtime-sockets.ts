import { globMatches } from './glob.ts'
import { normalizeHostPath } from './host-path.ts'
import builtIn from './runtime-sockets.json' with { type: 'json' }

/** The socket over which a container runtime takes commands: whoever has it starts containers as root of the node. */
export interface RuntimeSocket {
  /** Its path on the node, in which a segment `*` stands for any one. */
  readonly path: string
  /** Whose it is: `containerd (K3s, RKE2)`. */
  readonly runtime: string
  /** Where the fact comes from. */
  readonly source: string
}

/** The sockets of container runtimes, each at its usual place (runtime-sockets.json). */
export const builtInRuntimeSockets: readonly RuntimeSocket[] = builtIn

/** A socket that a path leads to. */
export interface ReachedSocket extends RuntimeSocket {
  /** Whether the path is a directory that contains it, and not the socket itself. */
  readonly inside: boolean
}

/**
 * The sockets that a path on the node leads to: the socket itself, or a directory that contains it. `..`, `//` and a
 * trailing slash are resolved; `/var/run` is `/run`, as on every node with systemd (Filesystem Hierarchy Standard 3.0,
 * section 5.13); `/proc/1/root` is `/`, and so is
 * `/proc/1/cwd`. Windows' named pipes are compared without regard to case.
 */
export function socketsAt(hostPath: string, sockets: readonly RuntimeSocket[]): readonly ReachedSocket[] {
  const wanted = spellings(hostPath)
  return sockets.flatMap((socket) => {
    const targets = spellings(socket.path)
    const outer = wanted.find((path) => targets.some((target) => leadsTo(path, target)))
    if (outer === undefined) return []
    return [{ ...socket, inside: !targets.some((target) => target.length === outer.length && leadsTo(outer, target)) }]
  })
}

// Where Windows has its named pipes: \\.\pipe\docker_engine, also written //./pipe/docker_engine.
const pipes = '//./pipe/'

/** The segments of a path, and those of its other spelling where a usual symbolic link has two. */
function spellings(path: string): readonly (readonly string[])[] {
  const plain = path.startsWith('\\') ? path.replaceAll('\\', '/') : path
  if (plain.toLowerCase().startsWith(pipes)) return [[pipes, ...plain.slice(pipes.length).toLowerCase().split('/')]]
  const normalized = normalizeHostPath(plain).replace(/^\/proc\/[^/]+(?:\/task\/[^/]+)?\/(?:root|cwd)(?=\/|$)/, '')
  const segments = normalized.split('/').filter((segment) => segment !== '')
  const [first, second, ...rest] = segments
  // Kept as written too: what mounts /var has /var/run on nodes where that is a directory.
  if (first === 'var' && second === 'run') return [segments, ['run', ...rest]]
  return first === 'run' ? [segments, ['var', ...segments]] : [segments]
}

function leadsTo(outer: readonly string[], target: readonly string[]): boolean {
  if (outer.length > target.length || (outer.length === 0 && target[0] === pipes)) return false
  return outer.every((segment, index) => globMatches(target[index] ?? '', segment))
}
