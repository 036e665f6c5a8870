import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checks } from './checks/registry.ts'
import { shortestKey } from './checks/secrets/fingerprint.ts'
import type { Profile } from './policy/action.ts'
import { type CompileInput, compilePolicies, type PolicySource } from './policy/compile.ts'
import type { PolicySet } from './policy/compiled.ts'
import type { ConfigDocument } from './policy/document.ts'
import { parseConfig, parseJson, parsePolicy } from './policy/parse.ts'
import { LoadError, type LoadProblem } from './policy/problem.ts'

/** The folder of the built-in pack: beside src in a clone, beside dist in the package. */
export const builtInPolicies = fileURLToPath(new URL('../policies', import.meta.url))

export interface LoadOptions {
  /** holdfast.json; undefined: the defaults. */
  readonly configFile: string | undefined
  /** Folders with policies besides the built-in ones and those of the configuration. */
  readonly policyDirectories: readonly string[]
  /** Over the configuration's profile. */
  readonly profile: Profile | undefined
  /** The version of Kubernetes that manifests are for; over the configuration's. */
  readonly kubernetesVersion?: string | undefined
  readonly ownNamespace: string
  /** The environment's key of fingerprints; over the configuration's file. */
  readonly fingerprintKey?: string | undefined
  /** Whether policies may also be custom resources; over the configuration's. */
  readonly customResources?: boolean | undefined
}

/** What is judged by, and where it is from. */
export interface Loaded {
  readonly policies: PolicySet
  readonly sources: readonly PolicySource[]
  readonly config: ConfigDocument
  /** What the policies were compiled of. */
  readonly input: CompileInput
}

/** Reads the configuration and all policies. Throws a LoadError with every problem of every file. */
export function load(options: LoadOptions): Loaded {
  const { configFile } = options
  const config = configFile === undefined ? {} : readConfig(configFile)
  const sources = readPolicies(directoriesOf(options, config))
  const document = { ...config, ...overrides(options) }
  const input: CompileInput = {
    policies: sources,
    config: { file: configFile === undefined ? 'the defaults' : shown(configFile), document },
    checks,
    ownNamespace: options.ownNamespace,
    fingerprintKey: fingerprintKey(options, config),
    customResources: options.customResources ?? config.customResources,
  }
  return { policies: compilePolicies(input), sources, config: document, input }
}

function overrides({ profile, kubernetesVersion }: LoadOptions): ConfigDocument {
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
  }
}

function fingerprintKey(options: LoadOptions, config: ConfigDocument): string | undefined {
  const file = keyFile(options, config)
  const key = options.fingerprintKey ?? (file === undefined ? undefined : readText(file).trim())
  if (key === undefined || key.length >= shortestKey) return key
  const where = options.fingerprintKey === undefined && file !== undefined ? shown(file) : 'HOLDFAST_FINGERPRINT_KEY'
  const problem = `is a key of ${key.length} characters; it must have at least ${shortestKey} (openssl rand -hex 32)`
  throw new LoadError([{ file: where, path: '', problem }])
}

function keyFile({ configFile }: LoadOptions, { fingerprintKeyFile }: ConfigDocument): string | undefined {
  return fingerprintKeyFile === undefined ? undefined : resolve(dirname(configFile ?? '.'), fingerprintKeyFile)
}

/** The folders of policies that are in force: the built-in ones, then those of the configuration and the flags. */
export function configuredDirectories(options: LoadOptions): readonly string[] {
  return directoriesOf(options, options.configFile === undefined ? {} : readConfig(options.configFile))
}

function directoriesOf({ configFile, policyDirectories }: LoadOptions, config: ConfigDocument): readonly string[] {
  const own = (config.policyDirectories ?? []).map((directory) => resolve(dirname(configFile ?? '.'), directory))
  return [builtInPolicies, ...own, ...policyDirectories]
}

/** Every file that {@link load} would read now, as far as they can be told: for noticing that one changed. */
export function policyFilesOf(options: LoadOptions): readonly string[] {
  const { configFile } = options
  const config = orElse(() => (configFile === undefined ? {} : readConfig(configFile)), {})
  const files = directoriesOf(options, config).flatMap((directory) => orElse(() => policyFiles(directory), []))
  const key = keyFile(options, config)
  return [configFile, key, ...files].filter((file) => file !== undefined)
}

function orElse<T>(step: () => T, otherwise: T): T {
  try {
    return step()
  } catch (error) {
    if (error instanceof LoadError) return otherwise
    throw error
  }
}

/** Reads and checks holdfast.json. Throws a LoadError. */
export function readConfig(file: string): ConfigDocument {
  return parseConfig(parseJson(readText(file), shown(file)), shown(file))
}

/** Reads every policy of the folders: `<folder>/<id>/policy.json` and `<folder>/*.json`. Throws a LoadError. */
function readPolicies(directories: readonly string[]): readonly PolicySource[] {
  const problems: LoadProblem[] = []
  const sources: PolicySource[] = []
  for (const file of directories.flatMap((directory) => policyFiles(directory))) {
    try {
      sources.push(readPolicy(file))
    } catch (error) {
      if (!(error instanceof LoadError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new LoadError(problems)
  return sources
}

/** Reads and checks one policy document. Throws a LoadError. */
export function readPolicy(file: string): PolicySource {
  return { file: shown(file), document: parsePolicy(parseJson(readText(file), shown(file)), shown(file)) }
}

/** The policy files of a folder, in the order of their names. Throws a LoadError where it is no folder or holds none. */
export function policyFiles(directory: string): readonly string[] {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new LoadError([{ file: shown(directory), path: '', problem: 'is no folder: name one that holds policies' }])
  }
  const files = readdirSync(directory, { withFileTypes: true })
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) return existsSync(join(path, 'policy.json')) ? [join(path, 'policy.json')] : []
      return entry.name.endsWith('.json') ? [path] : []
    })
  if (files.length === 0) {
    throw new LoadError([
      { file: shown(directory), path: '', problem: 'holds no policy: <id>/policy.json or <id>.json' },
    ])
  }
  return files
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new LoadError([{ file: shown(file), path: '', problem: `cannot be read (${code})` }])
  }
}

/** A path as a person would type it from here. */
function shown(file: string): string {
  const path = relative(process.cwd(), file)
  return path === '' || path.startsWith('..') ? file : path
}
