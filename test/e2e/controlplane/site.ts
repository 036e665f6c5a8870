import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './build.ts'
import {
  createAuthority,
  createSigningKey,
  issueClientCertificate,
  issueServerCertificate,
  type KeyPair,
} from './certificates.ts'
import { kubeconfigText } from './kubeconfig.ts'
import type { Reaper } from './reaper.ts'

/** What the programs of one control plane share: where it lives, who guards it, and the administrator's certificate. */
export interface Site {
  readonly folder: string
  readonly binaries: Binaries
  readonly reaper: Reaper
  readonly authority: KeyPair
  readonly admin: KeyPair
}

/** Where things are in a control plane's folder. */
export function filesIn(folder: string) {
  return {
    authority: join(folder, 'ca.pem'),
    certificate: join(folder, 'server.pem'),
    key: join(folder, 'server.key'),
    signingKey: join(folder, 'service-account.key'),
    auditPolicy: join(folder, 'audit-policy.json'),
    auditLog: join(folder, 'audit.log'),
    admissionConfig: join(folder, 'admission.json'),
    webhookClient: join(folder, 'webhook-client.json'),
    kubeconfig: join(folder, 'kubeconfig'),
    etcd: join(folder, 'etcd'),
    kubectlCache: join(folder, 'kubectl-cache'),
  } as const
}

const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata' }],
}

/** The name in the certificate that the API server presents to webhooks that ask for one. */
export const webhookClientName = 'kube-apiserver-to-webhooks'

// https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#authenticate-apiservers
function admissionConfig(kubeConfigFile: string): object {
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AdmissionConfiguration',
    plugins: ['MutatingAdmissionWebhook', 'ValidatingAdmissionWebhook'].map((name) => ({
      name,
      configuration: {
        apiVersion: 'apiserver.config.k8s.io/v1',
        kind: 'WebhookAdmissionConfiguration',
        kubeConfigFile,
      },
    })),
  }
}

function webhookClient({ certificate, key }: KeyPair): object {
  const base64 = (pem: string): string => Buffer.from(pem).toString('base64')
  // The name is the webhook's host; `*` is any.
  const user = { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) }
  return { apiVersion: 'v1', kind: 'Config', users: [{ name: '*', user }] }
}

/** Writes what the programs read: certificates, keys, the audit policy and whom webhooks are called as. */
export async function prepareSite(folder: string, binaries: Binaries, reaper: Reaper): Promise<Site> {
  const authority = await createAuthority()
  const admin = await issueClientCertificate(authority, 'admin', ['system:masters'])
  const { certificate, key } = await issueServerCertificate(authority)
  const caller = await issueClientCertificate(authority, webhookClientName, [])
  const files = filesIn(folder)
  await Promise.all([
    writeFile(files.authority, authority.certificate),
    writeFile(files.certificate, certificate),
    writeFile(files.key, key),
    writeFile(files.signingKey, createSigningKey()),
    writeFile(files.auditPolicy, JSON.stringify(AUDIT_POLICY)),
    writeFile(files.admissionConfig, JSON.stringify(admissionConfig(files.webhookClient))),
    writeFile(files.webhookClient, JSON.stringify(webhookClient(caller))),
  ])
  return { folder, binaries, reaper, authority, admin }
}

/** Writes the administrator's kubeconfig. */
export async function writeAdminKubeconfig({ folder, authority, admin }: Site, server: string): Promise<void> {
  await writeFile(filesIn(folder).kubeconfig, kubeconfigText(server, authority.certificate, 'admin', admin))
}

/** Writes a kubeconfig for a user, with a new client certificate, and gives its path. */
export async function writeKubeconfig(
  { folder, authority }: Site,
  server: string,
  user: string,
  groups: readonly string[] = [],
): Promise<string> {
  // A user's name may hold what a file's name may not.
  const id = createHash('sha256')
    .update(JSON.stringify([user, groups]))
    .digest('hex')
    .slice(0, 12)
  const file = join(folder, `kubeconfig-${id}`)
  const client = await issueClientCertificate(authority, user, groups)
  await writeFile(file, kubeconfigText(server, authority.certificate, user, client))
  return file
}
