import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exampleFingerprintKey } from '../../src/examples/run.ts'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import { createAuthority, issueServerCertificate } from './controlplane/certificates.ts'
import { PortTakenError } from './controlplane/daemon.ts'
import { onFreePorts } from './controlplane/ports.ts'
import { type Reaper, startReaper } from './controlplane/reaper.ts'
import type { ControlPlane } from './controlplane/start.ts'
import { waitFor } from './controlplane/wait-for.ts'

/** A serving certificate and its key, as files, and the authority (PEM) that the API server is to trust. */
export interface TlsFiles {
  readonly certFile: string
  readonly keyFile: string
  readonly caPem: string
}

/** What the webhook is started with: `config` becomes its holdfast.json, `flags` come after its own and so win. */
export interface WebhookOptions {
  readonly config?: JsonObject
  readonly flags?: readonly string[]
  readonly tls?: TlsFiles
  /** Whether `config` says where the certificate comes from; `tls` is then not used. */
  readonly ownCertificate?: boolean
}

/** A `holdfast serve` that runs as a process of its own. */
export interface RunningWebhook {
  /** `https://127.0.0.1:PORT`, without a path. */
  readonly url: string
  /** `http://127.0.0.1:PORT` of /healthz, /readyz and /metrics. */
  readonly healthUrl: string
  readonly pid: number
  readonly tls: TlsFiles
  /** Its own holdfast.json; writing to it is a change of configuration. Undefined where it was started without. */
  readonly configFile: string | undefined
  /** All it has logged so far, one JSON document a line. */
  log(): string
  /** Asks it to end (SIGTERM unless another signal is named) and gives its exit code; 128 where the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number>
}

const repository = fileURLToPath(new URL('../..', import.meta.url))
const readyWithinMs = 30_000
// A drain takes at most as long as the API server's own limit for a call.
const graceMs = 45_000

/**
 * Starts `holdfast serve --cluster` on free ports of 127.0.0.1 and waits until /readyz agrees. It does not wait before it
 * drains (`--drain-delay 0`), unless a flag says so. It ends with `stop()`, and by itself when this process ends.
 *
 * @throws Error when it ends or is not ready in time; the message ends with its log.
 */
export async function startWebhook(cluster: ControlPlane, options: WebhookOptions = {}): Promise<RunningWebhook> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-webhook-'))
  const reaper = startReaper(folder)
  try {
    const tls = options.tls ?? (await writeTlsFiles(folder))
    const configFile = options.config === undefined ? undefined : join(folder, 'holdfast.json')
    if (configFile !== undefined) await writeFile(configFile, JSON.stringify(options.config, null, 2))
    return await onFreePorts(2, (port, healthPort = 0) =>
      launch(cluster, { folder, reaper, tls, configFile, port, healthPort, flags: flagsOf(options, tls) }),
    )
  } catch (error) {
    await reaper.finish()
    throw error
  }
}

function flagsOf({ ownCertificate = false, flags = [] }: WebhookOptions, tls: TlsFiles): readonly string[] {
  return ownCertificate ? flags : [`--tls-cert=${tls.certFile}`, `--tls-key=${tls.keyFile}`, ...flags]
}

/** Makes a serving certificate for 127.0.0.1 with an authority of its own, as `tls.crt` and `tls.key` of the folder. */
export async function writeTlsFiles(folder: string): Promise<TlsFiles> {
  const authority = await createAuthority()
  const { certificate, key } = await issueServerCertificate(authority)
  const certFile = join(folder, 'tls.crt')
  const keyFile = join(folder, 'tls.key')
  await writeFile(certFile, certificate)
  await writeFile(keyFile, key)
  return { certFile, keyFile, caPem: authority.certificate }
}

interface Launch {
  readonly folder: string
  readonly reaper: Reaper
  readonly tls: TlsFiles
  readonly configFile: string | undefined
  readonly port: number
  readonly healthPort: number
  readonly flags: readonly string[]
}

async function launch(cluster: ControlPlane, options: Launch): Promise<RunningWebhook> {
  const { folder, reaper, tls, configFile, port, healthPort } = options
  const logFile = join(folder, `webhook-${port}.log`)
  const output = openSync(logFile, 'a')
  const child = spawn(join(repository, 'node_modules/.bin/node'), serveArguments(options), {
    // Not the repository: a holdfast.json of the person who runs the tests must not be found.
    cwd: folder,
    env: { ...process.env, KUBECONFIG: cluster.kubeconfig, HOLDFAST_FINGERPRINT_KEY: exampleFingerprintKey },
    stdio: ['ignore', output, output],
    detached: true,
  })
  closeSync(output)
  const exited = once(child, 'exit').then(([code]: unknown[]) => (typeof code === 'number' ? code : 128))
  const { pid } = child
  if (pid === undefined) {
    await exited
    throw new Error('cannot start node')
  }
  reaper.watch(pid)
  child.unref()
  const running = (): boolean => child.exitCode === null && child.signalCode === null
  const log = (): string => readFileSync(logFile, 'utf8')
  let lastLog: string | undefined
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number> => {
    child.ref()
    if (running()) child.kill(signal)
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
    const code = await exited
    clearTimeout(timer)
    reaper.forget(pid)
    lastLog ??= log()
    return code
  }
  const healthUrl = `http://127.0.0.1:${healthPort}`
  await untilReady(healthUrl, running, log, stop)
  return {
    url: `https://127.0.0.1:${port}`,
    healthUrl,
    pid,
    tls,
    configFile,
    log: () => lastLog ?? log(),
    async stop(signal) {
      const code = await stop(signal)
      await reaper.finish()
      return code
    },
  }
}

