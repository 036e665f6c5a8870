import type { Outside } from '../inputs/outside.ts'

/** What a command has to do with the world besides files: given by main, replaced in tests. */
export interface Terminal extends Outside {
  out(text: string): void
  error(text: string): void
  /** Whether output goes to a person's screen, which shows colours. */
  readonly colors: boolean
  /** How many characters a line of that screen has; undefined where output goes to a file or a pipe. */
  readonly width?: number | undefined
  /** Shows in place of what was shown before how far a command is; '': takes it away. Undefined where nobody watches. */
  readonly showProgress?: ((text: string) => void) | undefined
  readonly now: () => Date
}

/** The exit codes of every command. */
export const exitCodes = { clean: 0, findings: 1, unusable: 2 } as const
