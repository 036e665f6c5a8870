import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reaper } from './reaper.ts'
import { waitFor } from './wait-for.ts'

/** A program that runs until it is stopped, its output going to a log file. */
export interface Daemon {
  readonly pid: number
  /** Whether it has not ended yet. */
  running(): boolean
  /** The last lines that it wrote to its log. */
  logTail(): string
  /** Asks it to end (SIGTERM), makes it end where it takes too long (SIGKILL), and waits for that. */
  stop(): Promise<void>
}

/**
 * What to start: `name` is also the log's name in `folder`, `probe` answers whether it does its work, and `graceMs` is
 * how long it may take to end when asked.
 */
export interface DaemonOptions {
  readonly name: string
  readonly file: string
  readonly args: readonly string[]
  readonly folder: string
  readonly reaper: Reaper
  readonly probe: () => Promise<boolean>
  readonly readyWithinMs: number
  readonly graceMs: number
}

/** The start failed because somebody else listens on the port; another port will do. */
export class PortTakenError extends Error {}

/**
 * Starts a program and waits until its probe succeeds.
 *
 * @throws PortTakenError when it ended because its port is in use.
 * @throws Error when it cannot be started, ends, or is not ready in time; the message ends with the tail of the log.
 */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { name, probe, readyWithinMs } = options
  const daemon = await launch(options)
  try {
    const state = await waitFor(async () => (daemon.running() ? (await probe()) && 'ready' : 'ended'), {
      timeoutMs: readyWithinMs,
      what: `${name} to become ready`,
    })
    if (state === 'ready') return daemon
    throw new Error(`${name} ended before it was ready`)
  } catch (error) {
    await daemon.stop()
    const tail = daemon.logTail()
    const message = `${error instanceof Error ? error.message : String(error)}; the end of its log:\n${tail}`
    if (tail.includes('address already in use')) throw new PortTakenError(message, { cause: error })
    throw new Error(message, { cause: error })
  }
}

async function launch({ name, file, args, folder, reaper, graceMs }: DaemonOptions): Promise<Daemon> {
  const logFile = join(folder, `${name}.log`)
  const log = openSync(logFile, 'a')
  // What an earlier start of the same program wrote says nothing about this one.
  const logStart = fstatSync(log).size
  // A session of its own, so that Ctrl-C in the terminal does not end etcd under a running API server.
  const child = spawn(file, args, { stdio: ['ignore', log, log], detached: true })
  closeSync(log)
  const { pid } = child
  if (pid === undefined) {
    const [error]: unknown[] = await once(child, 'error')
    throw new Error(`cannot start ${name} (${file})`, { cause: error })
  }
  reaper.watch(pid)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      reaper.forget(pid)
      resolve()
    })
  })
  // A script that forgets stop() must still be able to end; the reaper does the rest.
  child.unref()
  const running = (): boolean => child.exitCode === null && child.signalCode === null
  return {
    pid,
    running,
    logTail: () => readFileSync(logFile).subarray(logStart).toString().trimEnd().split('\n').slice(-25).join('\n'),
    async stop() {
      if (!running()) return
      child.ref()
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
      await exited
      clearTimeout(timer)
    },
  }
}
