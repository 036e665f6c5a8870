import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkContext } from '../../test/support/check-context.ts'
import { emptyInventory, type Inventory, inventoryOf } from '../kubernetes/inventory.ts'
import { isObject, type JsonObject } from '../kubernetes/json.ts'
import type { CheckFinding } from './check.ts'
import { claimStorageClass } from './storage-class.ts'

const path = '/spec/storageClassName'
const annotationPath = '/metadata/annotations/volume.beta.kubernetes.io~1storage-class'

function storageClass(name: string, isDefault = false): JsonObject {
  const annotations = isDefault ? { 'storageclass.kubernetes.io/is-default-class': 'true' } : {}
  return { kind: 'StorageClass', metadata: { name, annotations } }
}

const gold = storageClass('gold')
const silver = storageClass('silver')
const standard = storageClass('standard', true)
const cluster = inventoryOf([gold, silver], ['StorageClass'])
const withDefault = inventoryOf([gold, silver, standard], ['StorageClass'])
const volume = (spec: JsonObject): JsonObject => ({ kind: 'PersistentVolume', metadata: { name: 'pv' }, spec })

function named(storageClassName: string, spec: JsonObject = {}): JsonObject {
  return { metadata: { name: 'db' }, spec: { storageClassName, ...spec } }
}

function annotated(name: string, spec: JsonObject = {}): JsonObject {
  return { metadata: { annotations: { 'volume.beta.kubernetes.io/storage-class': name } }, spec }
}

function evaluate(claim: JsonObject, inventory: Inventory, parameters: JsonObject = {}): readonly CheckFinding[] {
  return claimStorageClass.evaluate(parameters, claim, checkContext({ inventory }))
}

describe('a class that does not exist', () => {
  it('is reported with the classes there are', () => {
    expect(evaluate(named('fast-local'), cluster)).toEqual([
      {
        path,
        problem: '{{field}} is "fast-local"; classes here are "gold", "silver"',
        actual: 'fast-local',
        remedy: 'use a class that exists, or prepare a PersistentVolume of that class name',
      },
    ])
  })

  it('is no made-up name of volumes where all volumes are known', () => {
    const all = inventoryOf([gold], ['StorageClass', 'PersistentVolume'])
    expect(evaluate(named('manual'), all)[0]?.remedy).toBe('use a class that exists')
  })

  it('is read at the annotation, where that decides', () => {
    expect(evaluate(annotated('nope', { storageClassName: 'gold' }), cluster)).toMatchObject([
      { path: annotationPath, problem: '{{field}} is "nope"; classes here are "gold", "silver"' },
    ])
    expect(evaluate(annotated('gold', { storageClassName: 'nope' }), cluster)).toEqual([])
  })

  it.each([
    ['the class exists', named('gold'), cluster],
    ['not all classes are known', named('bronze'), inventoryOf([gold])],
    ['nothing is known', named('bronze'), emptyInventory],
    ['binding is static', named(''), cluster],
    ['binding is static by annotation', annotated(''), cluster],
    ['a volume has the name', named('manual'), inventoryOf([volume({ storageClassName: 'manual' })], ['StorageClass'])],
  ])('is not reported where %s', (_, claim, inventory) => {
    expect(evaluate(claim, inventory)).toEqual([])
  })

  it('lists ten classes at most, by name', () => {
    const classes = Array.from({ length: 12 }, (_, index) => storageClass(`c${String(index).padStart(2, '0')}`))
    expect(evaluate(named('x'), inventoryOf(classes.toReversed(), ['StorageClass']))[0]?.problem).toBe(
      '{{field}} is "x"; classes here are "c00", "c01", "c02", "c03", "c04", "c05", "c06", "c07", "c08", "c09", +2 more',
    )
    expect(evaluate(named('x'), inventoryOf([], ['StorageClass']))[0]?.problem).toBe(
      '{{field}} is "x"; there are no classes here',
    )
  })
})

describe('no class', () => {
  const unnamed = { metadata: { name: 'db' }, spec: {} }
  const says = '{{field}} is not set and there is no default class; classes here are "gold", "silver"'

  it('is reported where there is no default', () => {
    expect(evaluate(unnamed, cluster)).toEqual([{ path, problem: says, remedy: 'name a class in {{field}}' }])
  })

  it.each([
    ['there is a default', unnamed, withDefault, {}],
    ['a default is required but known', unnamed, withDefault, { require: true }],
    ['the default is not known', unnamed, inventoryOf([gold]), {}],
    ['it names its volume', { spec: { volumeName: 'pv' } }, cluster, {}],
    ['a volume without a class is free', unnamed, inventoryOf([gold, volume({})], ['StorageClass']), {}],
  ])('is not reported where %s', (_, claim, inventory, parameters) => {
    expect(evaluate(claim, inventory, parameters)).toEqual([])
  })

  it('is reported where a class is required and the default is not known', () => {
    expect(evaluate(unnamed, emptyInventory, { require: true })).toEqual([
      { path, problem: '{{field}} is not set', remedy: 'name a class in {{field}}' },
    ])
    expect(evaluate({ spec: { volumeName: 'pv' } }, cluster, { require: true })).toHaveLength(1)
  })

  it('is repaired with the fallback, if that exists and is allowed', () => {
    expect(evaluate(unnamed, cluster, { fallback: 'gold' })[0]?.repair).toBe('gold')
    expect(evaluate(unnamed, cluster, { fallback: 'bronze' })[0]).not.toHaveProperty('repair')
    expect(evaluate(unnamed, cluster, { fallback: 'gold', denied: ['g*'] })[0]).not.toHaveProperty('repair')
    expect(evaluate(unnamed, emptyInventory, { require: true, fallback: 'gold' })[0]?.repair).toBe('gold')
  })
})

