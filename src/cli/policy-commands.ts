import { Option } from 'commander'
import { configuredDirectories } from '../load.ts'
import { type AddCommands, loadOptions, loadWith, type PolicyFlags, withConfigFlags } from './command-flags.ts'
import { explain } from './explain.ts'
import { listPolicies, type PolicyFormat, policyFormats } from './policies.ts'
import { test } from './test.ts'

/** The commands about policies themselves: `explain`, `policies` and `test`. */
export const addPolicyCommands: AddCommands = (program, options, onExit) => {
  withConfigFlags(program.command('explain'))
    .summary('tell one policy: why, rules, an example, how to set it')
    .description(
      'Tells one policy: why, what it judges, its rules, an example and how it is right, what it does here, how to set ' +
        'it and how to write an exception.',
    )
    .argument('<policy>', 'a policy, POLICY/RULE, or a message with the policy in brackets, pasted in quotes')
    .addOption(formatOption())
    .action((policy: string, flags: FormatFlags) => {
      onExit(explain(loadWith(flags, options), policy, flags.format, options.terminal))
    })
  withConfigFlags(program.command('policies'))
    .summary('list the policies in force')
    .description('Lists the policies in force, with their action, severity and title.')
    .addOption(formatOption())
    .action((flags: FormatFlags) => {
      onExit(listPolicies(loadWith(flags, options), flags.format, options.terminal))
    })
  program
    .command('test')
    .summary('judge the examples of policies, yours included')
    .description(
      'Judges every example of policies and compares the answers with those that are written down; says which rules no ' +
        'example breaks, and which none keeps.',
    )
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

interface FormatFlags extends PolicyFlags {
  readonly format: PolicyFormat
}

function formatOption(): Option {
  return new Option('--format <format>', 'how to show it').choices(policyFormats).default('text')
}
