/** How a program ended: what it wrote, and its exit code; undefined: it ran too long or wrote too much, and was stopped. */
export interface ToolRun {
  readonly status: number | undefined
  readonly stdout: string
  readonly stderr: string
}

/** What reading manifests needs of the world besides files. */
export interface Outside {
  /** All of standard input, as text. */
  readInput(): Promise<string>
  /** Runs a program of the PATH to its end, without a shell and without input. */
  readonly run: (tool: string, args: readonly string[]) => ToolRun | 'missing'
}
