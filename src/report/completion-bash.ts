import { type CommandWords, type Expected, type OptionWords, type ProgramWords, shellQuoted } from './command-words.ts'

/**
 * A script that has bash (3.2 and later) complete a program's commands, flags and what they take. Where files may stand
 * it leaves them to bash, which knows how to quote their names.
 */
export function bashCompletion({ name: program, options, commands }: ProgramWords): string {
  const names = commands.map(({ name }) => name)
  const root: CommandWords = { name: '', summary: '', options, argument: { type: 'words', words: names } }
  const all = [...commands, root]
  const values = all.flatMap((command) => command.options.flatMap((option) => valueCase(program, command, option)))
  const others = all.flatMap((command) => commandCases(program, command))
  return `# bash completion of ${program}: eval "$(${program} completion bash)"
_${program}_words() {
  compopt +o default 2>/dev/null
  COMPREPLY=($(compgen -W "$1" -- "$current"))
}
_${program}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command= index
  # To bash the "=" of --format=json is a word of its own.
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    if [[ \${COMP_WORDS[index]} != -* ]]; then
      command=\${COMP_WORDS[index]}
      break
    fi
  done
  COMPREPLY=()
  case "$command $previous" in
${values.map((line) => `    ${line}\n`).join('')}  esac
  case "$command $current" in
${others.map((line) => `    ${line}\n`).join('')}  esac
}
complete -o default -F _${program} ${program}
`
}

function valueCase(program: string, command: CommandWords, { short, long, value }: OptionWords): readonly string[] {
  if (value === undefined) return []
  const flags = [short, long].flatMap((flag) => (flag === undefined ? [] : shellQuoted(`${command.name} ${flag}`)))
  return [`${flags.join(' | ')}) ${[...offer(program, value), 'return'].join('; ')} ;;`]
}

function commandCases(program: string, { name, options, argument }: CommandWords): readonly string[] {
  const flags = options.flatMap(({ short, long }) => (short === undefined ? [long] : [short, long]))
  const offered = offer(program, argument ?? { type: 'text' }).join('; ')
  return [
    `${shellQuoted(`${name} -`)}*) _${program}_words ${shellQuoted(flags.join(' '))} ;;`,
    `${shellQuoted(`${name} `)}*) ${offered === '' ? ':' : offered} ;;`,
  ]
}

/** What offers what may stand in a place; nothing offers files, as bash does by itself. */
function offer(program: string, expected: Expected): readonly string[] {
  switch (expected.type) {
    case 'words':
      return [`_${program}_words ${shellQuoted(expected.words.join(' '))}`]
    case 'files':
      return []
    case 'folders':
      return ['compopt +o default -o dirnames 2>/dev/null']
    case 'text':
      return ['compopt +o default 2>/dev/null']
    default:
      return expected satisfies never
  }
}
