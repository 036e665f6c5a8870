import { Command, Option } from 'commander'
import {
  configFile,
  demoDefaults,
  type Environment,
  type ServeConfig,
  serveConfig,
  type ServeFlags,
} from '../config.ts'
import type { Inventory } from '../kubernetes/inventory.ts'
import { layered } from '../kubernetes/inventory.ts'
import { configuredDirectories, load, type Loaded, type LoadOptions } from '../load.ts'
import { type Profile, profiles } from '../policy/action.ts'
import { renderers } from '../report/renderers.ts'
import { type FailOn, failureLevels } from '../report/verdict.ts'
import { logLevels } from '../telemetry/logger.ts'
import { check } from './check.ts'
import { type PolicyFormat, policyFormats, showPolicies } from './policies.ts'
import { type FixFlags, fix } from './fix.ts'
import { fileFeed } from './policy-feed.ts'
import { review } from './review.ts'
import type { ServeOptions } from './serve.ts'
import { contextInventory } from './surroundings.ts'
import { type Terminal, UsageError } from './terminal.ts'
import { test } from './test.ts'

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

interface PolicyFlags {
  readonly config?: string
  readonly policies?: readonly string[]
  readonly profile?: Profile
  readonly context?: readonly string[]
  readonly cluster?: boolean
}

interface CheckFlags extends PolicyFlags {
  readonly format: string
  readonly failOn: FailOn
  readonly namespace: string
}

/** Makes the command line. Each command ends in a call of `onExit` with its exit code, or throws. */
export function createProgram(options: ProgramOptions, onExit: (code: number) => void): Command {
  const program = new Command('holdfast')
    .description('Storage guardrails for Kubernetes: the same verdict at kubectl apply, in Git and in the cluster.')
    .version(options.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => options.terminal.out(text),
      writeErr: (text) => options.terminal.error(text),
    })
    .showHelpAfterError('("holdfast help" lists the commands)')
  addCheck(program, options, onExit)
  addFix(program, options, onExit)
  addReview(program, options, onExit)
  addServe(program, options, onExit)
  addPolicies(program, options, onExit)
  addTest(program, options, onExit)
  return program
}

function addCheck(program: Command, options: ProgramOptions, onExit: (code: number) => void): void {
  withPolicyFlags(program.command('check'))
    .description('judge manifests as the webhook would; exit 0: clean, 1: findings, 2: unusable input')
    .argument('[paths...]', 'files, folders, or - for standard input', ['.'])
    .addOption(
      new Option('--format <format>', 'how to report').choices(renderers.map(({ name }) => name)).default('text'),
    )
    .addOption(new Option('--fail-on <level>', 'what makes the exit code 1').choices(failureLevels).default('deny'))
    .option('--namespace <name>', 'where objects without a namespace go', 'default')
    .action(async (paths: readonly string[], flags: CheckFlags) => {
      const { policies } = loadWith(flags, options)
      const format = renderers.find(({ name }) => name === flags.format)
      if (format === undefined) throw new UsageError(`there is no format "${flags.format}"`)
      const { failOn, namespace } = flags
      const cluster = await knownCluster(flags, options)
      onExit(await check({ paths, policies, format, failOn, namespace, cluster }, options.terminal))
    })
}

function addFix(program: Command, options: ProgramOptions, onExit: (code: number) => void): void {
  withPolicyFlags(program.command('fix'))
    .description('print what violations in manifests need: the Secrets that credentials belong into')
    .argument('[paths...]', 'files, folders, or - for standard input', ['.'])
    .option('--print-secrets', 'print a Secret for each credential, to standard output only', false)
    .option('--namespace <name>', 'where objects without a namespace go', 'default')
    .action(async (paths: readonly string[], flags: PolicyFlags & FixFlags) => {
      const { policies } = loadWith(flags, options)
      const cluster = await knownCluster(flags, options)
      onExit(await fix({ ...flags, paths, policies, cluster }, options.terminal))
    })
}

