import { describe, expect, test } from 'vitest'
import { isObject, type JsonObject, type JsonValue } from '../../kubernetes/json.ts'
import { readManifests } from '../read.ts'
import { splitDocuments } from '../split.ts'
import { applyEdits } from '../text-edit.ts'
import { editDocument } from './edit.ts'

type Change = (object: JsonObject) => JsonObject

/** The text with the objects of its first document changed, or why it cannot be. */
function edited(text: string, change: Change): string {
  const [document] = splitDocuments(text)
  const { manifests } = readManifests(text, { file: 'f.yaml' })
  if (document === undefined) throw new Error('there is no document')
  const changes = manifests
    .filter((manifest) => manifest.index === 0)
    .map(({ pointer, object }) => ({ pointer, before: object, after: change(object) }))
  const answer = editDocument(document, changes)
  return 'refusal' in answer ? `refused: ${answer.refusal}` : applyEdits(text, answer.edits)
}

const merge = (value: JsonValue | undefined, patch: JsonObject): JsonObject => {
  const result: Record<string, JsonValue | undefined> = isObject(value) ? { ...value } : {}
  for (const [key, item] of Object.entries(patch)) {
    if (item === null || item === undefined) delete result[key]
    else if (isObject(item) && Object.keys(item).length > 0 && !('=' in item)) result[key] = merge(result[key], item)
    else result[key] = isObject(item) && '=' in item ? item['='] : item
  }
  return result
}
/** A change as a merge patch: null removes, `{"=": value}` sets a whole value. */
const patch =
  (changes: JsonObject): Change =>
  (object) =>
    merge(object, changes)

const head = 'apiVersion: v1\nkind: A\n'

