import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { asString, at, isObject, type JsonObject, type JsonValue } from '../../src/kubernetes/json.ts'
import { groupKindOf, isNamespaced } from '../../src/kubernetes/kinds.ts'
import { referenceOf } from '../../src/kubernetes/object.ts'
import type { ControlPlane } from './controlplane/start.ts'

/** What the API server answered: the status code, the texts of its warnings, and the object or Status. */
export interface ApiAnswer {
  readonly code: number
  readonly warnings: readonly string[]
  readonly body: JsonObject
}

/** The text at keys of an answer, '' where there is none. */
export function textAt(value: JsonValue | undefined, ...keys: readonly string[]): string {
  return asString(at(value, ...keys)) ?? ''
}

/** Query parameters of a request: `dryRun`, `fieldManager`, `force`. */
export type Query = Readonly<Record<string, string>>

/** The API server over HTTP, as one user: every answer as it comes, a refusal being one as well. */
export interface Api {
  create(object: JsonObject, query?: Query): Promise<ApiAnswer>
  /** PUT of the whole object, or of one of its subresources. */
  update(object: JsonObject, query?: Query, subResource?: string): Promise<ApiAnswer>
  /** JSON merge patch. */
  merge(object: JsonObject, patch: JsonObject, query?: Query): Promise<ApiAnswer>
  get(object: JsonObject): Promise<ApiAnswer>
  /** All objects of the kind, in all namespaces. Their items do not say what they are. */
  list(kind: { readonly apiVersion: string; readonly kind: string }): Promise<ApiAnswer>
  delete(object: JsonObject, query?: Query): Promise<ApiAnswer>
  close(): void
}

/** The query parameter of a server-side dry run. */
export const dryRun: Query = { dryRun: 'All' }

/** Opens a connection with the client certificate of a kubeconfig, the administrator's by default. */
export async function connect(cluster: ControlPlane, file: string = cluster.kubeconfig): Promise<Api> {
  const kubeconfig: unknown = JSON.parse(await readFile(file, 'utf8'))
  const agent = new Agent({
    keepAlive: true,
    ca: await readFile(cluster.caFile),
    cert: fromBase64(kubeconfig, 'client-certificate-data'),
    key: fromBase64(kubeconfig, 'client-key-data'),
  })
  const send = (method: string, path: string, query: Query = {}, body?: JsonObject, type = 'application/json') =>
    call(agent, method, new URL(`${path}?${new URLSearchParams(query).toString()}`, cluster.server), type, body)
  return {
    create: (object, query) => send('POST', collectionPath(object), query, object),
    update: (object, query, subResource = '') =>
      send('PUT', `${objectPath(object)}${subResource === '' ? '' : `/${subResource}`}`, query, object),
    merge: (object, patch, query) => send('PATCH', objectPath(object), query, patch, 'application/merge-patch+json'),
    list: ({ apiVersion, kind }) => send('GET', `${basePath(apiVersion)}/${plural(kind)}`),
    get: (object) => send('GET', objectPath(object)),
    delete: (object, query) => send('DELETE', objectPath(object), { gracePeriodSeconds: '0', ...query }),
    close: () => agent.destroy(),
  }
}

function fromBase64(kubeconfig: unknown, key: string): string {
  const users = isObject(kubeconfig) && Array.isArray(kubeconfig['users']) ? kubeconfig['users'] : []
  return Buffer.from(asString(at(users[0], 'user', key)) ?? '', 'base64').toString()
}

/** Where objects like this one are created. */
function collectionPath(object: JsonObject): string {
  const { apiVersion, kind, namespace } = referenceOf(object)
  const scope = isNamespaced(groupKindOf(object)) === false ? '' : `/namespaces/${namespace || 'default'}`
  return `${basePath(apiVersion)}${scope}/${plural(kind)}`
}

function basePath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
}

function plural(kind: string): string {
  const name = kind.toLowerCase()
  return `${name}${name.endsWith('s') ? 'es' : 's'}`
}

function objectPath(object: JsonObject): string {
  return `${collectionPath(object)}/${referenceOf(object).name}`
}

async function call(agent: Agent, method: string, url: URL, type: string, body?: JsonObject): Promise<ApiAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ApiAnswer>()
  const outgoing = request(url, { agent, method, headers: { 'content-type': type } }, (response) => {
    const read = async (): Promise<ApiAnswer> => {
      const parsed: unknown = JSON.parse((await buffer(response)).toString())
      return {
        code: response.statusCode ?? 0,
        warnings: warningsOf(response.rawHeaders),
        body: isObject(parsed) ? parsed : {},
      }
    }
    read().then(resolve, reject)
  })
  outgoing.once('error', reject)
  outgoing.end(body === undefined ? undefined : JSON.stringify(body))
  return promise
}

/** The texts of `Warning: 299 - "text"` headers. They are UTF-8, which Node reads as Latin-1. */
function warningsOf(headers: readonly string[]): readonly string[] {
  return headers.flatMap((name, index) => {
    if (index % 2 !== 0 || name.toLowerCase() !== 'warning') return []
    const value = Buffer.from(headers[index + 1] ?? '', 'latin1').toString('utf8')
    const [, quoted = value] = /^\d{3} \S+ "(.*)"$/.exec(value) ?? []
    return [quoted.replaceAll(/\\(.)/g, '$1')]
  })
}
