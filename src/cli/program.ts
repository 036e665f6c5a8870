import { Command } from 'commander'
import type { AddCommands, ProgramOptions } from './command-flags.ts'
import { addManifestCommands } from './manifest-commands.ts'
import { addPolicyCommands } from './policy-commands.ts'
import { addCompletionCommand, addInitCommand } from './setup-commands.ts'
import { addWebhookCommands } from './webhook-commands.ts'

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
    // The flags of a command are in its own help; a line here is for what it does.
    .configureHelp({ subcommandTerm })
    .helpCommand('help [command]', 'show how a command is used')
  for (const add of inOrderOfUse) add(program, options, onExit)
  return program
}

const inOrderOfUse: readonly AddCommands[] = [
  addInitCommand,
  addManifestCommands,
  addPolicyCommands,
  addWebhookCommands,
  addCompletionCommand,
]

function subcommandTerm(command: Command): string {
  const words = command.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name()
    return argument.required ? `<${name}>` : `[${name}]`
  })
  return [command.name(), ...words].join(' ')
}