describe('what is changed, and nothing else', () => {
  test.each<[string, string, JsonObject, string]>([
    ['a scalar', 'spec:\n  a: x # why\n  b: y\n', { spec: { a: 'z' } }, 'spec:\n  a: z # why\n  b: y\n'],
    ['a scalar in double quotes', 'spec: {a: "x"}\n', { spec: { a: 'z' } }, 'spec: {a: "z"}\n'],
    ['a scalar in single quotes', "spec: {a: 'x'}\n", { spec: { a: "it's" } }, "spec: {a: 'it''s'}\n"],
    ['a text that would be read as a boolean', 'spec:\n  a: x\n', { spec: { a: 'yes' } }, 'spec:\n  a: "yes"\n'],
    ['a scalar with an anchor', 'spec:\n  a: &x 1\n', { spec: { a: 2 } }, 'spec:\n  a: &x 2\n'],
    ['a scalar with a tag', 'spec:\n  a: !!int 1\n', { spec: { a: 'z' } }, 'spec:\n  a: z\n'],
    ['what is left out', 'spec:\n  a:\n  b: 1\n', { spec: { a: 2 } }, 'spec:\n  a: 2\n  b: 1\n'],
    [
      'what is left out before a comment',
      'spec:\n  a: # c\n  b: 1\n',
      { spec: { a: 2 } },
      'spec:\n  a: 2 # c\n  b: 1\n',
    ],
    ['a number that has to be text', 'spec:\n  a: 0022 # c\n', { spec: { a: '18' } }, 'spec:\n  a: "0022" # c\n'],
    ['a boolean that has to be text', 'spec: {a: yes, b: on}\n', { spec: { a: 'true' } }, 'spec: {a: "yes", b: on}\n'],
    ['a text that has to be a boolean', 'spec:\n  a: "true"\n', { spec: { a: true } }, 'spec:\n  a: true\n'],
    ['a block of text', 'spec:\n  a: |\n    x\n    y\n\n  b: 1\n', { spec: { a: 'z' } }, 'spec:\n  a: z\n\n  b: 1\n'],
    ['lines by a scalar', 'spec:\n  a:\n    b: 1\n  c: 2\n', { spec: { a: 'z' } }, 'spec:\n  a: z\n  c: 2\n'],
    [
      'a scalar by lines',
      'spec:\n  a: x # c\n  c: 2\n',
      { spec: { a: { b: { d: 1 } } } },
      'spec:\n  a: # c\n    b:\n      d: 1\n  c: 2\n',
    ],
    [
      'nothing by lines',
      'spec:\n  a:\n  c: 2\n',
      { spec: { a: { b: ['x'] } } },
      'spec:\n  a:\n    b:\n      - x\n  c: 2\n',
    ],
    ['an empty mapping', 'spec: {}\n', { spec: { a: 1 } }, 'spec: {a: 1}\n'],
    ['an item', 'spec:\n- x\n- y # c\n', { spec: ['x', 'z'] }, 'spec:\n- x\n- z # c\n'],
    ['a key', 'spec:\n  aa: {x: 1} # c\n', { spec: { aa: null, a: { x: 1 } } }, 'spec:\n  a: {x: 1} # c\n'],
    ['a key in quotes', 'spec: {"aa": 5}\n', { spec: { aa: null, a: 5 } }, 'spec: {"a": 5}\n'],
  ])('replaces %s', (_, text, changes, expected) => expect(edited(head + text, patch(changes))).toBe(head + expected))

  test.each<[string, string, JsonObject, string]>([
    [
      'at the end',
      'spec:\n  a: 1 # c\n  # d\n\nz: 1\n',
      { spec: { b: 2 } },
      'spec:\n  a: 1 # c\n  b: 2\n  # d\n\nz: 1\n',
    ],
    [
      'without a final line break',
      'spec:\n    a: 1',
      { spec: { b: { c: 2 } } },
      'spec:\n    a: 1\n    b:\n        c: 2',
    ],
    [
      'behind a block of text',
      'spec:\n  a: |\n    x\n\nz: 1\n',
      { spec: { b: 2 } },
      'spec:\n  a: |\n    x\n  b: 2\n\nz: 1\n',
    ],
    [
      'behind one that keeps its end',
      'spec:\n  a: |+\n    x\n\nz: 1\n',
      { spec: { b: 2 } },
      'spec:\n  a: |+\n    x\n\n  b: 2\nz: 1\n',
    ],
    ['behind an entry without a value', 'spec:\n  a:\n', { spec: { b: 2 } }, 'spec:\n  a:\n  b: 2\n'],
    ['in an item', 'l:\n  - a: 1\n  - a: 2\n', { l: [{ a: 1, b: 1 }, { a: 2 }] }, 'l:\n  - a: 1\n    b: 1\n  - a: 2\n'],
    [
      'in lists like those there',
      'l:\n- a\nz: 1\n',
      { m: [{ x: 1, w: [2] }] },
      'l:\n- a\nz: 1\nm:\n- x: 1\n  w:\n  - 2\n',
    ],
    ['an item', 'l:\n  - a # c\nz: 1\n', { l: ['a', { x: 1, w: 2 }] }, 'l:\n  - a # c\n  - x: 1\n    w: 2\nz: 1\n'],
    ['in braces', 'spec: { a: 1, b: [1] }\n', { spec: { c: 'x', b: [1, 'w'] } }, 'spec: { a: 1, b: [1, w], c: x }\n'],
    ['behind a comma', 'spec: {a: 1,}\n', { spec: { c: 'x' } }, 'spec: {a: 1, c: x,}\n'],
    [
      'over a merge',
      'b: &b {x: 1}\nspec:\n  <<: *b\n  y: 1\n',
      { spec: { x: 2 } },
      'b: &b {x: 1}\nspec:\n  <<: *b\n  y: 1\n  x: 2\n',
    ],
    [
      'inside and outside',
      'spec:\n  a:\n    b: 1\n',
      { spec: { c: 2, a: { d: 3 } } },
      'spec:\n  a:\n    b: 1\n    d: 3\n  c: 2\n',
    ],
    ['with a key that needs quotes', 'spec:\n  a: 1\n', { spec: { yes: 'a: b' } }, 'spec:\n  a: 1\n  "yes": "a: b"\n'],
  ])('adds %s', (_, text, changes, expected) => expect(edited(head + text, patch(changes))).toBe(head + expected))

  test.each<[string, string, JsonObject, string]>([
    ['a line, and keeps its comment', 'spec:\n  a: 1 # c\n  b: 2\n', { spec: { a: null } }, 'spec:\n  # c\n  b: 2\n'],
    [
      'lines, and keeps their comments',
      'spec:\n  a:\n    # d\n    x: 1 # e\n  # f\n  b: 2\n',
      { spec: { a: null } },
      'spec:\n  # d\n  # e\n  # f\n  b: 2\n',
    ],
    [
      'the last line of a file without a final line break',
      'spec:\n  a: 1\n  b: 2',
      { spec: { b: null } },
      'spec:\n  a: 1',
    ],
    ['the first entry of an item', 'l:\n- a: 1 # c\n  b: 2\n', { l: [{ b: 2 }] }, 'l:\n- # c\n  b: 2\n'],
    [
      'the only entry',
      'spec:\n  a:\n    x: 1 # c\n  b: 2\n',
      { spec: { a: { '=': {} } } },
      'refused: a comment would be lost',
    ],
    [
      'the only entry of lines',
      'spec:\n  a:\n    x: 1\n  b: 2\n',
      { spec: { a: { '=': {} } } },
      'spec:\n  a: {}\n  b: 2\n',
    ],
    ['an entry in braces', 'spec: {a: 1, b: 2, c: 3}\n', { spec: { a: null } }, 'spec: {b: 2, c: 3}\n'],
    ['the last ones in braces', 'spec: {a: 1, b: 2, c: 3}\n', { spec: { b: null, c: null } }, 'spec: {a: 1}\n'],
    ['everything in braces', 'spec: {a: 1, b: 2}\n', { spec: { '=': {} } }, 'spec: {}\n'],
    ['items', 'l:\n  - a\n  - b # c\n  - d\n', { l: ['a', 'd'] }, 'l:\n  - a\n  # c\n  - d\n'],
    ['items in brackets', 'l: [a, b, c]\n', { l: ['a'] }, 'l: [a]\n'],
    ['all items', 'l:\n- a\n- b\nz: 1\n', { l: [] }, 'l: []\nz: 1\n'],
    [
      'an entry, and adds another',
      'l:\n- name: x\n  hostPath:\n    path: /\n- name: w\n',
      { l: [{ name: 'x', emptyDir: {} }, { name: 'w' }] },
      'l:\n- name: x\n  emptyDir: {}\n- name: w\n',
    ],
  ])('removes %s', (_, text, changes, expected) =>
    expect(edited(head + text, patch(changes))).toBe(expected.startsWith('refused') ? expected : head + expected),
  )
})

