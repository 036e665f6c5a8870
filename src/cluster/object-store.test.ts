import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../kubernetes/json.ts'
import { createObjectStore } from './object-store.ts'

const object = (namespace: string, name: string, spec: JsonObject = {}): JsonObject => ({
  metadata: { namespace, name },
  spec,
})

describe('an object store', () => {
  it('lists in the order of namespace and name, and finds by both', () => {
    const store = createObjectStore()
    store.replace([object('b', 'a'), object('a', 'z'), object('', 'constructor')])
    expect(store.current().list()).toEqual([object('', 'constructor'), object('a', 'z'), object('b', 'a')])
    expect(store.current().get('a', 'z')).toEqual(object('a', 'z'))
    expect(store.current().get('', 'z')).toBeUndefined()
    expect(store.current().get('', 'toString')).toBeUndefined()
  })

  it.each([
    { what: 'the same object', change: [object('a', 'x')] },
    { what: 'an object without a name', change: [{ metadata: {} }, {}] },
  ])('takes $what for no change', ({ change }) => {
    const store = createObjectStore()
    store.replace([object('a', 'x')])
    const before = store.current()
    for (const each of change) store.put(each)
    store.remove(object('a', 'y'))
    store.replace([...change, object('a', 'x')])
    expect(store.current()).toBe(before)
  })

  it('leaves what it gave out as it was', () => {
    const store = createObjectStore()
    store.replace([object('a', 'x')])
    const before = store.current()
    store.put(object('a', 'x', { changed: true }))
    store.put(object('a', 'y'))
    store.remove(object('a', 'x'))
    expect(before.list()).toEqual([object('a', 'x')])
    expect(before.get('a', 'x')).toEqual(object('a', 'x'))
    expect(store.current().list()).toEqual([object('a', 'y')])
    store.replace([])
    expect(store.current().list()).toEqual([])
  })
})
