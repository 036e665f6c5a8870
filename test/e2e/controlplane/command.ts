import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** What a finished command said; `code` is its exit code, or 128 when a signal ended it. */
export interface CommandResult {
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

/** How to run a command: what it reads, where, with which environment, for how long, and what is to be expected. */
export interface CommandOptions {
  readonly input?: string
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** After this many milliseconds the command is killed, which counts as a failure. Without it there is no limit. */
  readonly timeoutMs?: number
  /** True: the command must fail, and success is the error. */
  readonly expectFailure?: boolean
}

/**
 * Runs a program without a shell and collects what it says.
 *
 * @throws Error when the program cannot be started, and when it fails (or, with `expectFailure`, succeeds); the message
 * holds the command line and the standard error, never the input.
 */
export async function runCommand(
  file: string,
  args: readonly string[],
  { input = '', cwd, env, timeoutMs, expectFailure = false }: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, timeout: timeoutMs, killSignal: 'SIGKILL' })
  const closed = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 128))
  })
  // A command may end without reading its input (a wrong flag): its exit code tells, the broken pipe does not.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [code, stdout, stderr] = await Promise.all([closed, text(child.stdout), text(child.stderr)])
  if ((code !== 0) !== expectFailure) {
    const outcome = expectFailure ? 'should have failed, but succeeded' : `failed with exit code ${code}`
    throw new Error(`${[file, ...args].join(' ')} ${outcome}\n${stderr.trim() || stdout.trim()}`)
  }
  return { stdout, stderr, code }
}
