import type { KubeConfig } from '@kubernetes/client-node'
import type { JsonObject } from '../kubernetes/json.ts'
import { type ApiCall, callApi, readJsonObject } from './api-request.ts'
import { usableKubeConfig } from './kube-config.ts'
import { hasStatus } from './source.ts'

/**
 * Single calls of the API server: what is read or written now and then. Objects that are followed have an inventory.
 * Everything rejects with a StatusError where the API server says no, and with an Error where it does not answer in time.
 *
 * Paths are those of the API, without a query but for that of a list: `/api/v1/namespaces/shop/events`.
 */
export interface ApiClient {
  /** An object; undefined where there is none. */
  get(path: string): Promise<JsonObject | undefined>
  /** Creates an object in a collection; the object as it is stored. */
  create(path: string, object: JsonObject): Promise<JsonObject>
  /** Replaces an object; the resourceVersion in it guards against overwriting what somebody else wrote meanwhile. */
  update(path: string, object: JsonObject): Promise<JsonObject>
  /** Applies the fields of an object on the server, as their manager; fields of other managers are taken over. */
  apply(path: string, object: JsonObject, fieldManager: string): Promise<JsonObject>
}

const maxCharacters = 16 * 1024 * 1024
const defaultTimeoutMs = 10_000

/**
 * Makes a client for the cluster of a kubeconfig; `default` takes what kubectl or a pod would. Throws an Error where no
 * kubeconfig can be used.
 */
export function apiClient(given: KubeConfig | 'default', timeoutMs = defaultTimeoutMs): ApiClient {
  const kubeConfig = usableKubeConfig(given)
  const call = async (request: ApiCall): Promise<JsonObject> =>
    readJsonObject(await callApi(kubeConfig, request, AbortSignal.timeout(timeoutMs)), maxCharacters)
  return {
    async get(path) {
      try {
        return await call({ method: 'GET', path })
      } catch (error) {
        if (hasStatus(error, 404)) return undefined
        throw error
      }
    },
    create: (path, body) => call({ method: 'POST', path, body }),
    update: (path, body) => call({ method: 'PUT', path, body }),
    apply: (path, body, fieldManager) =>
      call({
        method: 'PATCH',
        path: `${path}?${new URLSearchParams({ fieldManager, force: 'true' }).toString()}`,
        body,
        contentType: 'application/apply-patch+yaml',
      }),
  }
}
