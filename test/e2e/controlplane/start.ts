import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Binaries, buildControlPlane } from './build.ts'
import { type CommandOptions, type CommandResult, runCommand } from './command.ts'
import type { Daemon } from './daemon.ts'
import { onFreePorts, retryWhileTaken } from './ports.ts'
import { startApiServer, startControllerManager, startEtcd } from './programs.ts'
import { startReaper } from './reaper.ts'
import { filesIn, prepareSite, type Site, writeAdminKubeconfig, writeKubeconfig } from './site.ts'

/** How to call kubectl: its input, whether it must fail, and as whom (a kubeconfig's path; the administrator's if absent). */
interface KubectlOptions extends Pick<CommandOptions, 'input' | 'expectFailure'> {
  readonly kubeconfig?: string
}

/** A running API server with its etcd on 127.0.0.1, with nothing in it yet. Paths are absolute. */
export interface ControlPlane {
  /** The administrator's kubeconfig (group system:masters). */
  readonly kubeconfig: string
  readonly server: string
  /** The authority that signed the API server's certificate, PEM. */
  readonly caFile: string
  readonly folder: string
  /** One JSON audit event a line, metadata only; a request is in it before its answer arrives. */
  readonly auditLog: string
  readonly binaries: Binaries
  kubectl(args: readonly string[], options?: KubectlOptions): Promise<CommandResult>
  /** Writes a kubeconfig for a user with a client certificate of its own, and gives the path. */
  kubeconfigFor(user: string, groups?: readonly string[]): Promise<string>
  /** Runs kube-controller-manager with these controllers, in place of those that ran before. */
  startControllers(controllers: readonly string[]): Promise<void>
  stopApiServer(): Promise<void>
  /** Starts the API server again, on the same etcd and port. */
  startApiServer(): Promise<void>
  stopEtcd(): Promise<void>
  /** Starts etcd again, with what it held, on the same ports. */
  startEtcd(): Promise<void>
  /** Ends everything and removes the folder. Once is enough; again does no harm. */
  stop(): Promise<void>
}

/** What to run beside the API server: controllers by kube-controller-manager's names (`statefulset-controller`). */
export interface ControlPlaneOptions {
  readonly controllers?: readonly string[]
}

/**
 * Builds (when needed) and starts a control plane with RBAC on, in a new folder. It ends with `stop()`, and by itself
 * when this process ends in any way.
 *
 * @throws Error when a program cannot be built or does not become ready; the message ends with the tail of its log.
 */
export async function startControlPlane({ controllers = [] }: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const binaries = await buildControlPlane()
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'))
  const reaper = startReaper(folder)
  try {
    const site = await prepareSite(folder, binaries, reaper)
    const controlPlane = await run(site)
    if (controllers.length > 0) await controlPlane.startControllers(controllers)
    return controlPlane
  } catch (error) {
    await reaper.finish()
    throw error
  }
}

async function run(site: Site): Promise<ControlPlane> {
  const files = filesIn(site.folder)
  const etcd = await runEtcd(site)
  const apiServer = await runApiServer(site, etcd.port)
  const { server } = apiServer
  await writeAdminKubeconfig(site, server)
  const controllers = controllersOf(site, server)
  const stopAll = async (): Promise<void> => {
    await controllers.stop()
    // An API server whose etcd is gone lingers, so it goes first.
    await apiServer.stop()
    await etcd.stop()
    await site.reaper.finish()
  }
  let stopped: Promise<void> | undefined
  return {
    kubeconfig: files.kubeconfig,
    server,
    caFile: files.authority,
    folder: site.folder,
    auditLog: files.auditLog,
    binaries: site.binaries,
    kubectl: (args, options) => kubectl(site, args, options),
    kubeconfigFor: (user, groups) => writeKubeconfig(site, server, user, groups),
    startControllers: (names) => controllers.start(names),
    stopApiServer: () => apiServer.stop(),
    startApiServer: () => apiServer.start(),
    stopEtcd: () => etcd.stop(),
    startEtcd: () => etcd.start(),
    stop: () => (stopped ??= stopAll()),
  }
}

async function runEtcd(site: Site) {
  const first = await onFreePorts(2, async (port, peerPort = 0) => ({
    port,
    peerPort,
    daemon: await startEtcd(site, port, peerPort),
  }))
  const { port, peerPort } = first
  let daemon: Daemon | undefined = first.daemon
  return {
    port,
    async start(): Promise<void> {
      if (!daemon?.running()) daemon = await retryWhileTaken(() => startEtcd(site, port, peerPort))
    },
    async stop(): Promise<void> {
      await daemon?.stop()
      daemon = undefined
    },
  }
}

async function runApiServer(site: Site, etcdPort: number) {
  let { port, daemon }: { port: number; daemon: Daemon | undefined } = await onFreePorts(1, async (free) => ({
    port: free,
    daemon: await startApiServer(site, etcdPort, free),
  }))
  return {
    server: `https://127.0.0.1:${port}`,
    async start(): Promise<void> {
      if (!daemon?.running()) daemon = await retryWhileTaken(() => startApiServer(site, etcdPort, port))
    },
    async stop(): Promise<void> {
      await daemon?.stop()
      daemon = undefined
    },
  }
}

function controllersOf(site: Site, server: string) {
  let daemon: Daemon | undefined
  const stop = async (): Promise<void> => {
    await daemon?.stop()
    daemon = undefined
  }
  return {
    stop,
    async start(controllers: readonly string[]): Promise<void> {
      await stop()
      const kubeconfig = await writeKubeconfig(site, server, 'system:kube-controller-manager')
      daemon = await onFreePorts(1, (port) => startControllerManager(site, kubeconfig, port, controllers))
    },
  }
}

function kubectl(
  { folder, binaries }: Site,
  args: readonly string[],
  { kubeconfig, ...options }: KubectlOptions = {},
): Promise<CommandResult> {
  const files = filesIn(folder)
  // Neither the cache nor the preferences of the person who runs the tests.
  const env = { KUBECONFIG: kubeconfig ?? files.kubeconfig, KUBECACHEDIR: files.kubectlCache, KUBERC: 'off' }
  return runCommand(binaries.kubectl, args, { ...options, env, timeoutMs: 120_000 })
}
