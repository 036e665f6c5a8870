import type { EventSubject } from '../kubernetes/event.ts'
import { asArray, asString, at, type JsonObject } from '../kubernetes/json.ts'
import type { ApiClient } from './api-client.ts'

/** Finds those who are said to have applied an object: whether they are there, where, and their uid. */
export class EventOwners {
  readonly #client: Pick<ApiClient, 'get'>
  readonly #known = new Map<string, { readonly found: EventSubject | undefined; readonly until: number }>()

  constructor(client: Pick<ApiClient, 'get'>) {
    this.#client = client
  }

  /**
   * The owner as it is; undefined where there is none. What was found is believed for five minutes, and that there is
   * none for one. Rejects where the API server cannot be asked.
   *
   * @param now milliseconds from any fixed moment.
   */
  async find(claimed: EventSubject, now: number): Promise<EventSubject | undefined> {
    const key = `${claimed.kind} ${claimed.namespace} ${claimed.name}`
    const known = this.#known.get(key)
    if (known !== undefined && known.until > now) return known.found
    const found = await this.#ask(claimed)
    // Whoever may write labels may make up owners.
    if (this.#known.size >= maxKnown) this.#known.clear()
    this.#known.set(key, { found, until: now + (found === undefined ? missingMs : foundMs) })
    return found
  }

  async #ask(claimed: EventSubject): Promise<EventSubject | undefined> {
    const { namespace, name } = claimed
    if (namespace !== '') return withUid(claimed, await this.#client.get(`${pathOf(claimed)}/${name}`))
    const list = await this.#client.get(`${pathOf(claimed)}?fieldSelector=metadata.name%3D${name}`)
    const named = asArray(at(list, 'items')).map((item) => ({
      uid: asString(at(item, 'metadata', 'uid')),
      namespace: asString(at(item, 'metadata', 'namespace')) ?? '',
    }))
    // An Application without a namespace is in Argo CD's own; of several, that is the one of the usual name.
    const [only] = named.length === 1 ? named : named.filter((one) => one.namespace === 'argocd')
    return only === undefined ? undefined : { ...claimed, ...only }
  }
}

const maxKnown = 1000
const foundMs = 5 * 60_000
const missingMs = 60_000

function withUid(claimed: EventSubject, object: JsonObject | undefined): EventSubject | undefined {
  return object === undefined ? undefined : { ...claimed, uid: asString(at(object, 'metadata', 'uid')) }
}

function pathOf({ apiVersion, kind, namespace }: EventSubject): string {
  const place = namespace === '' ? '' : `/namespaces/${namespace}`
  return `/apis/${apiVersion}${place}/${kind.toLowerCase()}s`
}
