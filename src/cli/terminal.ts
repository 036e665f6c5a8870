/** How a program ended: what it wrote, and its exit code; undefined: it ran too long or wrote too much, and was stopped. */
export interface ToolRun {
  readonly status: number | undefined
  readonly stdout: string
  readonly stderr: string
}

/** What a command has to do with the world besides files: given by main, replaced in tests. */
export interface Terminal {
  out(text: string): void
  error(text: string): void
  /** All of standard input, as text. */
  readInput(): Promise<string>
  /** Runs a program of the PATH to its end, without a shell and without input. */
  readonly run: (tool: string, args: readonly string[]) => ToolRun | 'missing'
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

/** Input that a command cannot work with; told as it is, without a stack, and ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
