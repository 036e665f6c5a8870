import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { text } from 'node:stream/consumers'
import { CommanderError } from 'commander'
import { ReviewError } from './admission/decode.ts'
import type { ProgramOptions } from './cli/command-flags.ts'
import { createProgram } from './cli/program.ts'
import { runTool } from './inputs/run-tool.ts'
import type { InventorySource, ServeOptions, Webhook } from './cli/serve.ts'
import { contextInventory } from './cli/surroundings.ts'
import { exitCodes, type Terminal } from './cli/terminal.ts'
import { UsageError } from './inputs/usage-error.ts'
import { readEnvironment, type ServeConfig } from './config.ts'
import { type Inventory, layered } from './kubernetes/inventory.ts'
import { LoadError } from './policy/problem.ts'
import type { Logger } from './telemetry/logger.ts'

// What serves, and what talks to a cluster, is loaded only by the commands that do: it takes longer to load than
// `check` takes to judge a thousand manifests.

const environment = readEnvironment(process.stdout.isTTY)

const terminal: Terminal = {
  out: (output) => void process.stdout.write(output),
  error: (output) => void process.stderr.write(output),
  readInput: () => text(process.stdin),
  run: runTool,
  colors: environment.colors,
  width: process.stdout.isTTY ? process.stdout.columns : undefined,
  showProgress: process.stderr.isTTY ? showProgress : undefined,
  now: () => new Date(),
}

// Back to the beginning of the line, which is cleared: what is shown next stands in its place.
function showProgress(progress: string): void {
  process.stderr.write(`\r\u001B[2K${progress}`)
}

// Whoever reads only the beginning (`holdfast check | head`) has what they want.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

// A command that ends does not wait for a cluster that does not answer.
const clusterTimeoutMs = 15_000

async function readCluster(): Promise<Inventory> {
  const { createLogger } = await import('./telemetry/logger.ts')
  const inventory = await connect(createLogger({ level: 'error' }))
  try {
    if (!(await inventory.synced(clusterTimeoutMs))) {
      throw new UsageError(`the cluster could not be read: ${inventory.ready().reasons.join('; ')}`)
    }
    return inventory.current()
  } finally {
    await inventory.stop()
  }
}

const openInventory =
  (config: ServeConfig): ServeOptions['inventory'] =>
  async (logger) => {
    const context = await contextInventory(config.contextPaths, terminal)
    if (!config.cluster) return fixedInventory(context)
    return withContext(await (config.customResources ? connectWithPolicies(logger) : connect(logger)), context)
  }

async function connect(logger: Logger): Promise<InventorySource & { synced(timeoutMs: number): Promise<boolean> }> {
  const { connectInventory } = await import('./cluster/inventory.ts')
  return connectInventory({ kubeConfig: 'default', logger, now: terminal.now })
}

async function connectWithPolicies(logger: Logger): Promise<InventorySource> {
  const cluster = await import('./cluster/policy-resources.ts')
  return cluster.connectWithPolicies({ kubeConfig: 'default', logger, now: terminal.now })
}

function withContext(live: InventorySource, context: Inventory): InventorySource {
  return { ...live, current: () => layered(live.current(), context) }
}

function fixedInventory(inventory: Inventory): InventorySource {
  return {
    current: () => inventory,
    ready: () => ({ ready: true, reasons: [] }),
    ageSeconds: () => undefined,
    stop: () => Promise.resolve(),
  }
}

async function certificateManager({ selfManagedCertificate }: ServeConfig): Promise<ServeOptions['manageCertificate']> {
  if (selfManagedCertificate === undefined) return undefined
  const { apiClient } = await import('./cluster/api-client.ts')
  const { systemClock } = await import('./cluster/clock.ts')
  const { ManagedCertificate } = await import('./cluster/managed-certificate.ts')
  const place = { ...selfManagedCertificate, namespace: environment.ownNamespace }
  const [api, clock] = [apiClient('default'), systemClock(terminal.now)]
  return (logger, onPair) => new ManagedCertificate({ api, place, clock, logger, onPair })
}

async function serve(options: ServeOptions, whenStarted?: (webhook: Webhook) => Promise<void>): Promise<number> {
  const { startWebhook } = await import('./cli/serve.ts')
  const stopped = stopSignal()
  const manageCertificate = await certificateManager(options.config)
  const webhook = await startWebhook({ ...options, manageCertificate, openEvents: await eventsOf(options.config) })
  await whenStarted?.(webhook)
  await stopped
  await webhook.stop()
  return exitCodes.clean
}

/** What makes Events of decisions, where the configuration asks for it. */
async function eventsOf({ events }: ServeConfig): Promise<ServeOptions['openEvents']> {
  if (!events) return undefined
  const { apiClient } = await import('./cluster/api-client.ts')
  const { systemClock } = await import('./cluster/clock.ts')
  const { EventRecorder } = await import('./cluster/events.ts')
  const writer = { client: apiClient('default'), clock: systemClock(terminal.now), instance: hostname() }
  return (parts) => new EventRecorder({ ...parts, ...writer })
}

// The first signal drains; a second one is Node's own business, and ends the process at once.
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}

async function show(webhook: Webhook): Promise<void> {
  const { showAtWork } = await import('./cli/demo.ts')
  await showAtWork(webhook, terminal)
  const { url, healthPort } = webhook.server
  terminal.out(`\nThe webhook is serving at ${url} (health: port ${healthPort}). Ctrl-C stops it.\n`)
}

const options: ProgramOptions = {
  terminal,
  environment,
  version: readVersion(),
  readCluster,
  openInventory,
  serve: (serving) => serve(serving),
  demo: (serving) => serve(serving, show),
}

function readVersion(): string {
  const { version }: { version?: unknown } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  return String(version)
}

/** Runs the command line of this process and sets its exit code. */
export async function main(): Promise<void> {
  try {
    await createProgram(options, (code) => (process.exitCode = code)).parseAsync()
  } catch (error) {
    process.exitCode = explain(error)
  }
}

// Mistakes of input are told in their own words; anything else is ours, and shows where it happened.
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.unusable
  const isExpected = [LoadError, UsageError, ReviewError, RangeError].some((type) => error instanceof type)
  const told = error instanceof Error ? (isExpected || 'code' in error ? error.message : error.stack) : String(error)
  terminal.error(`${told ?? 'unknown error'}\n`)
  return exitCodes.unusable
}