describe('a class that is not permitted', () => {
  it.each<[string, JsonObject, Inventory, JsonObject, string, string]>([
    [
      'not in allowed',
      named('silver'),
      cluster,
      { allowed: ['gold'] },
      path,
      'is "silver"; classes allowed here are "gold"',
    ],
    ['in denied', named('silver'), cluster, { denied: ['sil*'] }, path, 'is "silver"; classes allowed here are "gold"'],
    [
      'in both',
      named('gold'),
      cluster,
      { allowed: ['*'], denied: ['gold'] },
      path,
      'is "gold"; classes allowed here are "silver"',
    ],
    [
      'with no class known',
      named('a'),
      emptyInventory,
      { allowed: ['gold-*', ''] },
      path,
      'is "a"; allowed are "gold-*", ""',
    ],
    ['with nothing to offer', named('a'), emptyInventory, { denied: ['a'] }, path, 'is "a"; that class is not allowed'],
    ['static binding', named(''), cluster, { allowed: ['gold'] }, path, 'is ""; classes allowed here are "gold"'],
    [
      'the annotation',
      annotated('silver', { storageClassName: 'gold' }),
      cluster,
      { allowed: ['gold'] },
      annotationPath,
      'is "silver"; classes allowed here are "gold"',
    ],
    [
      'the default',
      { spec: {} },
      withDefault,
      { allowed: ['gold'] },
      path,
      'is not set and the default class is "standard"; classes allowed here are "gold"',
    ],
    [
      'not existing either',
      named('nope'),
      cluster,
      { allowed: ['gold'] },
      path,
      'is "nope"; classes allowed here are "gold"',
    ],
  ])('%s', (_, claim, inventory, parameters, at, says) => {
    const remedy = 'use a class that is allowed, or ask the platform team for an exception'
    expect(evaluate(claim, inventory, parameters)).toMatchObject([{ path: at, problem: `{{field}} ${says}`, remedy }])
  })

  it.each<[string, JsonObject, Inventory, JsonObject]>([
    ['a pattern', named('gold'), cluster, { allowed: ['g?ld'] }],
    ['an empty name for static binding', named(''), cluster, { allowed: ['gold', ''] }],
    ['the class that counts', annotated('gold', { storageClassName: 'silver' }), cluster, { allowed: ['gold'] }],
    ['a near miss of denied', named('gold'), cluster, { denied: ['gol', 'old', 'Gold'] }],
    ['a default that is not certain', { spec: {} }, inventoryOf([standard]), { allowed: ['gold'] }],
    ['malformed lists', named('gold'), cluster, { allowed: 'silver', denied: [1, null] }],
  ])('passes %s', (_, claim, inventory, parameters) => {
    expect(evaluate(claim, inventory, parameters)).toEqual([])
  })

  it('is repaired with the fallback where it is decided', () => {
    const parameters = { allowed: ['gold'], fallback: 'gold' }
    expect(evaluate(named('silver'), cluster, parameters)).toMatchObject([{ path, actual: 'silver', repair: 'gold' }])
    expect(evaluate(annotated('silver'), cluster, parameters)).toMatchObject([{ path: annotationPath, repair: 'gold' }])
    expect(evaluate({ spec: {} }, withDefault, parameters)).toMatchObject([{ path, repair: 'gold' }])
    expect(evaluate(named('nope'), cluster, { fallback: 'gold' })[0]).not.toHaveProperty('repair')
  })
})

it('never throws on malformed claims and parameters', () => {
  const keys = fc.constantFrom('spec', 'storageClassName', 'metadata', 'annotations', 'allowed', 'denied', 'fallback')
  fc.assert(
    fc.property(fc.object({ key: keys }), fc.boolean(), (value, empty) => {
      const object: unknown = JSON.parse(JSON.stringify(value))
      if (!isObject(object)) return
      const findings = evaluate(object, empty ? emptyInventory : withDefault, object)
      expect(findings.length).toBeLessThanOrEqual(1)
      for (const finding of findings) expect(finding.problem).toMatch(/^\{\{field\}\} is [^\n]+$/)
    }),
  )
})
