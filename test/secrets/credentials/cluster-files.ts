import { fill } from '../generator/pattern.ts'
import { encode, type FileTemplate } from './file-template.ts'

const kubeconfig = (user: string): string => `apiVersion: v1
kind: Config
clusters:
  - name: main
    cluster:
      server: https://{host}:6443
      certificate-authority-data: {base64:200}
contexts:
  - name: main
    context: { cluster: main, user: ci }
users:
  - name: ci
    user:
${user}`

const manifest = (fields: string): string => `apiVersion: v1
kind: Secret
metadata:
  name: {word}-{word}
  namespace: {word}
type: Opaque
${fields}`

/** Kubeconfigs, registry logins and Secrets within a ConfigMap. */
export const clusterFiles: readonly FileTemplate[] = [
  { type: 'kubeconfig-token', file: 'kubeconfig', text: () => kubeconfig('      token: {alnum:47}{int:0-9}\n') },
  {
    type: 'kubeconfig-password',
    file: 'kubeconfig',
    text: () => kubeconfig('      username: admin\n      password: {password}\n'),
  },
  {
    type: 'kubeconfig-client-key',
    file: 'config',
    text: (random) => {
      const key = encode(
        '-----BEGIN EC PRIVATE KEY-----\n{base64:64}\n{base64:64}\n{base64:36}\n-----END EC PRIVATE KEY-----\n',
        random,
      )
      return kubeconfig(`      client-certificate-data: {base64:120}\n      client-key-data: ${key}\n`)
    },
  },
  {
    type: 'docker-config',
    file: 'config.json',
    text: (random) =>
      JSON.stringify(
        { auths: { [fill('registry.{host}', random)]: { auth: encode('{word}:{strong}', random) } } },
        null,
        2,
      ),
  },
  {
    type: 'docker-config-password',
    file: '.dockerconfigjson',
    text: (random) =>
      JSON.stringify({
        auths: {
          'https://index.docker.io/v1/': {
            username: 'ci',
            password: fill('{strong}', random),
            email: 'ci@example.com',
          },
        },
      }),
  },
  {
    type: 'secret-manifest',
    file: 'secret.yaml',
    text: () => manifest('stringData:\n  username: {word}\n  password: {password}\n'),
  },
  {
    type: 'secret-manifest-data',
    file: 'secret.yaml',
    text: (random) => manifest(`data:\n  password: ${encode('{strong}', random)}\n`),
  },
  {
    type: 'secret-manifest-list',
    file: 'objects.json',
    text: (random) =>
      JSON.stringify(
        {
          kind: 'List',
          apiVersion: 'v1',
          items: [
            {
              kind: 'Secret',
              apiVersion: 'v1',
              metadata: { name: 'app' },
              data: { 'api-key': encode('{hex:40}', random) },
            },
          ],
        },
        null,
        2,
      ),
  },
]
