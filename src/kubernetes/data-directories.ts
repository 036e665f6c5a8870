import {
  optionValues,
  programName,
  type StartedCommand,
  startedCommands,
  statedEnvironment,
} from './container-command.ts'
import { globMatches } from './glob.ts'
import { normalizeHostPath } from './host-path.ts'
import type { JsonObject } from './json.ts'
import type { DataDirectory, Workload, WorkloadCondition } from './workload.ts'

/** A directory in which a container will keep its data. */
export interface UsedDirectory {
  /** Absolute and normalized. */
  readonly path: string
  /** Where other versions of the image have it; empty where the container states the path. */
  readonly alternatives: readonly string[]
  /** Whether it counts only where a volume is mounted there. */
  readonly ifMounted: boolean
  /** Whether the container's own options or variables name it; else it is where the image has it by default. */
  readonly stated: boolean
  /** Environment variables that would move it. */
  readonly env: readonly string[]
}

// More than any server takes, and every one of them is looked for among the mounts.
const maxDirectories = 64

interface Statement {
  readonly commands: readonly StartedCommand[]
  /** Undefined: set, but to what is not known. */
  readonly environment: ReadonlyMap<string, string | undefined>
}

/**
 * The directories in which a container of a known image keeps data: those that its options or variables name, else the
 * image's own. Empty where the container does not run the server (a client that waits for the database), where the
 * system is told to keep nothing, and for a directory whose place cannot be read from the container.
 */
export function dataDirectories(workload: Workload, container: JsonObject): readonly UsedDirectory[] {
  const commands = startedCommands(container)
  const servers = commands.filter((command) => isServer(workload.servers, command))
  if (servers.length === 0) return []
  const environment = new Map(statedEnvironment(container))
  for (const assignment of commands.flatMap(({ assignments }) => assignments)) {
    const equals = assignment.indexOf('=')
    environment.set(assignment.slice(0, equals), assignment.slice(equals + 1))
  }
  const statement = { commands: servers, environment }
  if (workload.when !== undefined && !holds(workload.when, statement)) return []
  return workload.dataPaths.flatMap((directory) => placesOf(directory, workload, statement))
}

/** Whether a command starts one of the servers; no servers given: any command does. */
function isServer(servers: readonly string[], { words, entrypoint }: StartedCommand): boolean {
  if (servers.length === 0) return entrypoint || words.length > 0
  const [program, ...rest] = words
  const patterns = servers.map((server) => server.split(' '))
  // Without a word of its own the image starts what it is for, unless that needs a subcommand.
  if (program === undefined || program.startsWith('-')) return entrypoint && patterns.some(({ length }) => length === 1)
  const subcommands = rest.filter((word) => !word.startsWith('-'))
  return patterns.some(([wanted = '', ...tail]) => {
    if (globMatches(wanted, programName(program))) return startsWith(subcommands, tail)
    return entrypoint && tail.length > 0 && startsWith([program, ...subcommands], tail)
  })
}

function startsWith(words: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((word, index) => words[index] === word)
}

function holds({ options, env }: WorkloadCondition, { commands, environment }: Statement): boolean {
  for (const [name, glob] of options) {
    const values = commands.flatMap(({ words }) => optionValues(words, name))
    if (values.some((value) => globMatches(glob, value))) return true
  }
  for (const [name, glob] of env) {
    const value = environment.get(name)
    if (value !== undefined && globMatches(glob, value)) return true
  }
  return false
}

function placesOf(directory: DataDirectory, workload: Workload, statement: Statement): readonly UsedDirectory[] {
  const values = statedValues(directory, workload, statement)
  if (values === undefined) {
    const { path, alternatives, ifMounted, env } = directory
    return [{ path: normalizeHostPath(path), alternatives, ifMounted, stated: false, env }]
  }
  return values
    .flatMap((value) => value.split(/[,\s]/))
    .slice(0, maxDirectories)
    .flatMap((value) => pathOf(value, statement.environment) ?? [])
    .map((path) => ({ path, alternatives: [], ifMounted: false, stated: true, env: directory.env }))
}

/** What options, else variables, say about a directory; undefined where they say nothing. */
function statedValues(
  { args, env, operandsOf }: DataDirectory,
  { properties }: Workload,
  { commands, environment }: Statement,
): readonly string[] | undefined {
  const lines = properties.flatMap((name) => environment.get(name)?.split('\n') ?? [])
  const found = [
    ...args.flatMap((name) => commands.flatMap(({ words }) => optionValues(words, name))),
    ...args.flatMap((name) => lines.flatMap((line) => propertyValue(line, name) ?? [])),
    ...(operandsOf === undefined ? [] : commands.flatMap(({ words }) => operands(words, operandsOf))),
  ]
  if (found.length > 0) return found
  const named = env.filter((name) => environment.has(name))
  return named.length === 0 ? undefined : named.map((name) => environment.get(name) ?? '')
}

function propertyValue(line: string, name: string): string | undefined {
  const separator = line.search(/[:=]/)
  return separator >= 0 && line.slice(0, separator).trim() === name ? line.slice(separator + 1).trim() : undefined
}

/** The words after a subcommand that are neither options nor what may be an option's value. */
function operands(words: readonly string[], subcommand: string): readonly string[] {
  const rest = words.slice(words.indexOf(subcommand) + 1)
  return rest.filter((word, index) => {
    const before = rest[index - 1] ?? ''
    return !word.startsWith('-') && (!before.startsWith('-') || before.includes('='))
  })
}

/**
 * The directory that a value names: `/d`, `file:///d`, `path=/d`, `http://host/d` of a MinIO pool. Variables are filled
 * in where the container states them; of a path with others, the part before them. Undefined for what is no directory in
 * the container: `s3://…`, `type=mem`, a relative path.
 */
function pathOf(value: string, environment: Statement['environment']): string | undefined {
  const expanded = value.replace(/\$(?:\((\w+)\)|\{(\w+)\}|(\w+))/g, (text, a?: string, b?: string, c?: string) => {
    return environment.get(a ?? b ?? c ?? '') ?? text
  })
  const plain = expanded
    .replace(/^path=/, '')
    .replace(/^file:(?:\/\/)?(?=\/)/, '')
    .replace(/^https?:\/\/[^/]*/, '')
    // The first of a pool's drives stands for all: /data{1...4}.
    .replace(/\{(\d+)\.\.\.\d+\}/g, '$1')
  const variable = plain.indexOf('$')
  const certain = variable < 0 ? plain : plain.slice(0, plain.lastIndexOf('/', variable))
  return certain.startsWith('/') ? normalizeHostPath(certain) : undefined
}
