import { KubeConfig } from '@kubernetes/client-node'
import { describe, expect, it } from 'vitest'
import { usableKubeConfig } from './kube-config.ts'

function kubeConfig(server: string, skipTLSVerify = false): KubeConfig {
  const config = new KubeConfig()
  config.loadFromClusterAndUser({ name: 'c', server, skipTLSVerify }, { name: 'u' })
  return config
}

describe('a kubeconfig', () => {
  it.each([kubeConfig('https://127.0.0.1:6443'), kubeConfig('http://127.0.0.1:8001', true)])(
    'is used as it is',
    (given) => {
      expect(usableKubeConfig(given)).toBe(given)
    },
  )

  it.each([
    [new KubeConfig(), 'the kubeconfig names no current cluster'],
    [kubeConfig('no address'), 'the kubeconfig names no usable address of the API server'],
    [
      kubeConfig('http://localhost:8080'),
      'no kubeconfig and no service account was found, or its API server http://localhost:8080 is not https',
    ],
  ])('is refused: %#', (given, message) => {
    expect(() => usableKubeConfig(given)).toThrow(new Error(message))
  })
})
