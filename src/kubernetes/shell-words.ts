/** One simple command of a shell script. */
export interface ShellCommand {
  readonly words: readonly string[]
  /** Variables set for it: `PGDATA=/data`. */
  readonly assignments: readonly string[]
}

// No container's command is as long; what follows is not read.
const longestScript = 20_000

/**
 * Splits a shell script into its simple commands and these into words, as far as it takes to see what is started:
 * quotes and escapes are resolved; separators, subshells and comments end a command; nothing is expanded. One pass over
 * at most 20,000 characters.
 */
export function shellCommands(script: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = []
  let words: string[] = []
  let word: string | undefined
  let quote = ''
  const endWord = (): void => {
    if (word !== undefined) words.push(word)
    word = undefined
  }
  const endCommand = (): void => {
    endWord()
    if (words.length > 0) commands.push({ words, assignments: [] })
    words = []
  }
  const text = script.slice(0, longestScript)
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index)
    if (character === '\\' && quote !== "'") {
      index += 1
      // A line that ends with a backslash goes on in the next one.
      if (text.charAt(index) !== '\n') word = (word ?? '') + text.charAt(index)
    } else if (quote !== '') {
      if (character === quote) quote = ''
      else word = (word ?? '') + character
    } else if (character === "'" || character === '"') {
      quote = character
      word ??= ''
    } else if (character === '#' && word === undefined) {
      const end = text.indexOf('\n', index)
      endCommand()
      index = end < 0 ? text.length : end
    } else if (';&|()\n`'.includes(character)) endCommand()
    else if (' \t\r'.includes(character)) endWord()
    else word = (word ?? '') + character
  }
  endCommand()
  return commands
}
