import { asArray, asString, isObject, type JsonObject, type JsonValue, member } from './json.ts'

/** A directory in the container in which a system keeps what has to survive. */
export interface DataDirectory {
  /** Where it is unless told otherwise; absolute. */
  readonly path: string
  /** Where other versions or builds of the image have it. */
  readonly alternatives: readonly string[]
  /** Whether the system uses it only if configured to: it counts only where a volume is mounted there. */
  readonly ifMounted: boolean
  /** Environment variables that move it. */
  readonly env: readonly string[]
  /** Options of the server that move it, without hyphens. */
  readonly args: readonly string[]
  /** The server's subcommand whose operands are the directories: `minio server /data`. */
  readonly operandsOf: string | undefined
}

/** What an option or a variable has to be: a glob over its value, by name. */
export interface WorkloadCondition {
  readonly options: ReadonlyMap<string, string>
  readonly env: ReadonlyMap<string, string>
}

/** A system that keeps data, known by its image. */
export interface Workload {
  readonly name: string
  /** The name people know it by. */
  readonly title: string
  /** database, broker, cache, search, object-store, coordination, time-series, stream-processor, or own. */
  readonly kind: string
  /** Image patterns, as `imageMatchesAny` reads them. */
  readonly images: readonly string[]
  readonly dataPaths: readonly DataDirectory[]
  /** The commands that start the server, a program with its subcommands: `mongod`, `minio server`. Empty: any command. */
  readonly servers: readonly string[]
  /** Whether the system does not share its directory with another process, so that one pod at a time may have it. */
  readonly exclusive: boolean
  /** It keeps data only where one of these is so. */
  readonly when: WorkloadCondition | undefined
  /** Environment variables that hold `option: value` lines. */
  readonly properties: readonly string[]
  /** Where the facts come from. */
  readonly source: string
}

/** Reads an entry of workloads.json; members that are absent are empty, false or undefined. */
export function readWorkload(entry: JsonObject): Workload {
  return {
    name: textOf(entry, 'name'),
    title: textOf(entry, 'title'),
    kind: textOf(entry, 'kind'),
    images: textsOf(entry, 'images'),
    dataPaths: asArray(member(entry, 'dataPaths')).filter(isObject).map(readDataDirectory),
    servers: textsOf(entry, 'servers'),
    exclusive: member(entry, 'exclusive') === true,
    when: conditionOf(member(entry, 'when')),
    properties: textsOf(entry, 'properties'),
    source: textOf(entry, 'source'),
  }
}

/** Reads an entry of `dataPaths`. */
export function readDataDirectory(entry: JsonObject): DataDirectory {
  return {
    path: textOf(entry, 'path'),
    alternatives: textsOf(entry, 'alternatives'),
    ifMounted: member(entry, 'ifMounted') === true,
    env: textsOf(entry, 'env'),
    args: textsOf(entry, 'args'),
    operandsOf: asString(member(entry, 'operandsOf')),
  }
}

function conditionOf(value: JsonValue | undefined): WorkloadCondition | undefined {
  if (!isObject(value)) return undefined
  return { options: globsOf(member(value, 'options')), env: globsOf(member(value, 'env')) }
}

function globsOf(value: JsonValue | undefined): ReadonlyMap<string, string> {
  const entries = Object.entries(isObject(value) ? value : {})
  return new Map(entries.flatMap(([name, glob]) => (typeof glob === 'string' ? [[name, glob]] : [])))
}

function textOf(entry: JsonObject, key: string): string {
  return asString(member(entry, key)) ?? ''
}

function textsOf(entry: JsonObject, key: string): readonly string[] {
  return asArray(member(entry, key)).filter((text) => typeof text === 'string')
}
