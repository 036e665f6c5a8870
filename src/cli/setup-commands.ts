import { Argument, Option } from 'commander'
import { type Profile, profiles } from '../policy/action.ts'
import type { AddCommands } from './command-flags.ts'
import { completionScript, type Shell, shells } from './completion.ts'
import { init, type InitOptions } from './init.ts'
import { pipelines } from './starter-files.ts'
import { exitCodes } from './terminal.ts'

/** The command that a repository starts with: `init`. */
export const addInitCommand: AddCommands = (program, { terminal, version }, onExit) => {
  program
    .command('init')
    .summary('write holdfast.json, a pre-commit hook and a CI job')
    .description(
      'Writes holdfast.json, .pre-commit-config.yaml and the job of a pipeline, where they are not there yet. What is ' +
        'there is left alone, and what it needs is printed.',
    )
    .argument('[folder]', 'the root of the repository', '.')
    .addOption(new Option('--profile <profile>', 'what policies do').choices(profiles).default('baseline'))
    .addOption(
      new Option('--ci <pipeline>', 'the pipeline to write for; by default what the repository has').choices([
        ...pipelines,
        'none',
      ]),
    )
    .action((folder: string, flags: { readonly profile: Profile; readonly ci?: InitOptions['ci'] }) => {
      onExit(init({ folder, profile: flags.profile, ci: flags.ci, version }, terminal))
    })
}

/** The command for the shell that all others are typed in: `completion`. */
export const addCompletionCommand: AddCommands = (program, { terminal }, onExit) => {
  program
    .command('completion')
    .summary('print a script for completion by a shell')
    .description(
      'Prints a script that has a shell complete commands, flags and what they take. In ~/.bashrc or ~/.zshrc: ' +
        'eval "$(holdfast completion bash)"; fish: holdfast completion fish | source.',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .action((shell: Shell) => {
      terminal.out(completionScript(program, shell))
      onExit(exitCodes.clean)
    })
}
