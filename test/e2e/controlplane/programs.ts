import { get } from 'node:https'
import { type Daemon, startDaemon } from './daemon.ts'
import { filesIn, type Site } from './site.ts'

/** Starts etcd. It holds nothing worth an fsync: the folder goes away with it. */
export function startEtcd({ folder, binaries, reaper }: Site, port: number, peerPort: number): Promise<Daemon> {
  const url = `http://127.0.0.1:${port}`
  const peer = `http://127.0.0.1:${peerPort}`
  return startDaemon({
    name: 'etcd',
    file: binaries.etcd,
    args: [
      `--data-dir=${filesIn(folder).etcd}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync',
    ],
    folder,
    reaper,
    probe: async () => (await fetch(`${url}/readyz`)).ok,
    readyWithinMs: 30_000,
    graceMs: 10_000,
  })
}

/** Starts kube-apiserver, and waits until it serves and has made the namespaces that every cluster has. */
export function startApiServer(site: Site, etcdPort: number, port: number): Promise<Daemon> {
  const { folder, binaries, reaper } = site
  const files = filesIn(folder)
  const server = `https://127.0.0.1:${port}`
  const signs = ['/readyz', '/api/v1/namespaces/default', '/api/v1/namespaces/kube-system']
  return startDaemon({
    name: 'kube-apiserver',
    file: binaries.kubeApiserver,
    args: [
      `--etcd-servers=http://127.0.0.1:${etcdPort}`,
      `--secure-port=${port}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--tls-cert-file=${files.certificate}`,
      `--tls-private-key-file=${files.key}`,
      `--client-ca-file=${files.authority}`,
      `--service-account-key-file=${files.signingKey}`,
      `--service-account-signing-key-file=${files.signingKey}`,
      `--service-account-issuer=${server}`,
      '--service-cluster-ip-range=10.0.0.0/24',
      '--endpoint-reconciler-type=none',
      '--authorization-mode=RBAC',
      '--allow-privileged=true',
      // Without its controller no namespace has a service account, and this plugin would refuse every pod.
      '--disable-admission-plugins=ServiceAccount',
      `--admission-control-config-file=${files.admissionConfig}`,
      `--audit-policy-file=${files.auditPolicy}`,
      `--audit-log-path=${files.auditLog}`,
      // A request is in the log before its answer is out, so a test can read the log right after the request.
      '--audit-log-mode=blocking-strict',
    ],
    folder,
    reaper,
    probe: async () => {
      for (const path of signs) if (!(await answers(`${server}${path}`, site))) return false
      return true
    },
    readyWithinMs: 60_000,
    // It waits ten seconds for the watches of clients that do not hang up; everything it knows is in etcd already.
    graceMs: 2000,
  })
}

/** Starts kube-controller-manager with the named controllers only, as a cluster's own: each with its service account. */
export function startControllerManager(
  site: Site,
  kubeconfig: string,
  port: number,
  controllers: readonly string[],
): Promise<Daemon> {
  const { folder, binaries, reaper } = site
  const files = filesIn(folder)
  return startDaemon({
    name: 'kube-controller-manager',
    file: binaries.kubeControllerManager,
    args: [
      `--kubeconfig=${kubeconfig}`,
      `--controllers=${controllers.join(',')}`,
      '--use-service-account-credentials=true',
      `--service-account-private-key-file=${files.signingKey}`,
      `--root-ca-file=${files.authority}`,
      '--leader-elect=false',
      '--pvclaimbinder-sync-period=1s',
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--tls-cert-file=${files.certificate}`,
      `--tls-private-key-file=${files.key}`,
    ],
    folder,
    reaper,
    probe: () => answers(`https://127.0.0.1:${port}/healthz`, site),
    readyWithinMs: 30_000,
    graceMs: 10_000,
  })
}

function answers(url: string, { authority, admin }: Site): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>()
  const tls = { ca: authority.certificate, cert: admin.certificate, key: admin.key }
  const request = get(url, { ...tls, agent: false, timeout: 5000 }, (response) => {
    response.resume()
    resolve(response.statusCode === 200)
  })
  request.once('error', reject)
  request.once('timeout', () => request.destroy(new Error(`${url} does not answer`)))
  return promise
}
