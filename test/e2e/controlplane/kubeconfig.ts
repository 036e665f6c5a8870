import type { KeyPair } from './certificates.ts'

/** The text of a kubeconfig with one user, everything inline, so that the file can be read from anywhere. */
export function kubeconfigText(server: string, authority: string, user: string, client: KeyPair): string {
  const name = 'holdfast-e2e'
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': base64(authority) } }],
    users: [
      {
        name: user,
        user: { 'client-certificate-data': base64(client.certificate), 'client-key-data': base64(client.key) },
      },
    ],
    contexts: [{ name, context: { cluster: name, user } }],
    'current-context': name,
  })
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
