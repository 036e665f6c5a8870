import { describe, expect, it } from 'vitest'
import type { ProgramWords } from './command-words.ts'
import { bashCompletion } from './completion-bash.ts'
import { fishCompletion } from './completion-fish.ts'
import { zshCompletion } from './completion-zsh.ts'

const program: ProgramWords = {
  name: 'prog',
  options: [{ short: '-V', long: '--version', value: undefined, description: 'the version' }],
  commands: [
    {
      name: 'check',
      summary: "judge what's there: all",
      options: [
        { short: undefined, long: '--format', value: { type: 'words', words: ['a', 'b'] }, description: 'how [a\\b]' },
        { short: '-o', long: '--out', value: { type: 'files' }, description: "the user's" },
        { short: undefined, long: '--name', value: { type: 'text' }, description: 'a name' },
      ],
      argument: { type: 'folders' },
    },
    { name: 'list', summary: 'list', options: [], argument: undefined },
  ],
}

describe('a completion script', () => {
  it('for bash', () => {
    const script = bashCompletion(program)
    expect(script.slice(script.indexOf('  case "$command $previous"'))).toBe(`  case "$command $previous" in
    'check --format') _prog_words 'a b'; return ;;
    'check -o' | 'check --out') return ;;
    'check --name') compopt +o default 2>/dev/null; return ;;
  esac
  case "$command $current" in
    'check -'*) _prog_words '--format -o --out --name' ;;
    'check '*) compopt +o default -o dirnames 2>/dev/null ;;
    'list -'*) _prog_words '' ;;
    'list '*) compopt +o default 2>/dev/null ;;
    ' -'*) _prog_words '-V --version' ;;
    ' '*) _prog_words 'check list' ;;
  esac
}
complete -o default -F _prog prog
`)
  })

  it('for zsh', () => {
    expect(zshCompletion(program)).toBe(`#compdef prog
# zsh completion of prog: eval "$(prog completion zsh)", after compinit
_prog() {
  local curcontext=$curcontext state line
  local -a commands
  commands=(
    'check:judge what'\\''s there\\: all'
    'list:list'
  )
  _arguments -C '*--version[the version]' '*-V[the version]' '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe -t commands command commands ;;
    argument)
      case $words[1] in
        check) _arguments '*--format=[how \\[a\\\\b\\]]:value:(a b)' '*--out=[the user'\\''s]:value:_files' '*-o[the user'\\''s]:value:_files' '*--name=[a name]:value: ' '*:argument:_files -/' ;;
        list) _arguments ;;
      esac
      ;;
  esac
}
if [[ $funcstack[1] == _prog ]]; then
  _prog "$@"
else
  compdef _prog prog
fi
`)
  })

  it('for fish', () => {
    expect(fishCompletion(program)).toBe(`# fish completion of prog: prog completion fish | source
complete -c prog -f
complete -c prog -n __fish_use_subcommand -a check -d 'judge what\\'s there: all'
complete -c prog -n __fish_use_subcommand -a list -d 'list'
complete -c prog -n __fish_use_subcommand -l version -s V -d 'the version'
complete -c prog -n '__fish_seen_subcommand_from check' -l format -r -f -a 'a b' -d 'how [a\\\\b]'
complete -c prog -n '__fish_seen_subcommand_from check' -l out -s o -r -F -d 'the user\\'s'
complete -c prog -n '__fish_seen_subcommand_from check' -l name -r -f -d 'a name'
complete -c prog -n '__fish_seen_subcommand_from check' -f -a '(__fish_complete_directories)'
`)
  })
})
