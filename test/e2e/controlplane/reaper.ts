import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The guard of one control plane: what it watches dies with this process, however this process ends. */
export interface Reaper {
  /** From now on, kill this process (by its id) when the end comes. */
  watch(pid: number): void
  /** The process is gone: its id may soon belong to somebody else. */
  forget(pid: number): void
  /** Brings the end about: kills what is watched, and waits until the folder is removed. */
  finish(): Promise<void>
}

/**
 * Starts the guard of a folder: a small process of its own that reads the ids to watch from a pipe. When the pipe
 * closes, it kills them and removes the folder. The kernel closes the pipe with this process, so that needs no signal
 * handler here, survives SIGKILL, and leaves the test runner's own handling of signals alone.
 */
export function startReaper(folder: string): Reaper {
  const script = fileURLToPath(new URL('reaper-process.ts', import.meta.url))
  // A session of its own: Ctrl-C in the terminal reaches all of a foreground job at once, but must not reach the guard.
  const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'ignore', 'inherit'], detached: true })
  const ended = endOf(child)
  // A guard that has died is reported by finish(); until then the tests need not end for it.
  child.stdin.on('error', () => undefined)
  child.unref()
  return {
    watch: (pid) => void child.stdin.write(`watch ${pid}\n`),
    forget: (pid) => void child.stdin.write(`forget ${pid}\n`),
    async finish() {
      child.ref()
      child.stdin.end()
      const code = await ended
      if (code !== 0) throw new Error(`the process that clears ${folder} away ended with ${String(code)}`)
    },
  }
}

async function endOf(child: ChildProcess): Promise<unknown> {
  try {
    const [code, signal]: unknown[] = await once(child, 'exit')
    return code ?? signal
  } catch (error) {
    return error
  }
}
