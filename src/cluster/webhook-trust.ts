import { asArray, asObject, asString, at, type JsonObject } from '../kubernetes/json.ts'
import type { ApiClient } from './api-client.ts'
import { readAuthorities } from './issued-certificate.ts'

/** A webhook configuration as it was read. */
export interface Configuration {
  readonly path: string
  readonly object: JsonObject
}

/** The webhook configurations that were found, and the names under which there is none of either kind. */
export interface Configurations {
  readonly found: readonly Configuration[]
  readonly missing: readonly string[]
}

const resources = ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations']

/** Reads the mutating and the validating configuration of each name; one of the two is enough. */
export async function readConfigurations(
  api: Pick<ApiClient, 'get'>,
  names: readonly string[],
): Promise<Configurations> {
  const found: Configuration[] = []
  const missing: string[] = []
  for (const name of names) {
    const before = found.length
    for (const resource of resources) {
      const path = `/apis/admissionregistration.k8s.io/v1/${resource}/${name}`
      const object = await api.get(path)
      if (object !== undefined) found.push({ path, object })
    }
    if (found.length === before) missing.push(name)
  }
  return { found, missing }
}

/** The authorities that any webhook of the configurations trusts, as PEM. */
export function trustedBy(configurations: readonly Configuration[]): readonly string[] {
  return [...new Set(configurations.flatMap(bundlesOf).flatMap(readAuthorities))]
}

/** Whether every webhook of the configurations trusts an authority. */
export function allTrust(configurations: readonly Configuration[], authority: string): boolean {
  return configurations.flatMap(bundlesOf).every((bundle) => readAuthorities(bundle).includes(authority))
}

/**
 * Lets every webhook of the configurations trust exactly these authorities, in place of what it trusts now. Resolves
 * with whether that was a change. Rejects with a StatusError 409 where a configuration has changed since it was read.
 */
export async function trust(
  api: Pick<ApiClient, 'update'>,
  configurations: readonly Configuration[],
  authorities: readonly string[],
): Promise<boolean> {
  const caBundle = Buffer.from(authorities.join('')).toString('base64')
  const outdated = configurations.filter(({ object }) =>
    asArray(object['webhooks']).some((webhook) => at(webhook, 'clientConfig', 'caBundle') !== caBundle),
  )
  for (const { path, object } of outdated) {
    const webhooks = asArray(object['webhooks']).map((webhook) => withBundle(asObject(webhook), caBundle))
    await api.update(path, { ...object, webhooks })
  }
  return outdated.length > 0
}

function withBundle(webhook: JsonObject, caBundle: string): JsonObject {
  return { ...webhook, clientConfig: { ...asObject(webhook['clientConfig']), caBundle } }
}

/** The different bundles of a configuration; '' for a webhook without one. */
function bundlesOf({ object }: Configuration): readonly string[] {
  const encoded = asArray(object['webhooks']).map((webhook) => asString(at(webhook, 'clientConfig', 'caBundle')) ?? '')
  return [...new Set(encoded)].map((bundle) => Buffer.from(bundle, 'base64').toString())
}
