import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load as parseYaml } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { policyKinds } from '../src/cluster/policy-kinds.ts'
import { asArray, asObject, at, isObject, type JsonObject, type JsonValue } from '../src/kubernetes/json.ts'
import { policyResourceKinds } from '../src/policy/resource.ts'
import { crdFiles, crdFolder } from './generate-crds.ts'

const files = [...crdFiles()]
const definitions = files.map(([, text]) => asObject(JSON.parse(JSON.stringify(parseYaml(text)))))

describe('charts/holdfast/crds', () => {
  it.each(files)('%s is current (else: run node test/generate-crds.ts)', (file, text) => {
    expect(readFileSync(join(crdFolder, file), 'utf8')).toBe(text)
  })

  it('holds nothing else', () => {
    expect(readdirSync(crdFolder).sort()).toEqual(files.map(([file]) => file).sort())
  })

  it('defines the kinds that are read, and that are followed', () => {
    const defined = definitions.map((definition) => ({
      kind: at(definition, 'spec', 'names', 'kind'),
      resource: at(definition, 'spec', 'names', 'plural'),
    }))
    expect(defined).toEqual(policyKinds.map(({ kind, resource }) => ({ kind, resource })))
    expect(defined.map(({ kind }) => kind)).toEqual(policyResourceKinds)
  })

  it.each(definitions)('describes $metadata.name by a structural schema', (definition) => {
    const [version] = asArray(at(definition, 'spec', 'versions'))
    expect(faultsIn(at(version, 'schema', 'openAPIV3Schema'), '')).toEqual([])
  })

  it('takes what is embedded as it is', () => {
    const [version] = asArray(at(definitions[0], 'spec', 'versions'))
    const spec = asObject(at(version, 'schema', 'openAPIV3Schema', 'properties', 'spec', 'properties'))
    const rule = asObject(at(spec['rules'], 'items', 'properties'))
    const open = [
      at(rule['assert'], 'properties', 'schema'),
      at(spec['parameters'], 'additionalProperties'),
      at(rule['fix'], 'items', 'properties', 'value'),
    ]
    expect(open.map((schema) => at(schema, 'x-kubernetes-preserve-unknown-fields'))).toEqual([true, true, true])
    // kubectl would read a bare off as false.
    expect(files.filter(([, text]) => /- off$/m.test(text))).toEqual([])
    expect(at(spec['action'], 'properties', 'baseline', 'enum')).toEqual(['deny', 'fix', 'warn', 'audit', 'off'])
  })

  it('finds what is not structural', () => {
    const wrong: JsonObject = { type: 'object', properties: { a: { $ref: '#/x' }, b: { type: 'array', items: {} } } }
    expect(faultsIn(wrong, '')).toEqual(['/a: $ref', '/a: no type', '/b/items: no type'])
  })
})

const forbidden = ['$ref', 'const', 'definitions', 'propertyNames', 'uniqueItems', 'default', 'if']

/** What the API server would refuse, each with its place. */
function faultsIn(schema: JsonValue | undefined, path: string): readonly string[] {
  if (!isObject(schema)) return []
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true
  const both = schema['properties'] !== undefined && schema['additionalProperties'] !== undefined
  return [
    ...forbidden.filter((key) => schema[key] !== undefined).map((key) => `${path}: ${key}`),
    ...(typeof schema['type'] === 'string' || open ? [] : [`${path}: no type`]),
    ...(both ? [`${path}: properties and additionalProperties`] : []),
    ...Object.entries(asObject(schema['properties'])).flatMap(([name, inside]) => faultsIn(inside, `${path}/${name}`)),
    ...faultsIn(schema['items'], `${path}/items`),
    ...faultsIn(schema['additionalProperties'], `${path}/*`),
  ]
}
