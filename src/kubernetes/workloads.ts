import { globMatches } from './glob.ts'
import { type ImageReference, parseImage, plainSegment, referenceMatches } from './image.ts'
import { asArray, isObject, type JsonObject, type JsonValue } from './json.ts'
import { readDataDirectory, readWorkload, type Workload } from './workload.ts'
import builtIn from './workloads.json' with { type: 'json' }

/** Systems that keep data, by image. */
export interface WorkloadTable {
  /** The system an image is; undefined where none is known, or where an operator says that it keeps nothing. */
  get(image: string): Workload | undefined
}

interface Pattern {
  readonly pattern: string
  readonly workload: Workload
}

/**
 * The systems this project knows (workloads.json). Of several patterns that match, the longest counts. Monitoring stores
 * such as Prometheus, Loki and VictoriaMetrics are not among them: many run them without a lasting volume on purpose, and
 * the Prometheus Operator does so by default (https://prometheus-operator.dev/docs/platform/storage/).
 */
export const builtInWorkloads: WorkloadTable = tableOf(builtIn)

/**
 * The built-in systems with an operator's in front: `{ "registry.example.com/ledger": ["/var/ledger"], "redis": [] }`,
 * image pattern to directories. Directories take the place of the built-in ones; an empty list says that these images
 * keep nothing worth keeping. Of several patterns that match, the longest counts, so the order does not matter.
 * Patterns whose value is no list are left out.
 */
export function workloadTable(overrides: JsonObject | undefined): WorkloadTable {
  if (overrides === undefined) return builtInWorkloads
  const own = Object.entries(overrides).flatMap(([pattern, paths]) => {
    const keeping = asArray(paths).filter((path) => typeof path === 'string')
    return Array.isArray(paths) ? [{ pattern, paths: keeping }] : []
  })
  if (own.length === 0) return builtInWorkloads
  return {
    get(image) {
      const known = builtInWorkloads.get(image)
      const reference = parseImage(image)
      const chosen = reference === undefined ? undefined : longest(own, reference)
      if (chosen === undefined) return known
      return chosen.paths.length === 0
        ? undefined
        : { ...(known ?? ownWorkload(chosen.pattern)), ...moved(chosen.paths) }
    },
  }
}

function moved(paths: readonly string[]): Pick<Workload, 'dataPaths' | 'when'> {
  // Whoever names the directories has decided that there is something in them.
  return { dataPaths: paths.map((path) => readDataDirectory({ path })), when: undefined }
}

function ownWorkload(pattern: string): Workload {
  return readWorkload({ name: pattern, title: pattern, kind: 'own', images: [pattern], exclusive: true })
}

function tableOf(data: readonly JsonValue[]): WorkloadTable {
  // By last segment, because every container of every pod asks; what has a wildcard there is few.
  const literal = new Map<string, Pattern[]>()
  const wild: (Pattern & { readonly glob: string })[] = []
  for (const entry of data) {
    if (!isObject(entry)) continue
    const workload = readWorkload(entry)
    for (const pattern of workload.images) {
      const segment = pattern.slice(pattern.lastIndexOf('/') + 1)
      if (/[*?]/.test(segment)) wild.push({ pattern, workload, glob: segment })
      else literal.set(segment, [...(literal.get(segment) ?? []), { pattern, workload }])
    }
  }
  return {
    get(image) {
      // Nearly every image ends here, and reading it properly takes ten times as long.
      const segment = plainSegment(image)
      const candidates = [...(literal.get(segment) ?? []), ...wild.filter(({ glob }) => globMatches(glob, segment))]
      const reference = candidates.length === 0 ? undefined : parseImage(image)
      return reference === undefined ? undefined : longest(candidates, reference)?.workload
    },
  }
}

function longest<P extends { readonly pattern: string }>(
  patterns: readonly P[],
  reference: ImageReference,
): P | undefined {
  let best: P | undefined
  for (const candidate of patterns) {
    const better = best === undefined || precedes(candidate.pattern, best.pattern)
    if (better && referenceMatches(reference, candidate.pattern)) best = candidate
  }
  return best
}

function precedes(left: string, right: string): boolean {
  return left.length === right.length ? left < right : left.length > right.length
}
