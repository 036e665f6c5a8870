import type { Expected, OptionWords, ProgramWords } from './command-words.ts'

/** A script that has fish complete a program's commands, flags and what they take, each with what it is for. */
export function fishCompletion({ name: program, options, commands }: ProgramWords): string {
  const complete = (...parts: readonly string[]): string => `${['complete', '-c', program, ...parts].join(' ')}\n`
  const names = commands.map(({ name, summary }) =>
    complete('-n', '__fish_use_subcommand', '-a', name, '-d', quoted(summary)),
  )
  const flagsBefore = options.map((option) => complete('-n', '__fish_use_subcommand', ...optionParts(option)))
  const details = commands.flatMap(({ name, options: own, argument }) => {
    const within = ['-n', quoted(`__fish_seen_subcommand_from ${name}`)]
    const flags = own.map((option) => complete(...within, ...optionParts(option)))
    return argument === undefined ? flags : [...flags, complete(...within, ...offered(argument))]
  })
  const lines = [complete('-f'), ...names, ...flagsBefore, ...details]
  return `# fish completion of ${program}: ${program} completion fish | source\n${lines.join('')}`
}

function optionParts({ short, long, value, description }: OptionWords): readonly string[] {
  const name = ['-l', long.slice('--'.length)].concat(short === undefined ? [] : ['-s', short.slice('-'.length)])
  const taken = value === undefined ? [] : ['-r', ...offered(value)]
  return [...name, ...taken, '-d', quoted(description)]
}

function offered(expected: Expected): readonly string[] {
  switch (expected.type) {
    case 'words':
      return ['-f', '-a', quoted(expected.words.join(' '))]
    case 'files':
      return ['-F']
    case 'folders':
      return ['-f', '-a', quoted('(__fish_complete_directories)')]
    case 'text':
      return ['-f']
    default:
      return expected satisfies never
  }
}

/** In fish's single quotes a backslash escapes itself and the quote. */
function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`
}