function serveArguments({ configFile, port, healthPort, flags }: Launch): readonly string[] {
  return [
    join(repository, 'src/main.ts'),
    'serve',
    '--cluster',
    '--host=127.0.0.1',
    `--port=${port}`,
    `--health-port=${healthPort}`,
    '--drain-delay=0',
    ...(configFile === undefined ? [] : [`--config=${configFile}`]),
    ...flags,
  ]
}

async function untilReady(
  healthUrl: string,
  running: () => boolean,
  log: () => string,
  stop: () => Promise<number>,
): Promise<void> {
  try {
    const state = await waitFor(
      async () => (running() ? (await fetch(`${healthUrl}/readyz`)).ok && 'ready' : 'ended'),
      { timeoutMs: readyWithinMs, what: 'the webhook to become ready', intervalMs: 50 },
    )
    if (state === 'ended') throw new Error('the webhook ended before it was ready')
  } catch (error) {
    await stop()
    const message = `${error instanceof Error ? error.message : String(error)}; its log:\n${log()}`
    if (log().includes('EADDRINUSE')) throw new PortTakenError(message, { cause: error })
    throw new Error(message, { cause: error })
  }
}

/** How to register a webhook. */
export interface RegisterOptions {
  /** Put in place of the failure policy of every webhook in the file. */
  readonly failurePolicy?: 'Fail' | 'Ignore'
  /** Nothing that this user does is judged: what the user makes is as if it were older than the webhook. */
  readonly exceptUser?: string
}

const effectWithinMs = 20_000
const guide = new URL('../../docs/guide/webhook-configuration.yaml', import.meta.url)

/**
 * Registers the webhook as the guide says, and waits until the API server calls it, to mutate and to validate.
 *
 * @throws Error when it does not in time; the message ends with the webhook's log.
 */
export async function register(
  cluster: ControlPlane,
  webhook: RunningWebhook,
  { failurePolicy, exceptUser }: RegisterOptions = {},
): Promise<void> {
  const text = (await readFile(guide, 'utf8'))
    .replaceAll('${URL}', webhook.url)
    .replaceAll('${CA_BUNDLE}', Buffer.from(webhook.tls.caPem).toString('base64'))
  const withPolicy = failurePolicy === undefined ? text : text.replaceAll(/(failurePolicy: )\w+/g, `$1${failurePolicy}`)
  const condition = { name: 'others-only', expression: `request.userInfo.username != '${exceptUser ?? ''}'` }
  const input =
    exceptUser === undefined
      ? withPolicy
      : withPolicy.replaceAll(/^( +)sideEffects: None$/gm, `$&\n$1matchConditions: [${JSON.stringify(condition)}]`)
  await cluster.kubectl(['apply', '-f', '-'], { input })
  try {
    await waitFor(async () => (await probe(cluster, webhook)).every((count) => count > 0), {
      timeoutMs: effectWithinMs,
      what: 'the API server to call the webhook',
    })
  } catch (error) {
    throw new Error(`the webhook was not called; its log:\n${webhook.log()}`, { cause: error })
  }
}

/** Takes the registration back, and waits until the API server calls this webhook no more. */
export async function unregister(cluster: ControlPlane, webhook: RunningWebhook): Promise<void> {
  const configurations = 'mutatingwebhookconfigurations,validatingwebhookconfigurations'
  await cluster.kubectl(['delete', configurations, 'holdfast', '--ignore-not-found'])
  await waitFor(async () => (await probe(cluster, webhook)).every((count) => count === 0), {
    timeoutMs: effectWithinMs,
    what: 'the API server to stop calling the webhook',
  })
}

/** How often the webhook's two endpoints are called for one harmless object. */
async function probe(cluster: ControlPlane, webhook: RunningWebhook): Promise<readonly number[]> {
  const before = await calls(webhook)
  await cluster.kubectl(['create', 'configmap', 'holdfast-probe', '--dry-run=server'])
  const after = await calls(webhook)
  return after.map((count, index) => count - (before[index] ?? 0))
}

/** How often the webhook's two endpoints were called since it started: to mutate, and to validate. */
export async function calls({ healthUrl }: RunningWebhook): Promise<readonly number[]> {
  const metrics = await (await fetch(`${healthUrl}/metrics`)).text()
  return ['mutate', 'validate'].map((endpoint) =>
    metrics
      .split('\n')
      .filter((line) => line.startsWith('holdfast_admission_requests_total{') && line.includes(`"${endpoint}"`))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0),
  )
}
