import type { ApiClient } from '../../src/cluster/api-client.ts'
import { StatusError } from '../../src/cluster/source.ts'
import { asObject, asString, at, type JsonObject } from '../../src/kubernetes/json.ts'

/** An API server that keeps objects by their paths, and says no as the real one does. */
export interface FakeApi extends Pick<ApiClient, 'get' | 'create' | 'update'> {
  /** What is there, by path. Putting something here is what others do. */
  readonly objects: Map<string, JsonObject>
  /** The writes so far: `create /path`, `update /path`. */
  readonly writes: readonly string[]
  /** From now on each call fails with this, but those for which the condition does not hold; undefined ends it. */
  fails(error: Error | undefined, when?: (call: string) => boolean): void
  /** Puts an object there, with a new resource version. */
  put(path: string, object: JsonObject): void
}

/** An API server without objects. Calls take one turn of the event loop, so that those of several clients alternate. */
export function fakeApi(): FakeApi {
  const objects = new Map<string, JsonObject>()
  const writes: string[] = []
  let version = 0
  let failure: { readonly error: Error; readonly when: (call: string) => boolean } | undefined

  const put = (path: string, object: JsonObject): JsonObject => {
    version += 1
    const stored = { ...object, metadata: { ...asObject(object['metadata']), resourceVersion: String(version) } }
    objects.set(path, stored)
    return stored
  }
  const turn = async (call: string): Promise<void> => {
    await Promise.resolve()
    if (failure?.when(call) === true) throw failure.error
  }
  return {
    objects,
    writes,
    fails: (error, when = () => true) => (failure = error && { error, when }),
    put,
    async get(path) {
      await turn(`get ${path}`)
      return objects.get(path)
    },
    async create(path, object) {
      const whole = `${path}/${asString(at(object, 'metadata', 'name')) ?? ''}`
      await turn(`create ${whole}`)
      if (objects.has(whole)) throw new StatusError(409, 'already exists')
      writes.push(`create ${whole}`)
      return put(whole, object)
    },
    async update(path, object) {
      await turn(`update ${path}`)
      const stored = objects.get(path)
      if (stored === undefined) throw new StatusError(404, 'not found')
      if (at(object, 'metadata', 'resourceVersion') !== at(stored, 'metadata', 'resourceVersion')) {
        throw new StatusError(409, 'the object has been modified')
      }
      writes.push(`update ${path}`)
      return put(path, object)
    },
  }
}
