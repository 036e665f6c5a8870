/** What a command has to do with the world besides files: given by main, replaced in tests. */
export interface Terminal {
  out(text: string): void
  error(text: string): void
  /** All of standard input, as text. */
  readInput(): Promise<string>
  /** Whether output goes to a person's screen, which shows colours. */
  readonly colors: boolean
  readonly now: () => Date
}

/** The exit codes of every command. */
export const exitCodes = { clean: 0, findings: 1, unusable: 2 } as const

/** Input that a command cannot work with; told as it is, without a stack, and ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
