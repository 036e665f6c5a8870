import { type CommandWords, type Expected, type OptionWords, type ProgramWords, shellQuoted } from './command-words.ts'

/** A script that has zsh complete a program's commands, flags and what they take, each with what it is for. */
export function zshCompletion({ name: program, options, commands }: ProgramWords): string {
  const described = commands.map(({ name, summary }) => `    ${shellQuoted(`${escaped(name)}:${escaped(summary)}`)}\n`)
  const cases = commands.flatMap(commandCase)
  const places = [...options.flatMap(optionSpecs), '1:command:->command', '*::argument:->argument']
  return `#compdef ${program}
# zsh completion of ${program}: eval "$(${program} completion zsh)", after compinit
_${program}() {
  local curcontext=$curcontext state line
  local -a commands
  commands=(
${described.join('')}  )
  _arguments -C ${places.map(shellQuoted).join(' ')}
  case $state in
    command) _describe -t commands command commands ;;
    argument)
      case $words[1] in
${cases.map((line) => `        ${line}\n`).join('')}      esac
      ;;
  esac
}
if [[ $funcstack[1] == _${program} ]]; then
  _${program} "$@"
else
  compdef _${program} ${program}
fi
`
}

function commandCase({ name, options, argument }: CommandWords): readonly string[] {
  const specs = options.flatMap(optionSpecs)
  const all = argument === undefined ? specs : [...specs, `*:argument:${action(argument)}`]
  return [`${name}) ${['_arguments', ...all.map(shellQuoted)].join(' ')} ;;`]
}

// Every flag may come again (the asterisk): some are repeatable, and of the others the last one counts.
function optionSpecs({ short, long, value, description }: OptionWords): readonly string[] {
  const told = `[${description.replaceAll(/[[\]\\]/g, '\\$&')}]`
  const taken = value === undefined ? '' : `:value:${action(value)}`
  const name = value === undefined ? long : `${long}=`
  return [`*${name}${told}${taken}`].concat(short === undefined ? [] : `*${short}${told}${taken}`)
}

function action(expected: Expected): string {
  switch (expected.type) {
    case 'words':
      return `(${expected.words.join(' ')})`
    case 'files':
      return '_files'
    case 'folders':
      return '_files -/'
    case 'text':
      return ' '
    default:
      return expected satisfies never
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[:\\]/g, '\\$&')
}
