import { type Command, InvalidArgumentError, Option } from 'commander'
import { configFile, type Environment, type ServeConfig } from '../config.ts'
import { type Inventory, layered } from '../kubernetes/inventory.ts'
import { knownVersions, schemasOfVersion } from '../kubernetes/openapi/versions.ts'
import { load, type Loaded, type LoadOptions } from '../load.ts'
import { type Profile, profiles } from '../policy/action.ts'
import type { ServeOptions } from './serve.ts'
import { contextInventory } from './surroundings.ts'
import type { Terminal } from './terminal.ts'

/** What the commands need of the outside; main gives the real ones. */
export interface ProgramOptions {
  readonly terminal: Terminal
  readonly environment: Environment
  readonly version: string
  /** Reads the cluster once, for a command that ends. */
  readonly readCluster: () => Promise<Inventory>
  /** Opens the inventory of a webhook. */
  readonly openInventory: (config: ServeConfig) => ServeOptions['inventory']
  /** Serves until told to stop; the exit code. */
  readonly serve: (options: ServeOptions) => Promise<number>
  /** Serves, and shows what a person would see; the exit code. */
  readonly demo: (options: ServeOptions) => Promise<number>
}

/** Adds commands to the command line. Each ends in a call of `onExit` with its exit code, or throws. */
export type AddCommands = (program: Command, options: ProgramOptions, onExit: (code: number) => void) => void

/** What policies are in force, and what is known of the cluster. */
export interface PolicyFlags {
  readonly config?: string
  readonly policies?: readonly string[]
  readonly profile?: Profile
  readonly kubernetesVersion?: string
  readonly context?: readonly string[]
  readonly cluster?: boolean
}

/** Adds the flags that say what policies are in force. */
export function withConfigFlags(command: Command): Command {
  return command
    .option('--config <file>', 'the configuration; holdfast.json of this folder by default')
    .option(
      '--policies <folder>',
      'a folder with policies of your own, besides the built-in ones (repeatable)',
      collect,
    )
    .addOption(new Option('--profile <profile>', "what policies do; over the configuration's").choices(profiles))
}

/** Adds the flags that say what policies are in force, and what is known of the cluster. */
export function withPolicyFlags(command: Command): Command {
  return withConfigFlags(command)
    .option('--context <path>', 'what is in the cluster, as files for look-ups (repeatable)', collect)
    .option('--cluster', 'read look-ups from the cluster of the kubeconfig, or the one this runs in')
}

/** Gathers a flag that may be repeated. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value]
}

/** The flag that says which Kubernetes manifests are written for. */
export function kubernetesVersionOption(): Option {
  const option = new Option('--kubernetes-version <version>', "what manifests are for; over the configuration's")
  // The choices are for help and completion: a patch, as in v1.33.4, is taken as well.
  return option.choices(knownVersions).argParser((text: string) => {
    if (schemasOfVersion(text) !== undefined) return text
    throw new InvalidArgumentError(`Known versions of Kubernetes are ${knownVersions.join(', ')}.`)
  })
}

/** What {@link load} is told by flags and environment. */
export function loadOptions(flags: PolicyFlags, { environment }: ProgramOptions): LoadOptions {
  return {
    configFile: configFile(flags.config),
    policyDirectories: flags.policies ?? [],
    profile: flags.profile,
    kubernetesVersion: flags.kubernetesVersion,
    ownNamespace: environment.ownNamespace,
    fingerprintKey: environment.fingerprintKey,
  }
}

/** Loads what the flags name. Throws a LoadError. */
export function loadWith(flags: PolicyFlags, options: ProgramOptions): Loaded {
  return load(loadOptions(flags, options))
}

/** What is known of the cluster: `--context` before `--cluster`. Throws a UsageError where it cannot be read. */
export async function knownCluster(flags: PolicyFlags, { terminal, readCluster }: ProgramOptions): Promise<Inventory> {
  const context = await contextInventory(flags.context ?? [], terminal)
  return flags.cluster === true ? layered(context, await readCluster()) : context
}
