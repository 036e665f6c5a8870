import { dirname, basename } from 'node:path'
import type { Argument, Command, Option } from 'commander'
import { builtInPolicies, policyFiles } from '../load.ts'
import type { CommandWords, Expected, OptionWords, ProgramWords } from '../report/command-words.ts'
import { bashCompletion } from '../report/completion-bash.ts'
import { fishCompletion } from '../report/completion-fish.ts'
import { zshCompletion } from '../report/completion-zsh.ts'

/** The shells that `holdfast completion` writes a script for. */
export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

const scripts: Readonly<Record<Shell, (program: ProgramWords) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
}

/**
 * `holdfast completion SHELL`: a script that has a shell complete the command line. It holds all it offers, so that
 * nothing is started while somebody types: the commands with their flags, and the built-in policies.
 */
export function completionScript(program: Command, shell: Shell): string {
  return scripts[shell]({ name: program.name(), options: optionsOf(program), commands: commandWords(program) })
}

function commandWords(program: Command): readonly CommandWords[] {
  const commands = program.createHelp().visibleCommands(program)
  const names = commands.map((command) => command.name())
  return commands.map((command) => ({
    name: command.name(),
    summary: command.summary() || command.description(),
    options: optionsOf(command),
    argument: command.registeredArguments.map((argument) => expectedOf(argument, names))[0],
  }))
}

function optionsOf(command: Command): readonly OptionWords[] {
  return command.createHelp().visibleOptions(command).flatMap(optionWords)
}

function optionWords(option: Option): readonly OptionWords[] {
  const { short, long, flags, description, argChoices } = option
  if (long === undefined) return []
  const placeholder = /<(.*)>/.exec(flags)?.[1]
  const value = placeholder === undefined ? undefined : (words(argChoices) ?? expectedByName(placeholder))
  return [{ short, long, value, description }]
}

function expectedOf(argument: Argument, commands: readonly string[]): Expected {
  const name = argument.name()
  if (name === 'command') return { type: 'words', words: commands }
  if (name === 'policy') return { type: 'words', words: policyFiles(builtInPolicies).map(idOf) }
  return words(argument.argChoices) ?? expectedByName(name)
}

function words(choices: readonly string[] | undefined): Expected | undefined {
  return choices === undefined ? undefined : { type: 'words', words: choices }
}

/** What may stand where the usage says `<file>`, `[paths...]` or `<name>`. */
function expectedByName(name: string): Expected {
  if (/^folders?$/.test(name)) return { type: 'folders' }
  return /^(?:file|path)s?$/.test(name) ? { type: 'files' } : { type: 'text' }
}

/** A built-in policy is in a folder of its name. */
function idOf(policyFile: string): string {
  return basename(dirname(policyFile))
}
