import { describe, expect, it } from 'vitest'
import type { JsonObject } from './json.ts'
import { statedPart } from './written.ts'

const stored: JsonObject = {
  kind: 'StorageClass',
  metadata: { name: 'gold' },
  provisioner: 'disks.example.com',
  parameters: { type: 'ssd', tier: 'gold' },
  allowedTopologies: [{ matchLabelExpressions: [] }],
  reclaimPolicy: 'Delete',
}

const owned = (fieldsV1: JsonObject, operation = 'Apply'): JsonObject => ({
  ...stored,
  metadata: { name: 'gold', managedFields: [{ manager: 'ci', operation, fieldsV1 }] },
})

describe('statedPart', () => {
  it('is the last applied configuration', () => {
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{"provisioner":"x"}\n' }
    expect(statedPart({ ...stored, metadata: { annotations } })).toEqual({ provisioner: 'x' })
  })

  it.each(['', 'no JSON', '[]', 'null'])('is unknown where that is %j', (text) => {
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': text }
    expect(statedPart({ ...stored, metadata: { annotations } })).toBeUndefined()
  })

  it.each<[string, JsonObject, JsonObject | undefined]>([
    ['a field', { 'f:provisioner': {} }, { provisioner: 'disks.example.com' }],
    ['a field in a field', { 'f:parameters': { 'f:tier': {} } }, { parameters: { tier: 'gold' } }],
    [
      'a list, whole',
      { 'f:allowedTopologies': { 'k:{"key":"a"}': { '.': {} } } },
      { allowedTopologies: [{ matchLabelExpressions: [] }] },
    ],
    ['what is no longer there', { 'f:provisioner': {}, 'f:mountOptions': {} }, { provisioner: 'disks.example.com' }],
    ['a name of every object', { 'f:constructor': {}, 'f:provisioner': {} }, { provisioner: 'disks.example.com' }],
  ])('is what appliers own: %s', (_name, fields, part) => {
    expect(statedPart(owned(fields))).toEqual(part)
  })

  it('joins what several appliers own', () => {
    const entry = (fieldsV1: JsonObject): JsonObject => ({ operation: 'Apply', fieldsV1 })
    const managedFields = [
      entry({ 'f:parameters': { 'f:tier': {} } }),
      entry({ 'f:parameters': { 'f:type': {} }, 'f:reclaimPolicy': {} }),
    ]
    expect(statedPart({ ...stored, metadata: { managedFields } })).toEqual({
      parameters: { tier: 'gold', type: 'ssd' },
      reclaimPolicy: 'Delete',
    })
  })

  it('is unknown after an update or a create, whose fields hold the defaults too', () => {
    expect(statedPart(owned({ 'f:reclaimPolicy': {} }, 'Update'))).toBeUndefined()
    expect(statedPart(stored)).toBeUndefined()
  })
})
