import { afterAll, beforeAll } from 'vitest'
import { asObject, type JsonObject } from '../../src/kubernetes/json.ts'
import { builtInPolicies, policyFiles, readPolicy } from '../../src/load.ts'
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
  /** The policies that judge; the others are off, but for those that `config` sets. */
  readonly only?: readonly string[]
  readonly before?: (session: Pick<Session, 'cluster' | 'api'>) => Promise<void>
}

/**
 * One policy of each sort: they show what the webhook does, and a new policy adds no words to what the tests expect. Every
 * policy is tried in examples.e2e.test.ts and every-policy.e2e.test.ts.
 */
const fewPolicies = [
  'claim-access-mode-supported',
  'claim-rwop-when-sensitive',
  'claim-storage-class',
  'configmap-no-secrets',
  'pod-fs-group',
  'pod-no-host-path',
  'storageclass-single-default',
  'storageclass-wait-for-first-consumer',
]

function configOf(only: readonly string[], config: JsonObject): JsonObject {
  const all = policyFiles(builtInPolicies).map((file) => readPolicy(file).document.metadata.name)
  const off = all.filter((name) => !only.includes(name)).map((name) => [name, { action: 'off' }] as const)
  return { ...config, policies: { ...Object.fromEntries(off), ...asObject(config['policies']) } }
}

/** Starts one session for the tests of a file, and stops it after them. Gives the way to it, which is open in tests only. */
export function useSession({
  before,
  controllers = [],
  only = fewPolicies,
  ...options
}: SessionOptions = {}): () => Session {
  let cluster: ControlPlane | undefined
  let api: Api | undefined
  let webhook: RunningWebhook | undefined
  beforeAll(async () => {
    cluster = await startControlPlane({ controllers })
    api = await connect(cluster)
    await before?.({ cluster, api })
    webhook = await startWebhook(cluster, { ...options, config: configOf(only, options.config ?? {}) })
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
