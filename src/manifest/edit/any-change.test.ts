import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../kubernetes/json.ts'
import { readManifests } from '../read.ts'
import { splitDocuments } from '../split.ts'
import { applyEdits } from '../text-edit.ts'
import { editDocument } from './edit.ts'

/** The text with its one object changed; undefined where that is refused. */
function edited(text: string, change: (object: JsonObject) => JsonObject): string | undefined {
  const [document] = splitDocuments(text)
  const [manifest] = readManifests(text, { file: 'f.yaml' }).manifests
  if (document === undefined || manifest === undefined) throw new Error('there is no object')
  const answer = editDocument(document, [{ pointer: '', before: manifest.object, after: change(manifest.object) }])
  return 'refusal' in answer ? undefined : applyEdits(text, answer.edits)
}

describe('any change of any document', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'yes', 'x y', '1')
  const leaf = fc.oneof(
    fc.constantFrom<JsonValue>('x', 'yes', '', 'a: b', '#', "it's", '1', ' '),
    fc.integer(),
    fc.boolean(),
  )
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 3 }),
    ),
  }))

  test('is made exactly or refused, in JSON and YAML, and a second time changes nothing', () => {
    fc.assert(
      fc.property(value, value, fc.constantFrom(undefined, 2), (before, after, indent) => {
        const text = JSON.stringify({ apiVersion: 'v1', kind: 'A', spec: before }, undefined, indent)
        const answer = edited(text, (object) => ({ ...object, spec: after }))
        if (answer === undefined) return
        expect(JSON.parse(answer)).toEqual({ apiVersion: 'v1', kind: 'A', spec: after })
        expect(readManifests(answer, { file: 'f' }).manifests[0]?.object).toEqual({
          apiVersion: 'v1',
          kind: 'A',
          spec: after,
        })
        expect(edited(answer, (object) => object)).toBe(answer)
      }),
      { numRuns: 500 },
    )
  })
})
