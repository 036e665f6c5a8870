import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isArray, isObject, type JsonValue } from '../kubernetes/json.ts'
import { formatPointer, type Pointer } from '../kubernetes/pointer.ts'
import { locator } from './locate.ts'
import { readManifests } from './read.ts'

const place = (text: string, path: Pointer, object = 0) => {
  const manifest = readManifests(text, { file: 'f.yaml' }).manifests[object]
  if (manifest === undefined) throw new Error('the text has no such object')
  const { line, column } = locator(manifest.document)(manifest.pointer + path)
  return `${line}:${column}`
}

const claim = `# a claim
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: db
  annotations: { "volume.beta.kubernetes.io/storage-class": fast, 'b': "1" }
spec:
  accessModes:
    - ReadWriteOnce
    -   ReadOnlyMany
  yes: on
  resources:
    requests: {storage: 1Gi}
  empty:
  list: [a, b: 1]
  text: |
    spec: no
`

describe('a place in a document', () => {
  test.each([
    ['', '2:1'],
    ['/kind', '3:1'],
    ['/metadata/name', '5:3'],
    ['/metadata/annotations/volume.beta.kubernetes.io~1storage-class', '6:18'],
    ['/metadata/annotations/b', '6:67'],
    ['/spec', '7:1'],
    ['/spec/accessModes', '8:3'],
    ['/spec/accessModes/0', '9:7'],
    ['/spec/accessModes/1', '10:9'],
    ['/spec/true', '11:3'],
    ['/spec/resources/requests/storage', '13:16'],
    ['/spec/empty', '14:3'],
    ['/spec/list/1', '15:13'],
    ['/spec/list/1/b', '15:13'],
  ])('%s is at %s', (path, at) => expect(place(claim, path)).toBe(at))

  test.each([
    ['a missing field: the parent', '/spec/storageClassName', '7:1'],
    ['a missing field deep down: the deepest parent', '/spec/resources/limits/storage', '12:3'],
    ['a missing item', '/spec/accessModes/7', '8:3'],
    ['an index that is none', '/spec/accessModes/x', '8:3'],
    ['an index with a leading zero', '/spec/accessModes/00', '8:3'],
    ['a field of text', '/spec/text/spec', '16:3'],
    ['a field of nothing', '/spec/empty/a', '14:3'],
    ['a missing top-level field: the document', '/status', '2:1'],
    ['inherited names', '/constructor/prototype', '2:1'],
    ['text that is no pointer', 'spec', '2:1'],
  ])('%s', (_, path, at) => expect(place(claim, path)).toBe(at))
})

describe('the file around it', () => {
  const two = `${claim}---\napiVersion: v1\nkind: B\nspec: {a: 1}\n`

  test.each([
    ['the second document', two, '/spec/a', 1, '21:8'],
    ['CRLF', two.replaceAll('\n', '\r\n'), '/spec/a', 1, '21:8'],
    ['a byte order mark', `\uFEFF${claim}`, '', 0, '2:1'],
    ['a document on its marker', '--- {apiVersion: v1, kind: A}', '/kind', 0, '1:22'],
    ['JSON', '{\n\t"apiVersion": "v1",\n\t"kind": "A", "spec": {"a": [1, 2]}\n}', '/spec/a/1', 0, '3:33'],
    ['JSON in a row', '{"apiVersion":"v1","kind":"A"} {"apiVersion":"v1","kind":"B"}', '/kind', 1, '1:51'],
    ['an item of a List', 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: A\n', '/kind', 0, '5:3'],
    ['a field an item lacks', 'apiVersion: v1\nkind: AList\nitems:\n- spec: 1\n', '/kind', 0, '4:3'],
    ['an item of an array', '[{"apiVersion":"v1","kind":"A"}]', '/kind', 0, '1:21'],
  ])('%s', (_, text, path, object, at) => expect(place(text, path, object)).toBe(at))
})

describe('what is written elsewhere', () => {
  const text = `apiVersion: v1
kind: A
base: &base {p: 1, q: 1}
more: &more
  q: 2
alias: *base
own: {<<: *base, p: 3}
late: {p: 3, <<: *base}
both: {<<: [*more, *base]}
chain: &chain {<<: *base}
end: {<<: *chain}
again: &base {p: 9}
last: *base
`

  test.each([
    ['an alias itself', '/alias', '6:1'],
    ['through an alias', '/alias/p', '3:14'],
    ['a key over a merge', '/own/p', '7:18'],
    ['through a merge', '/own/q', '3:20'],
    ['a merge over a key, as it is read', '/late/p', '3:14'],
    ['the first of several merges', '/both/q', '5:3'],
    ['the second of several merges', '/both/p', '3:14'],
    ['a merge through a merge', '/end/p', '3:14'],
    ['an anchor defined again', '/last/p', '12:15'],
    ['what no merge has', '/end/x', '11:1'],
  ])('%s', (_, path, at) => expect(place(text, path)).toBe(at))

  test('is found in linear time where mappings merge one another twice', () => {
    const levels = Array.from({ length: 60 }, (_, level) =>
      level === 0 ? 'm0: &m0 {a: 1}' : `m${level}: &m${level} {<<: [*m${level - 1}, *m${level - 1}]}`,
    )
    const find = locator({ text: levels.join('\n'), start: { line: 1, column: 1 }, offset: 0 })
    expect([find('/m59/nowhere'), find('/m59/a')]).toEqual([
      { line: 60, column: 1 },
      { line: 1, column: 10 },
    ])
  })
})

describe('any document', () => {
  test('has every place of what was written as JSON', () => {
    const value = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(value, (spec) => {
        const text = JSON.stringify({ apiVersion: 'v1', kind: 'A', spec }, undefined, 2)
        const lines = text.split('\n')
        const [manifest] = readManifests(text, { file: 'f' }).manifests
        if (manifest === undefined) throw new Error('the object was not read')
        const find = locator(manifest.document)
        for (const [pointer, key] of keysOf(manifest.object)) {
          const { line, column } = find(pointer)
          expect(lines[line - 1]?.slice(column - 1).startsWith(JSON.stringify(key))).toBe(true)
        }
      }),
    )
  })

  test('that is broken never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, path) => {
        const { line, column } = locator({ text, start: { line: 1, column: 1 }, offset: 0 })(path)
        expect(Math.min(line, column)).toBeGreaterThanOrEqual(1)
      }),
    )
  })
})

function keysOf(value: JsonValue | undefined, path: Pointer = ''): readonly (readonly [Pointer, string])[] {
  if (isArray(value)) return value.flatMap((item, index) => keysOf(item, path + formatPointer(index)))
  if (!isObject(value)) return []
  return Object.keys(value).flatMap((key) => {
    const pointer = path + formatPointer(key)
    return [[pointer, key] as const].concat(keysOf(value[key], pointer))
  })
}
