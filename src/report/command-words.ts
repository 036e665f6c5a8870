/** What may stand in a place of the command line. */
export type Expected =
  | { readonly type: 'words'; readonly words: readonly string[] }
  | { readonly type: 'files' }
  | { readonly type: 'folders' }
  /** Something nobody can list, such as a name. */
  | { readonly type: 'text' }

/** A flag of a command. */
export interface OptionWords {
  /** `-V`, where it has a short form. */
  readonly short: string | undefined
  /** `--version`. */
  readonly long: string
  /** What it takes; undefined: nothing. */
  readonly value: Expected | undefined
  readonly description: string
}

/** A program as a shell completes it. */
export interface ProgramWords {
  readonly name: string
  /** Those that stand before a command. */
  readonly options: readonly OptionWords[]
  readonly commands: readonly CommandWords[]
}

/** A command as a shell completes it. */
export interface CommandWords {
  readonly name: string
  /** One line. */
  readonly summary: string
  readonly options: readonly OptionWords[]
  /** What its arguments are; undefined: it takes none. */
  readonly argument: Expected | undefined
}

/** A text as one word of bash or zsh, whatever is in it. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
