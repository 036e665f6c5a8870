import { describe, expect, it } from 'vitest'
import { knownKinds } from '../kinds.ts'
import { builtInSchemas, type FieldType, readType, schemasOf, typeOfField } from './schemas.ts'
import snapshots from './snapshots.json' with { type: 'json' }
import kubernetes from './v1.36.json' with { type: 'json' }

const definitions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...kubernetes.definitions,
  ...snapshots.definitions,
}

/** The definitions that a type refers to, in lists and maps too. */
function namesIn(notation: string): readonly string[] {
  const read = readType(notation)
  switch (read.form) {
    case 'object':
      return [read.name]
    case 'list':
      return namesIn(read.items)
    case 'map':
      return namesIn(read.values)
    case 'scalar':
    case 'enum':
      return []
    default:
      return read satisfies never
  }
}

function depthOf(name: string, within: readonly string[] = []): number {
  if (within.includes(name)) throw new Error(`${name} contains itself: ${within.join(' ')}`)
  const inner = Object.values(definitions[name] ?? {}).flatMap(namesIn)
  return 1 + Math.max(0, ...inner.map((next) => depthOf(next, [...within, name])))
}

describe('the generated schemas', () => {
  it('have every kind that policies can name', () => {
    expect(knownKinds.filter((kind) => builtInSchemas.apiVersionsOf(kind).length === 0)).toEqual([])
    expect([...Object.keys(kubernetes.kinds), ...Object.keys(snapshots.kinds)].sort()).toEqual(knownKinds)
  })

  it('define every name they use, none twice and none in vain', () => {
    const used = new Set(Object.values(definitions).flatMap((fields) => Object.values(fields).flatMap(namesIn)))
    const roots = new Set(
      knownKinds.map((kind) => builtInSchemas.definitionOf(kind, builtInSchemas.apiVersionsOf(kind)[0] ?? '')),
    )
    expect([...used].filter((name) => !Object.hasOwn(definitions, name))).toEqual([])
    expect(Object.keys(definitions).filter((name) => !used.has(name) && !roots.has(name))).toEqual([])
    expect(Object.keys(snapshots.definitions).filter((name) => Object.hasOwn(kubernetes.definitions, name))).toEqual([])
  })

  it('know every notation they are written in', () => {
    const known =
      /^(?:[[{])?(?:string|integer|number|boolean|intOrString|quantity|bytes|any|[A-Z][A-Za-z]+|=[A-Za-z0-9|+-]+)[\]}]?!?$/
    const notations = Object.values(definitions).flatMap((fields) => Object.values(fields))
    expect(notations.filter((notation) => !known.test(notation))).toEqual([])
  })

  it('nest without end nowhere', () => {
    expect(Math.max(...knownKinds.map((kind) => depthOf(kind)))).toBeLessThan(20)
  })
})

describe('builtInSchemas', () => {
  it.each([
    ['StorageClass', 'provisioner', 'string!'],
    ['StorageClass', 'reclaimPolicy', '=Delete|Retain'],
    ['ConfigMap', 'data', '{string}'],
    ['Secret', 'data', '{bytes}'],
    ['PersistentVolumeClaimSpec', 'accessModes', '[=ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod]'],
    ['VolumeResourceRequirements', 'requests', '{quantity}'],
    ['PodSecurityContext', 'fsGroupChangePolicy', '=Always|OnRootMismatch'],
    ['HTTPGetAction', 'port', 'intOrString!'],
    ['VolumeSnapshotClass', 'deletionPolicy', '=Delete|Retain!'],
    ['CSIDriver', 'spec', 'CSIDriverSpec'],
    ['StorageClass', 'constructor', undefined],
    ['constructor', 'name', undefined],
  ])('knows %s.%s as %s', (definition, field, expected) => {
    expect(typeOfField(builtInSchemas.fieldsOf(definition), field)).toBe(expected)
  })

  it('names stable versions first', () => {
    expect(builtInSchemas.apiVersionsOf('VolumeAttributesClass')).toEqual([
      'storage.k8s.io/v1',
      'storage.k8s.io/v1beta1',
    ])
    expect(builtInSchemas.apiVersionsOf('constructor')).toEqual([])
    expect(builtInSchemas.definitionOf('Deployment', 'extensions/v1beta1')).toBeUndefined()
  })
})

describe('schemasOf', () => {
  it('takes each kind and definition from the first document that has it', () => {
    const older = { kinds: { Pod: { v1: 'Old' }, Job: { 'batch/v1': 'Job' } }, definitions: { Job: { a: 'string' } } }
    const schemas = schemasOf({ kinds: { Pod: { v1: 'Pod' } }, definitions: {} }, older)
    expect(schemas.definitionOf('Pod', 'v1')).toBe('Pod')
    expect(schemas.definitionOf('Job', 'batch/v1')).toBe('Job')
    expect(schemas.fieldsOf('Job')).toEqual({ a: 'string' })
  })
})

describe('readType', () => {
  it.each<[string, FieldType]>([
    ['string!', { form: 'scalar', scalar: 'string' }],
    ['=Delete|Retain!', { form: 'enum', values: ['Delete', 'Retain'] }],
    ['[{string}]', { form: 'list', items: '{string}' }],
    ['{quantity}!', { form: 'map', values: 'quantity' }],
    ['PodSpec', { form: 'object', name: 'PodSpec' }],
    ['wonder', { form: 'scalar', scalar: 'any' }],
  ])('reads %s', (notation, expected) => {
    expect(readType(notation)).toEqual(expected)
  })
})