function addReview(program: Command, options: ProgramOptions, onExit: (code: number) => void): void {
  withPolicyFlags(program.command('review'))
    .description('answer one AdmissionReview as the webhooks would: with a patch or a denial')
    .argument('[file]', 'a file with the AdmissionReview, or - for standard input', '-')
    .action(async (file: string, flags: PolicyFlags) => {
      const { policies } = loadWith(flags, options)
      onExit(await review(file, policies, await knownCluster(flags, options), options.terminal))
    })
}

function addServe(program: Command, options: ProgramOptions, onExit: (code: number) => void): void {
  const commands = [
    { name: 'serve', description: 'serve the admission webhook', run: options.serve, defaults: {} },
    { name: 'demo', description: 'serve and show it at work', run: options.demo, defaults: demoDefaults },
  ]
  for (const { name, description, run, defaults } of commands) {
    withPolicyFlags(program.command(name))
      .description(description)
      .option('--host <address>', 'the address to listen on')
      .option('--port <port>', 'the port of the webhook (TLS); 0: a free one')
      .option('--health-port <port>', 'the plain port of /healthz, /readyz and /metrics; 0: a free one')
      .option('--tls-cert <file>', 'PEM file of the certificate; without one it is made at start')
      .option('--tls-key <file>', 'PEM file of its private key')
      .option('--drain-delay <seconds>', 'how long to serve on after readiness is withdrawn')
      .addOption(new Option('--log-level <level>', 'what to log').choices(logLevels))
      .action(async (flags: PolicyFlags & ServeFlags) => {
        const loading = loadOptions(flags, options)
        const { policies, config: document } = load(loading)
        const config = serveConfig({ ...defaults, ...flags }, document, loading.configFile)
        const { now } = options.terminal
        onExit(await run({ config, feed: fileFeed(loading, policies), inventory: options.openInventory(config), now }))
      })
  }
}

function addPolicies(program: Command, options: ProgramOptions, onExit: (code: number) => void): void {
  withPolicyFlags(program.command('policies'))
    .description('list the policies in force, or show one: why, rules, parameters, how to configure it')
    .argument('[id]', 'the policy to show')
    .addOption(new Option('--format <format>', 'how to show them').choices(policyFormats).default('text'))
    .action((id: string | undefined, flags: PolicyFlags & { readonly format: PolicyFormat }) => {
      onExit(showPolicies(loadWith(flags, options), id, flags.format, options.terminal))
    })
}

function addTest(program: Command, options: ProgramOptions, onExit: (code: number) => void): void {
  program
    .command('test')
    .description('judge every example of policies and compare the answers')
    .argument(
      '[folders...]',
      'folders of policies, or one policy; the built-in ones and those of the configuration by default',
    )
    .option('--config <file>', 'the configuration; holdfast.json of this folder by default')
    .option('--update', 'write the answers that are not written down yet, to be read and committed', false)
    .action((folders: readonly string[], flags: PolicyFlags & { readonly update: boolean }) => {
      const named = folders.length > 0 ? folders : configuredDirectories(loadOptions(flags, options))
      onExit(test(named, flags, options.terminal))
    })
}

function withPolicyFlags(command: Command): Command {
  const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value]
  return command
    .option('--config <file>', 'the configuration; holdfast.json of this folder by default')
    .option(
      '--policies <folder>',
      'a folder with policies of your own, besides the built-in ones (repeatable)',
      collect,
    )
    .addOption(new Option('--profile <profile>', "what policies do; over the configuration's").choices(profiles))
    .option('--context <path>', 'what is in the cluster, as files for look-ups (repeatable)', collect)
    .option('--cluster', 'read look-ups from the cluster of the kubeconfig, or the one this runs in')
}

function loadOptions(flags: PolicyFlags, { environment }: ProgramOptions): LoadOptions {
  return {
    configFile: configFile(flags.config),
    policyDirectories: flags.policies ?? [],
    profile: flags.profile,
    ownNamespace: environment.ownNamespace,
    fingerprintKey: environment.fingerprintKey,
  }
}

function loadWith(flags: PolicyFlags, options: ProgramOptions): Loaded {
  return load(loadOptions(flags, options))
}

async function knownCluster(flags: PolicyFlags, { terminal, readCluster }: ProgramOptions): Promise<Inventory> {
  const context = await contextInventory(flags.context ?? [], terminal)
  return flags.cluster === true ? layered(context, await readCluster()) : context
}
