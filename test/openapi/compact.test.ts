import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import { closedSetsOf, Compactor } from './compact.ts'

const enforced = { closedSets: new Map([['Spec.mode', ['A', '', 'B']]]), notEnforced: new Set(['Spec.count']) }

describe('Compactor', () => {
  it('writes the fields of a kind and of all it refers to', () => {
    const compactor = new Compactor(enforced)
    const reference = (name: string): JsonObject => ({ allOf: [{ $ref: `#/components/schemas/${name}` }], default: {} })
    compactor.addKind('Thing', 'v1', 'io.example.v1.Thing', {
      'io.example.v1.Thing': {
        required: ['spec'],
        properties: {
          status: reference('io.example.v1.Status'),
          spec: reference('io.example.v1.Spec'),
        },
      },
      'io.example.v1.Spec': {
        required: ['mode', 'count'],
        properties: {
          count: { type: 'integer', format: 'int32' },
          mode: { type: 'string' },
          sizes: {
            type: 'object',
            additionalProperties: reference('io.k8s.apimachinery.pkg.api.resource.Quantity'),
          },
          keys: { type: 'array', items: { type: 'string', format: 'byte' } },
        },
      },
    })
    expect(compactor.result()).toEqual({
      kinds: { Thing: { v1: 'Thing' } },
      definitions: {
        Spec: { count: 'integer', keys: '[bytes]', mode: '=A|B!', sizes: '{quantity}' },
        Thing: { spec: 'Spec!', status: 'any' },
      },
    })
  })

  it('names the objects in a custom resource by where they are', () => {
    const compactor = new Compactor({ closedSets: new Map(), notEnforced: new Set() })
    const source = { type: 'object', properties: { port: { 'x-kubernetes-int-or-string': true } } }
    compactor.addCustomKind('Thing', 'example.com/v1', {
      properties: {
        metadata: { type: 'object' },
        policy: { type: 'string', enum: ['Delete', 'Retain'] },
        spec: { type: 'object', required: ['source'], properties: { source } },
      },
    })
    expect(compactor.result().definitions).toEqual({
      Thing: { metadata: 'ObjectMeta', policy: '=Delete|Retain', spec: 'ThingSpec' },
      ThingSpec: { source: 'ThingSpecSource!' },
      ThingSpecSource: { port: 'intOrString' },
    })
  })

  it('refuses two definitions of one name', () => {
    const compactor = new Compactor(enforced)
    compactor.addKind('Thing', 'v1', 'a.v1.Thing', { 'a.v1.Thing': { properties: { a: { type: 'string' } } } })
    const other = { 'a.v2.Thing': { properties: { b: { type: 'string' } } } }
    expect(() => compactor.addKind('Thing', 'v2', 'a.v2.Thing', other)).toThrow('there are two definitions of Thing')
  })
})

describe('closedSetsOf', () => {
  it('reads the sets of the packages that are wanted', () => {
    const generated = [
      'func schema_k8sio_api_core_v1_Claim(ref common.ReferenceCallback) common.OpenAPIDefinition {',
      '\t\t\t\t\t"modes": {',
      '\t\t\t\t\t\t\t\t\t\tEnum:    []interface{}{"One", "Many"},',
      'func schema_k8sio_api_apps_v1beta1_Claim(ref common.ReferenceCallback) common.OpenAPIDefinition {',
      '\t\t\t\t\t"modes": {',
      '\t\t\t\t\t\t\tEnum:        []interface{}{"Old"},',
    ]
    expect([...closedSetsOf(generated.join('\n'))]).toEqual([['Claim.modes', ['One', 'Many']]])
  })
})
