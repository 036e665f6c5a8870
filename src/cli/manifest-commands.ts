import { type Command, Option } from 'commander'
import type { Loaded } from '../load.ts'
import { renderers } from '../report/renderers.ts'
import { type FailOn, failureLevels } from '../report/verdict.ts'
import { check } from './check.ts'
import {
  type AddCommands,
  knownCluster,
  kubernetesVersionOption,
  loadWith,
  type PolicyFlags,
  type ProgramOptions,
  withPolicyFlags,
} from './command-flags.ts'
import { diff } from './diff.ts'
import { fix } from './fix.ts'
import { printSecrets } from './print-secrets.ts'
import type { RepairOptions } from './repairs.ts'
import { UsageError } from '../inputs/usage-error.ts'

interface ManifestFlags extends PolicyFlags {
  readonly namespace: string
  readonly ignoreUnknown: boolean
}

interface CheckFlags extends ManifestFlags {
  readonly format: string
  readonly failOn: FailOn
}

interface FixFlags extends ManifestFlags {
  readonly write: boolean
  readonly diff: boolean
  readonly printSecrets: boolean
}

/** The commands for manifests in files: `check`, `fix` and `diff`. */
export const addManifestCommands: AddCommands = (program, options, onExit) => {
  manifestCommand(program, 'check')
    .summary('judge manifests as the webhook would')
    .description('Judges manifests as the webhook would. Exit code 0: clean, 1: findings, 2: unusable input.')
    .addOption(
      new Option('--format <format>', 'how to report').choices(renderers.map(({ name }) => name)).default('text'),
    )
    .addOption(new Option('--fail-on <level>', 'what makes the exit code 1').choices(failureLevels).default('deny'))
    .action(async (paths: readonly string[], flags: CheckFlags) => {
      const inForce = loadWith(flags, options)
      const format = renderers.find(({ name }) => name === flags.format)
      if (format === undefined) throw new UsageError(`there is no format "${flags.format}"`)
      const { failOn, namespace, ignoreUnknown } = flags
      const cluster = await knownCluster(flags, options)
      const { terminal, version } = options
      onExit(await check({ paths, inForce, format, failOn, namespace, cluster, ignoreUnknown, version }, terminal))
    })
  manifestCommand(program, 'fix')
    .summary('repair manifests in their files')
    .description(
      'Repairs manifests in their files, and changes nothing else in them. Exit code 0: nothing is left, 1: something is ' +
        'left to repair, 2: unusable input.',
    )
    .addOption(new Option('--diff', 'show the changes as a unified diff (the default)').default(false))
    .addOption(new Option('--write', 'make the changes in the files').default(false).conflicts('diff'))
    .addOption(
      new Option('--print-secrets', 'print a Secret for each credential, to standard output only')
        .default(false)
        .conflicts(['diff', 'write']),
    )
    .action(async (paths: readonly string[], flags: FixFlags) => {
      const repairs = await repairOptions(paths, flags, options)
      const { terminal } = options
      if (flags.printSecrets) onExit(await printSecrets(repairs, terminal))
      else onExit(await fix({ ...repairs, mode: flags.write ? 'write' : 'diff' }, terminal))
    })
  manifestCommand(program, 'diff')
    .summary('show what the mutating webhook would change')
    .description('Shows what the mutating webhook would change. Exit code 0: nothing, 1: something, 2: unusable input.')
    .action(async (paths: readonly string[], flags: ManifestFlags) => {
      onExit(await diff(await repairOptions(paths, flags, options), options.terminal))
    })
}

function manifestCommand(program: Command, name: string): Command {
  return withPolicyFlags(program.command(name))
    .argument('[paths...]', 'files, folders, globs, or - for standard input', ['.'])
    .option('--namespace <name>', 'where objects without a namespace go', 'default')
    .addOption(kubernetesVersionOption())
    .option('--ignore-unknown', 'pass over named files that are no manifests, as over those in folders', false)
}

async function repairOptions(
  paths: readonly string[],
  flags: ManifestFlags,
  options: ProgramOptions,
): Promise<RepairOptions> {
  const { policies }: Loaded = loadWith(flags, options)
  const { namespace, ignoreUnknown } = flags
  return { paths, policies, namespace, ignoreUnknown, cluster: await knownCluster(flags, options) }
}