describe('the file around', () => {
  test.each<[string, string, string]>([
    [
      'CRLF',
      'apiVersion: v1\r\nkind: A\r\nspec:\r\n  a: 1\r\n',
      'apiVersion: v1\r\nkind: A\r\nspec:\r\n  a: 1\r\n  b:\r\n    c: 2\r\n',
    ],
    [
      'a byte order mark',
      '\uFEFFapiVersion: v1\nkind: A\nspec:\n  a: 1\n',
      '\uFEFFapiVersion: v1\nkind: A\nspec:\n  a: 1\n  b:\n    c: 2\n',
    ],
    [
      'JSON',
      '{"apiVersion":"v1","kind":"A","spec":{"a":1}}',
      '{"apiVersion":"v1","kind":"A","spec":{"a":1, "b": {"c": 2}}}',
    ],
    [
      'JSON with empty braces',
      '{"apiVersion":"v1","kind":"A","spec":{}}',
      '{"apiVersion":"v1","kind":"A","spec":{"b": {"c": 2}}}',
    ],
    [
      'JSON line by line',
      '{\n  "apiVersion": "v1",\n  "kind": "A",\n  "spec": {\n    "a": 1\n  }\n}\n',
      '{\n  "apiVersion": "v1",\n  "kind": "A",\n  "spec": {\n    "a": 1,\n    "b": {"c": 2}\n  }\n}\n',
    ],
    [
      'other documents, a broken one among them',
      `${head}spec:\n  a: 1\n---\n{{ if }}: [\n---\n# last\n`,
      `${head}spec:\n  a: 1\n  b:\n    c: 2\n---\n{{ if }}: [\n---\n# last\n`,
    ],
    [
      'a list',
      'apiVersion: v1\nkind: AList\nitems:\n- spec:\n    a: 1\n- spec:\n    a: 2\n',
      'apiVersion: v1\nkind: AList\nitems:\n- spec:\n    a: 1\n    b:\n      c: 2\n- spec:\n    a: 2\n    b:\n      c: 2\n',
    ],
  ])('%s stays as it is', (_, text, expected) => expect(edited(text, patch({ spec: { b: { c: 2 } } }))).toBe(expected))
})

describe('anchors', () => {
  const shared = `${head}a: &s\n  x: 1\nb: *s\n`
  test.each<[string, string, JsonObject, string]>([
    [
      'where all that share it change alike',
      shared,
      { a: { w: 2 }, b: { w: 2 } },
      `${head}a: &s\n  x: 1\n  w: 2\nb: *s\n`,
    ],
    ['an alias that becomes a scalar', shared, { b: { '=': 'z' } }, `${head}a: &s\n  x: 1\nb: z\n`],
    [
      'where only one is to change',
      shared,
      { b: { w: 2 } },
      'refused: it is shared through the anchor &s, or stands where no other way of writing is known to be safe',
    ],
    [
      'where the other is to stay',
      shared,
      { a: { w: 2 } },
      'refused: it is shared through the anchor &s, or stands where no other way of writing is known to be safe',
    ],
    [
      'what a merge brought in',
      `${head}a: &s {x: 1, y: 2}\nb: {<<: *s}\n`,
      { b: { x: null } },
      'refused: it is shared through the anchor &s, or stands where no other way of writing is known to be safe',
    ],
  ])('%s', (_, text, changes, expected) => expect(edited(text, patch(changes))).toBe(expected))
})
