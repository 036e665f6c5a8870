import { KubeConfig } from '@kubernetes/client-node'

/**
 * The kubeconfig to use: the one given, else that of $KUBECONFIG or ~/.kube/config, else the pod's service account.
 *
 * @throws Error where it cannot be read, names no cluster, or names one that cannot be spoken to safely. This does not
 * mend itself, unlike an API server that is not there yet.
 */
export function usableKubeConfig(given: KubeConfig | 'default'): KubeConfig {
  const kubeConfig = given === 'default' ? defaultKubeConfig() : given
  const cluster = kubeConfig.getCurrentCluster()
  if (cluster === null) throw new Error('the kubeconfig names no current cluster')
  if (!URL.canParse(cluster.server)) throw new Error('the kubeconfig names no usable address of the API server')
  // The library falls back to http://localhost:8080 where it finds nothing at all.
  if (new URL(cluster.server).protocol !== 'https:' && !cluster.skipTLSVerify) {
    throw new Error(`no kubeconfig and no service account was found, or its API server ${cluster.server} is not https`)
  }
  return kubeConfig
}

function defaultKubeConfig(): KubeConfig {
  const kubeConfig = new KubeConfig()
  try {
    kubeConfig.loadFromDefault()
  } catch (cause) {
    throw new Error('the kubeconfig cannot be read', { cause })
  }
  return kubeConfig
}
