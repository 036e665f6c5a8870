import { afterAll, beforeAll } from 'vitest'
import { type Api, connect } from './api.ts'
import { type ControlPlane, type ControlPlaneOptions, startControlPlane } from './controlplane/start.ts'
import { register, type RunningWebhook, startWebhook, type WebhookOptions } from './webhook.ts'

/** A control plane with a webhook that is registered, and a connection to it. */
export interface Session {
  readonly cluster: ControlPlane
  readonly api: Api
  readonly webhook: RunningWebhook
}

/** What to start; `before` makes the objects that are to be older than the webhook. */
export interface SessionOptions extends WebhookOptions, ControlPlaneOptions {
  readonly before?: (session: Pick<Session, 'cluster' | 'api'>) => Promise<void>
}

/** Starts one session for the tests of a file, and stops it after them. Gives the way to it, which is open in tests only. */
export function useSession({ before, controllers = [], ...options }: SessionOptions = {}): () => Session {
  let cluster: ControlPlane | undefined
  let api: Api | undefined
  let webhook: RunningWebhook | undefined
  beforeAll(async () => {
    cluster = await startControlPlane({ controllers })
    api = await connect(cluster)
    await before?.({ cluster, api })
    webhook = await startWebhook(cluster, options)
    await register(cluster, webhook)
  })
  afterAll(async () => {
    api?.close()
    await webhook?.stop()
    await cluster?.stop()
  })
  return () => {
    if (cluster === undefined || api === undefined || webhook === undefined) throw new Error('no session is open')
    return { cluster, api, webhook }
  }
}
