import { describe, expect, test } from 'vitest'
import { readManifests } from '../manifest/read.ts'
import { editDocument } from '../manifest/edit/edit.ts'
import { isObject, type JsonObject } from '../kubernetes/json.ts'
import { splitDocuments } from '../manifest/split.ts'
import { ansi, plain } from './paint.ts'
import { diffHeader, diffHunks, type EditedDocument } from './unified-diff.ts'

type Change = (object: JsonObject) => JsonObject

/** The documents of a text that a change concerns, edited. */
function edited(
  text: string,
  change: Change,
  { hidden = [], concealed = false }: { readonly hidden?: readonly number[]; readonly concealed?: boolean } = {},
): readonly EditedDocument[] {
  const { manifests } = readManifests(text, { file: 'f.yaml' })
  return splitDocuments(text).flatMap((document) => {
    const own = manifests.filter((manifest) => manifest.document.offset === document.offset)
    const changes = own.map(({ pointer, object }) => ({ pointer, before: object, after: change(object) }))
    const answer = editDocument(document, changes)
    if ('refusal' in answer) throw new Error(answer.refusal)
    const edits = answer.edits.map((edit) => Object.assign({ concealed }, edit))
    return edits.length === 0 ? [] : [{ document, edits, hidden: new Set(hidden) }]
  })
}

const withSpec =
  (more: JsonObject): Change =>
  (object) => ({ ...object, spec: { ...(isObject(object['spec']) ? object['spec'] : {}), ...more } })

const object = (spec: string) => `apiVersion: v1\nkind: A\nspec:\n${spec}`

describe('a diff', () => {
  test('names the file as Git does, an absolute one as it is', () => {
    expect(diffHeader('a/b.yaml', plain)).toBe('--- a/a/b.yaml\n+++ b/a/b.yaml\n')
    expect(diffHeader('/a/b.yaml', plain)).toBe('--- /a/b.yaml\n+++ /a/b.yaml\n')
  })

  test('counts lines over all documents of the file', () => {
    const text = `${object('  a: 1\n  b: 1\n')}---\n${object('  a: 1\n')}---\n${object('  a: 5\n')}`
    expect(diffHunks(edited(text, withSpec({ a: 5, c: 6 })), plain)).toBe(
      [
        '@@ -1,5 +1,6 @@\n apiVersion: v1\n kind: A\n spec:\n-  a: 1\n+  a: 5\n   b: 1\n+  c: 6\n',
        '@@ -7,4 +8,5 @@\n apiVersion: v1\n kind: A\n spec:\n-  a: 1\n+  a: 5\n+  c: 6\n',
        '@@ -13,3 +15,4 @@\n kind: A\n spec:\n   a: 5\n+  c: 6\n',
      ].join(''),
    )
  })

  test('leaves context out that may hold a secret, and goes on behind it', () => {
    const text = object('  password: hunter2\n  a: 1\n  b: hidden\n  c: 1\n')
    expect(diffHunks(edited(text, withSpec({ a: 2, c: 2 }), { hidden: [6] }), plain)).toBe(
      '@@ -5,1 +5,1 @@\n-  a: 1\n+  a: 2\n@@ -7,1 +7,1 @@\n-  c: 1\n+  c: 2\n',
    )
  })

  test('leaves the values of changed lines out that may be secrets', () => {
    const text = object('  a: hunter2\n')
    const hunks = diffHunks(edited(text, withSpec({ a: 'hunter3' }), { concealed: true }), plain)
    expect(hunks).toBe('@@ -1,4 +1,4 @@\n apiVersion: v1\n kind: A\n spec:\n-  a: …\n+  a: …\n')
  })

  test('has colours where they are asked for, and nothing that acts on a terminal', () => {
    const text = object('  a: 1\n')
    const painted = diffHunks(edited(text, withSpec({ a: 'x\u202Ey' })), ansi)
    expect(painted).toContain('\u001B[1;31m-  a: 1\u001B[0m')
    expect(painted).toContain('x\\u202ey')
  })
})
