import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PortTakenError, startDaemon } from './daemon.ts'
import { onFreePorts } from './ports.ts'
import { commandLinesWith } from './processes.ts'
import { type Reaper, startReaper } from './reaper.ts'
import { waitFor } from './wait-for.ts'

const FOREVER = 'setInterval(() => {}, 1000)'

describe('startDaemon', () => {
  let folder: string
  let reaper: Reaper
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'))
    reaper = startReaper(folder)
  })
  afterEach(() => reaper.finish())

  const start = (script: string, probe = async () => true, file = process.execPath) =>
    startDaemon({
      name: 'example',
      file,
      args: ['--eval', script, folder],
      folder,
      reaper,
      probe,
      readyWithinMs: 1000,
      graceMs: 300,
    })

  it('ends a program that ignores SIGTERM', async () => {
    const script = `process.on('SIGTERM', () => {}); console.log('ready'); ${FOREVER}`
    const daemon = await start(script, async () => readFileSync(join(folder, 'example.log'), 'utf8') === 'ready\n')
    expect(daemon.running()).toBe(true)
    await daemon.stop()
    expect(daemon.running()).toBe(false)
    expect(await commandLinesWith(`${FOREVER} ${folder}`)).toEqual([])
  })

  it('reports a program that ends, with its last words', async () => {
    await expect(start('console.log("no such flag"); process.exit(1)', async () => false)).rejects.toThrow(
      'example ended before it was ready; the end of its log:\nno such flag',
    )
  })

  it('reports and ends a program that is not ready in time', async () => {
    await expect(start(`console.log("starting"); ${FOREVER}`, async () => false)).rejects.toThrow(
      'gave up waiting for example to become ready after 1000 ms; the end of its log:\nstarting',
    )
    expect(await commandLinesWith(`${FOREVER} ${folder}`)).toEqual([])
  })

  it('reports a program that is not there', async () => {
    await expect(start('', undefined, '/nowhere/example')).rejects.toThrow('cannot start example (/nowhere/example)')
  })

  it('tries other ports when one is taken', async () => {
    const rival = createServer().listen(0, '127.0.0.1')
    await once(rival, 'listening')
    const address = rival.address()
    const taken = typeof address === 'object' ? address?.port : undefined
    const tried: number[] = []
    const listen = (port: number | undefined) =>
      start(`require('node:net').createServer().listen(${port}, '127.0.0.1')`, async () => false)
    await expect(listen(taken)).rejects.toThrow(PortTakenError)
    const chosen = await onFreePorts(1, async (port) => {
      tried.push(port)
      return tried.length < 3 ? listen(taken) : port
    })
    expect(tried).toEqual([expect.any(Number), expect.any(Number), chosen])
    rival.close()
  })
})

describe('a control plane that nobody stopped', () => {
  it.each([
    { end: 'killed', ending: 'process.kill(process.pid, "SIGKILL")' },
    { end: 'terminated', ending: 'process.kill(process.pid, "SIGTERM")' },
    { end: 'interrupted', ending: 'process.kill(process.pid, "SIGINT")' },
    { end: 'ended by an uncaught exception', ending: 'throw new Error("expected by the test")' },
    { end: 'ended by process.exit', ending: 'process.exit(0)' },
    { end: 'out of work', ending: '' },
  ])('goes away with a process that is $end', async ({ ending }) => {
    const daemon = `{ name: 'example', file: process.execPath, args: ['--eval', ${JSON.stringify(FOREVER)}, folder],
      folder, reaper: startReaper(folder), probe: async () => true, readyWithinMs: 5000, graceMs: 1000 }`
    const script = `
      const { mkdtempSync } = await import('node:fs')
      const { startDaemon } = await import(${moduleText('daemon.ts')})
      const { startReaper } = await import(${moduleText('reaper.ts')})
      const folder = mkdtempSync(${JSON.stringify(join(tmpdir(), 'holdfast-e2e-'))})
      await startDaemon(${daemon})`
    expect(await endScript(script, ending)).toEqual({ processes: 2, allGone: true })
  })

  it('goes away whole', async () => {
    const script = `
      const { startControlPlane } = await import(${moduleText('start.ts')})
      const { folder } = await startControlPlane()`
    expect(await endScript(script, 'process.kill(process.pid, "SIGKILL")')).toEqual({ processes: 3, allGone: true })
  })
})

function moduleText(name: string): string {
  return JSON.stringify(new URL(name, import.meta.url).href)
}

/** Runs a script that makes a `folder` and processes that name it, ends it in some way, and waits for them to go. */
async function endScript(script: string, ending: string): Promise<{ processes: number; allGone: boolean }> {
  const whole = `${script}
    process.stdout.write(folder + '\\n')
    process.stdin.once('data', () => { process.stdin.destroy(); ${ending} })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', whole], { stdio: ['pipe', 'pipe', 'ignore'] })
  const exited = once(child, 'exit')
  try {
    const [line]: unknown[] = await once(createInterface({ input: child.stdout }), 'line')
    const folder = String(line)
    const processes = (await commandLinesWith(folder)).length
    child.stdin.write('go\n')
    await exited
    const allGone = await waitFor(async () => !existsSync(folder) && (await commandLinesWith(folder)).length === 0, {
      timeoutMs: 15_000,
      what: 'its processes and its folder to go away',
    })
    return { processes, allGone }
  } finally {
    child.kill('SIGKILL')
  }
}
