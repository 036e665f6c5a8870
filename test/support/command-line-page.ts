import type { Argument, Command, Option } from 'commander'
import { blocks, codeSpan, prose, table } from '../../src/report/markdown.ts'

const note = '<!-- Generated from the commands by "node test/generate-docs.ts"; changes here are lost. -->'

const introduction = `# The command line

\`holdfast help COMMAND\` says the same on a terminal. Every command ends with exit code 0 where all is well, 1 where it
found something, and 2 where it could not work: a wrong flag, a file that is not there, a mistake in \`holdfast.json\`.
What \`check\` prints is in [its guide](../guide/check.md), what \`holdfast.json\` may hold in
[the configuration](../guide/configuration.md).

Completion, in \`~/.bashrc\` or \`~/.zshrc\`: \`eval "$(holdfast completion bash)"\` (or \`zsh\`, after \`compinit\`); in
\`~/.config/fish/config.fish\`: \`holdfast completion fish | source\`.`

/** The reference of the command line, in Markdown: each command with its arguments and flags. */
export function renderCommandLine(program: Command): string {
  const { commands } = program
  const rows = commands.map((command) => [
    `[${codeSpan(usage(program, command))}](#${program.name()}-${command.name()})`,
    prose(command.summary()),
  ])
  return blocks([
    note,
    introduction,
    table(['command', 'what it is for'], rows),
    ...commands.flatMap((command) => commandBlocks(program, command)),
  ])
}

function commandBlocks(program: Command, command: Command): readonly string[] {
  const rows = [
    ...command.registeredArguments.map((argument) => [
      codeSpan(placeholder(argument)),
      prose(argument.description),
      facts(argument),
    ]),
    ...command.options.map((option) => [codeSpan(option.flags), prose(option.description), facts(option)]),
  ]
  return [
    `## ${program.name()} ${command.name()}`,
    prose(command.description()),
    rows.length === 0 ? '' : table(['argument or flag', 'what it says', 'values'], rows),
  ]
}

function usage(program: Command, command: Command): string {
  return [program.name(), command.name(), ...command.registeredArguments.map(placeholder)].join(' ')
}

function placeholder(argument: Argument): string {
  const name = argument.variadic ? `${argument.name()}...` : argument.name()
  return argument.required ? `<${name}>` : `[${name}]`
}

/** What may be given, and what holds otherwise. */
function facts({ argChoices = [], defaultValue }: Argument | Option): string {
  const preset: unknown = Array.isArray(defaultValue) ? defaultValue.join(' ') : defaultValue
  const isTold = typeof preset === 'string'
  const choices = argChoices.map((choice) => (choice === preset ? `**${codeSpan(choice)}**` : codeSpan(choice)))
  if (choices.length > 0) return choices.join(', ')
  return isTold ? `default ${codeSpan(preset)}` : '–'
}
