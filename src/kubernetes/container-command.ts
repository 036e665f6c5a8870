import { asArray, asString, isObject, type JsonObject, member } from './json.ts'
import { type ShellCommand, shellCommands } from './shell-words.ts'

/** A program that a container is told to start. */
export interface StartedCommand extends ShellCommand {
  /** Whether the image's own entry point runs: `words` are what it is given then, maybe nothing. */
  readonly entrypoint: boolean
}

const shells = new Set(['sh', 'bash', 'ash', 'dash', 'zsh'])
// What only prepares the start of the program that follows, with the number of operands of its own.
const launchers: ReadonlyMap<string, number> = new Map([
  ['exec', 0],
  ['export', 0],
  ['env', 0],
  ['nohup', 0],
  ['command', 0],
  ['time', 0],
  ['tini', 0],
  ['tini-static', 0],
  ['dumb-init', 0],
  ['catatonit', 0],
  ['gosu', 1],
  ['su-exec', 1],
])
const keywords = new Set(['if', 'then', 'elif', 'else', 'while', 'until', 'do', '!', '{', '}'])

// A script in a script in a script: more than anybody writes.
const maxNesting = 3
// Nobody writes as many; what follows is not read.
const maxWords = 10_000

/**
 * What a container's `command` and `args` start, as far as they say it: launchers (`tini`, `gosu`) are looked through,
 * and scripts of `sh -c` are read. Without `command` the image's entry point runs.
 */
export function startedCommands(container: JsonObject): readonly StartedCommand[] {
  const command = stringsOf(container, 'command')
  const args = stringsOf(container, 'args')
  if (command.length > 0) return started({ words: [...command, ...args], assignments: [] }, false, maxNesting)
  return started({ words: args, assignments: [] }, true, maxNesting)
}

function started(command: ShellCommand, entrypoint: boolean, nesting: number): readonly StartedCommand[] {
  const { words, assignments } = launched(command)
  const [program, ...rest] = words
  if (program === undefined) return [{ words, assignments, entrypoint }]
  const name = programName(program)
  // Entry points of official images start what they are given: docker-entrypoint.sh postgres -c fsync=off.
  if (name.endsWith('entrypoint.sh') || name === 'docker-entrypoint') {
    return started({ words: rest, assignments }, true, nesting)
  }
  if (!shells.has(name)) return [{ words, assignments, entrypoint }]
  const option = rest.findIndex((word) => /^-[a-z]+$/.test(word) && word.includes('c'))
  const script = option < 0 ? undefined : rest[option + 1]
  // A shell without -c runs a file: bash -e /scripts/start.sh. Its name is all that can be seen.
  if (script === undefined) {
    return [{ words: rest.slice(rest.findIndex((word) => !word.startsWith('-'))), assignments, entrypoint: false }]
  }
  if (nesting === 0) return []
  return shellCommands(script).flatMap((inner) => started(inner, false, nesting - 1))
}

function launched({ words, assignments }: ShellCommand): ShellCommand {
  const set = [...assignments]
  let index = 0
  for (let word = words[0]; word !== undefined; word = words[index]) {
    const operands = launchers.get(programName(word))
    if (operands !== undefined) {
      index += 1
      while (words[index]?.startsWith('-') === true) index += 1
      index += operands
    } else if (/^[A-Za-z_]\w*=/.test(word)) {
      set.push(word)
      index += 1
    } else if (keywords.has(word)) index += 1
    else break
  }
  return { words: words.slice(index), assignments: set }
}

/** The name of a program without its directory: `postgres` of `/usr/lib/postgresql/16/bin/postgres`. */
export function programName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/**
 * The values an option has in the words of a command: `--data-dir=/d`, `--data-dir /d`, `-Epath.data=/d`,
 * `-E path.data=/d`, `-D /d`. An option without a value has the value ''.
 *
 * @param name without its hyphens.
 */
export function optionValues(words: readonly string[], name: string): readonly string[] {
  const values: string[] = []
  for (const [index, word] of words.entries()) {
    const bare = word.replace(/^-+/, '')
    const start = bare.startsWith(`${name}=`) ? bare : bare.slice(1)
    if (bare === name && bare !== word) values.push(words[index + 1] ?? '')
    else if (start.startsWith(`${name}=`) && (start === bare || /^-[DE]/.test(word))) {
      values.push(start.slice(name.length + 1))
    }
  }
  return values
}

/**
 * The environment variables a container states itself; undefined for one whose value comes from elsewhere. Of several
 * entries of one name the last counts (API reference v1.36, EnvVar).
 */
export function statedEnvironment(container: JsonObject): ReadonlyMap<string, string | undefined> {
  const environment = new Map<string, string | undefined>()
  for (const entry of asArray(member(container, 'env'))) {
    const name = asString(member(entry, 'name'))
    if (name === undefined) continue
    environment.set(name, isObject(member(entry, 'valueFrom')) ? undefined : (asString(member(entry, 'value')) ?? ''))
  }
  return environment
}

function stringsOf(container: JsonObject, key: string): readonly string[] {
  return asArray(member(container, key))
    .slice(0, maxWords)
    .filter((word) => typeof word === 'string')
}
