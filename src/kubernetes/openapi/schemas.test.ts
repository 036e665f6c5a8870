import { describe, expect, it } from 'vitest'
import { knownKinds } from '../kinds.ts'
import newest from './newest.json' with { type: 'json' }
import olderVersions from './older.json' with { type: 'json' }
import { type FieldType, readType, type SchemaDocument, schemasOf } from './schemas.ts'
import snapshots from './snapshots.json' with { type: 'json' }
import { documentsOf } from './versions.ts'

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

type Definitions = SchemaDocument['definitions']

function depthOf(definitions: Definitions, name: string, within: readonly string[] = []): number {
  if (within.includes(name)) throw new Error(`${name} contains itself: ${within.join(' ')}`)
  const inner = Object.values(definitions[name] ?? {}).flatMap(namesIn)
  return 1 + Math.max(0, ...inner.map((next) => depthOf(definitions, next, [...within, name])))
}

const versions = documentsOf(newest, olderVersions).map(({ version, document }) => ({
  version,
  kinds: { ...document.kinds, ...snapshots.kinds },
  definitions: { ...document.definitions, ...snapshots.definitions },
  own: document.definitions,
}))

describe.each(versions)('the generated schemas of $version', ({ kinds, definitions, own }) => {
  const roots = new Set(Object.values(kinds).flatMap((served) => Object.values<string>(served)))

  it('have every kind that policies can name', () => {
    expect(Object.keys(kinds).sort()).toEqual(knownKinds)
    expect(Object.entries(kinds).filter(([, served]) => Object.keys(served).length === 0)).toEqual([])
  })

  it('define every name they use, none twice and none in vain', () => {
    const used = new Set(Object.values(definitions).flatMap((fields) => Object.values(fields).flatMap(namesIn)))
    expect([...used, ...roots].filter((name) => !Object.hasOwn(definitions, name))).toEqual([])
    expect(Object.keys(definitions).filter((name) => !used.has(name) && !roots.has(name))).toEqual([])
    expect(Object.keys(snapshots.definitions).filter((name) => Object.hasOwn(own, name))).toEqual([])
  })

  it('know every notation they are written in', () => {
    const known =
      /^(?:[[{])?(?:string|integer|number|boolean|intOrString|quantity|bytes|any|[A-Z][A-Za-z]+|=[A-Za-z0-9|+-]+)[\]}]?!?$/
    const notations = Object.values(definitions).flatMap((fields) => Object.values<string>(fields))
    expect(notations.filter((notation) => !known.test(notation))).toEqual([])
  })

  it('nest without end nowhere', () => {
    expect(Math.max(...[...roots].map((root) => depthOf(definitions, root)))).toBeLessThan(20)
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
