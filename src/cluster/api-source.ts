import type { KubeConfig } from '@kubernetes/client-node'
import { asArray, asString, at, isObject, type JsonObject } from '../kubernetes/json.ts'
import { groupVersion } from '../kubernetes/object.ts'
import { getFromApi, readJsonObject, textOf } from './api-request.ts'
import { lines } from './lines.ts'
import type { Source, WatchEvent } from './source.ts'
import type { WatchedKind } from './watched-kind.ts'

// etcd takes objects of 1.5 MiB, so a line ten times as long is none of the API server's.
const maxEventCharacters = 16 * 1024 * 1024
const maxPageCharacters = 256 * 1024 * 1024

/**
 * The objects of a kind, in all namespaces, as the API server of a kubeconfig's current context has them. Plain JSON:
 * the library's typed clients would turn times into Dates and drop fields that are newer than they are.
 */
export function apiSource(kubeConfig: KubeConfig, kind: WatchedKind): Source {
  const path = pathOf(kind)
  return {
    async list({ limit, continueToken }, signal) {
      const query = new URLSearchParams()
      if (limit !== undefined) query.set('limit', String(limit))
      if (continueToken !== undefined) query.set('continue', continueToken)
      const list = await readJsonObject(
        await getFromApi(kubeConfig, `${path}?${query.toString()}`, signal),
        maxPageCharacters,
      )
      const resourceVersion = asString(at(list, 'metadata', 'resourceVersion'))
      if (resourceVersion === undefined) throw new Error('the API server answered with something that is no list')
      return {
        items: asArray(list['items']).filter(isObject),
        resourceVersion,
        continueToken: asString(at(list, 'metadata', 'continue')) || undefined,
      }
    },

    async watch({ resourceVersion, timeoutSeconds }, signal) {
      const query = new URLSearchParams({
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion,
        timeoutSeconds: String(timeoutSeconds),
      })
      return eventsOf(textOf(await getFromApi(kubeConfig, `${path}?${query.toString()}`, signal)))
    },
  }
}

async function* eventsOf(text: AsyncIterable<string>): AsyncGenerator<WatchEvent> {
  for await (const line of lines(text, maxEventCharacters)) {
    const event: unknown = JSON.parse(line)
    if (isEvent(event)) yield event
  }
}

function isEvent(value: unknown): value is WatchEvent & JsonObject {
  return isObject(value) && typeof value['type'] === 'string' && isObject(value['object'])
}

function pathOf({ apiVersion, resource }: WatchedKind): string {
  const { group, version } = groupVersion(apiVersion)
  return group === '' ? `/api/${version}/${resource}` : `/apis/${group}/${version}/${resource}`
}
