import { kinds, type Report } from './kind.ts'
import { isPlaceholder } from './placeholders.ts'
import { type ProgramFlags, programFlags } from './programs.ts'
import { occurrences } from './text.ts'

/** Words of a shell, as far as they say where a password begins and ends. */
export const shellExpressions = {
  /** One word: a quoted one, or what stands between blanks. */
  word: /\\?"[^"\n]{0,300}"|'[^'\n]{0,300}'|[^\s"']{1,300}/g,
  quotes: /^\\?["']|\\?["'],?$/g,
  /** What ends a command. */
  end: /^(?:\||\|\||&&|;|>|<|&)$/,
  /** A word that is an option, or what a synopsis has in its place. */
  option: /^[-<[|]/,
  port: /^\d{1,5}$/,
  /** Several flags of one letter each: `-su`. */
  joined: /^-[A-Za-z]{2,6}$/,
  optionLetter: /^-?[A-Za-z]/,
  /** What may be the path of a program. */
  program: /[\w./-]{2,200}/g,
  /** `echo root:x | chpasswd`. */
  chpasswd:
    /(?:echo|printf)(?:\s{1,4}-\w{1,3})?\s{1,4}\\?["']?[\w.-]{1,64}:([^\s"'|]{3,200}?)(?:\\n)?\\?["']?\s{0,4}\|\s{0,4}(?:sudo\s{1,4})?chpasswd/y,
  /** `echo x | docker login --password-stdin`. */
  stdin:
    /(?:echo|printf)(?:\s{1,4}-\w{1,3})?\s{1,4}\\?["']?([^\s"'|]{3,200})\\?["']?\s{0,4}\|[^|\n]{1,200}--(?:password|pass|token)-stdin/y,
} as const

/** Characters of a line that are looked at at once. */
const shellLine = 2000

/** Characters of a command that are looked at behind the name of the program. */
const commandLength = 300

/** A line that names programs more often than this is told of instead of read: no script does. */
const charactersPerCall = 150
const fewestCalls = 12

const wordEnds = ' \t"\'\\'

/** What makes a line worth a look: an option, or a command that takes a password without one. */
const positionalCommands = programFlags
  .flatMap(({ positional }) => positional?.command ?? [])
  .filter((command) => !command.startsWith('-'))

const flagsByProgram: ReadonlyMap<string, readonly ProgramFlags[]> = new Map(
  programFlags
    .flatMap(({ programs }) => programs.map((program) => program.split(' ')[0] ?? ''))
    .map((first) => [first, programFlags.filter(({ programs }) => programs.some((name) => isFirst(name, first)))]),
)

function isFirst(name: string, first: string): boolean {
  return name === first || name.startsWith(`${first} `)
}

/** Finds passwords that programs are given on their command line in flags whose names do not say so. */
export function findProgramPasswords(text: string, report: Report): void {
  let end = 0
  for (const offset of placesOfInterest(text)) {
    if (offset < end) continue
    const start = Math.max(text.lastIndexOf('\n', offset) + 1, end, offset - shellLine)
    const line = lineAt(text, start)
    end = start + line.length
    findInLine(line, start, report)
  }
  for (const mark of ['echo ', 'printf ']) {
    for (const offset of occurrences(text, mark)) {
      const value = piped(text.slice(offset, offset + commandLength).split('\n', 1)[0] ?? '')
      if (value !== undefined && !isPlaceholder(value)) report({ kind: kinds.commandPassword, offset, value })
    }
  }
}

function placesOfInterest(text: string): readonly number[] {
  const places: number[] = []
  for (const offset of occurrences(text, '-')) {
    if (
      `\t "'`.includes(text.charAt(offset - 1)) &&
      shellExpressions.optionLetter.test(text.slice(offset + 1, offset + 3))
    ) {
      places.push(offset)
    }
  }
  for (const command of positionalCommands) places.push(...occurrences(text, command))
  return places.sort((left, right) => left - right)
}

function findInLine(line: string, start: number, report: Report): void {
  let calls = Math.max(fewestCalls, line.length / charactersPerCall)
  for (const match of line.matchAll(shellExpressions.program)) {
    const name = match[0].slice(match[0].lastIndexOf('/') + 1).toLowerCase()
    const candidates = flagsByProgram.get(name.endsWith('.exe') ? name.slice(0, -4) : name)
    const from = match.index + match[0].length
    if (candidates === undefined || !wordEnds.includes(line.charAt(from))) continue
    calls -= 1
    if (calls < 0) return report({ kind: kinds.incomplete, offset: start + match.index })
    const words = wordsIn(line.slice(from, from + commandLength))
    for (const flags of candidates) {
      const value = isCalled(flags, name, words) ? passwordIn(words, flags) : undefined
      if (value === undefined || isPlaceholder(value)) continue
      report({ kind: kinds.commandPassword, offset: start + match.index, value })
    }
  }
}

/** Whether the command follows that the flags belong to: `docker login`. */
function isCalled({ programs }: ProgramFlags, first: string, words: readonly string[]): boolean {
  return programs.some((program) => {
    const [name = '', ...command] = program.split(' ')
    return first.startsWith(name) && command.every((word, index) => words[index] === word)
  })
}

function piped(line: string): string | undefined {
  if (!line.includes('|')) return undefined
  shellExpressions.chpasswd.lastIndex = 0
  shellExpressions.stdin.lastIndex = 0
  return (shellExpressions.chpasswd.exec(line) ?? shellExpressions.stdin.exec(line))?.[1]
}

/** A line from an offset on. One that ends in a backslash goes on. */
function lineAt(text: string, offset: number): string {
  const window = text.slice(offset, offset + shellLine)
  let end = window.indexOf('\n')
  while (end > 0 && window.charAt(end - 1) === '\\') end = window.indexOf('\n', end + 1)
  return end < 0 ? window : window.slice(0, end)
}

function wordsIn(line: string): readonly string[] {
  const words = (line.match(shellExpressions.word) ?? []).map((word) => word.replaceAll(shellExpressions.quotes, ''))
  const end = words.findIndex((word) => shellExpressions.end.test(word))
  return words.slice(0, end < 0 ? words.length : end).filter((word) => word !== '\\' && word !== ',' && word !== '')
}

function passwordIn(words: readonly string[], flags: ProgramFlags): string | undefined {
  for (const [index, word] of words.entries()) {
    const value = flagged(word, words[index + 1] ?? '', flags)
    if (value !== undefined) return value
  }
  return flags.positional === undefined ? undefined : positioned(words, flags.positional)
}

function flagged(word: string, next: string, flags: ProgramFlags): string | undefined {
  const equals = word.indexOf('=')
  const [flag, value] = equals > 0 ? [word.slice(0, equals), word.slice(equals + 1)] : [word, next]
  if (flags.spaced?.includes(flag)) return literal(value)
  if (flags.prefixed?.includes(flag) && value.startsWith('pass:')) return literal(value.slice(5))
  if (flags.login?.some((mark) => mark === flag || isJoined(flag, mark)))
    return loginPassword(value, flags.loginSign ?? ':')
  const glued = flags.glued?.find((mark) => word.startsWith(mark) && word.length > mark.length)
  return glued === undefined || equals > 0 ? undefined : literal(word.slice(glued.length))
}

function loginPassword(value: string, sign: string): string | undefined {
  const at = value.indexOf(sign)
  return at < 0 || value.includes('://') ? undefined : literal(value.slice(at + 1))
}

function positioned(
  words: readonly string[],
  { command, places }: { readonly command: readonly string[]; readonly places: readonly number[] },
): string | undefined {
  const line = words.map((word) => ` ${word}`).join('')
  const found = command.find((entry) => line.includes(` ${entry} `))
  if (found === undefined) return undefined
  const parts = found.split(' ')
  const start = words.findIndex((_word, index) => parts.every((part, place) => words[index + place] === part))
  return places
    .map((place) => words[start + parts.length - 1 + place] ?? '')
    .map(literal)
    .find((value) => value !== undefined)
}

function literal(value: string): string | undefined {
  const { option, port } = shellExpressions
  return value.length < 3 || option.test(value) || port.test(value) ? undefined : value
}

function isJoined(flag: string, mark: string): boolean {
  return mark.length === 2 && shellExpressions.joined.test(flag) && flag.endsWith(mark.charAt(1))
}
