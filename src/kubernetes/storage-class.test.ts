import { describe, expect, it } from 'vitest'
import { emptyInventory, inventoryOf } from './inventory.ts'
import type { JsonObject } from './json.ts'
import { claimClass, defaultClass, isDefaultClass, volumesForClass } from './storage-class.ts'

const defaultMark = 'storageclass.kubernetes.io/is-default-class'
const annotation = 'volume.beta.kubernetes.io/storage-class'
const annotationPath = '/metadata/annotations/volume.beta.kubernetes.io~1storage-class'

function storageClass(name: string, isDefault = false, creationTimestamp?: string): JsonObject {
  return {
    kind: 'StorageClass',
    metadata: {
      name,
      ...(isDefault ? { annotations: { [defaultMark]: 'true' } } : {}),
      ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
    },
  }
}

const gold = storageClass('gold')
const silver = storageClass('silver', true)
const all = inventoryOf([gold, silver], ['StorageClass'])
const some = inventoryOf([gold, silver])
const noDefault = inventoryOf([gold], ['StorageClass'])
const path = '/spec/storageClassName'

describe('claimClass', () => {
  it.each([
    [
      'the annotation wins over spec',
      { metadata: { annotations: { [annotation]: 'gold' } }, spec: { storageClassName: 'silver' } },
      all,
      { source: 'annotation', name: 'gold', path: annotationPath, static: false, object: gold, known: true },
    ],
    [
      'an empty annotation is static binding, whatever spec says',
      { metadata: { annotations: { [annotation]: '' } }, spec: { storageClassName: 'silver' } },
      all,
      { source: 'annotation', name: '', path: annotationPath, static: true, object: undefined, known: true },
    ],
    [
      'spec',
      { spec: { storageClassName: 'gold' } },
      some,
      { source: 'spec', name: 'gold', path, static: false, object: gold, known: true },
    ],
    [
      'a name that is not known is still the name',
      { spec: { storageClassName: 'bronze' } },
      some,
      { source: 'spec', name: 'bronze', path, static: false, object: undefined, known: true },
    ],
    [
      'static binding',
      { spec: { storageClassName: '' } },
      all,
      { source: 'spec', name: '', path, static: true, object: undefined, known: true },
    ],
    [
      'the default class',
      { spec: {} },
      all,
      { source: 'default', name: 'silver', path, static: false, object: silver, known: true },
    ],
    [
      'null is not set',
      { spec: { storageClassName: null } },
      all,
      { source: 'default', name: 'silver', path, static: false, object: silver, known: true },
    ],
    [
      'a default that another class could outdo',
      { spec: {} },
      some,
      { source: 'default', name: 'silver', path, static: false, object: silver, known: false },
    ],
    [
      'no default, for certain',
      { spec: {} },
      noDefault,
      { source: 'none', name: '', path, static: false, object: undefined, known: true },
    ],
    [
      'no default known',
      {},
      emptyInventory,
      { source: 'none', name: '', path, static: false, object: undefined, known: false },
    ],
  ])('%s', (_, claim, inventory, expected) => {
    expect(claimClass(claim, inventory)).toEqual(expected)
  })
})

describe('the default class', () => {
  it.each([
    [
      'the newest',
      [storageClass('a', true, '2025-01-01T00:00:00Z'), storageClass('b', true, '2026-01-01T00:00:00Z')],
      'b',
    ],
    [
      'of the same age the first name',
      [storageClass('b', true, '2025-01-01T00:00:00Z'), storageClass('a', true, '2025-01-01T00:00:00Z')],
      'a',
    ],
    ['of ageless manifests the first name', [storageClass('z', true), storageClass('k', true)], 'k'],
    ['an age that is no time counts as none', [storageClass('b', true, 'yesterday'), storageClass('a', true)], 'a'],
    ['only marked ones', [storageClass('a'), storageClass('b', true)], 'b'],
    ['none', [storageClass('a')], undefined],
  ])('%s', (_, classes, expected) => {
    const chosen = defaultClass(inventoryOf(classes))
    expect(chosen).toEqual(expected === undefined ? undefined : classes.find((item) => nameOf(item) === expected))
  })

  it.each([
    [{ [defaultMark]: 'true' }, true],
    [{ 'storageclass.beta.kubernetes.io/is-default-class': 'true' }, true],
    [{ [defaultMark]: 'True' }, false],
    [{ [defaultMark]: true }, false],
    [{}, false],
  ])('is marked by %j: %s', (annotations, expected) => {
    expect(isDefaultClass({ metadata: { annotations } })).toBe(expected)
  })
})

describe('volumesForClass', () => {
  const volume = (name: string, spec: JsonObject, annotations: JsonObject = {}): JsonObject => ({
    kind: 'PersistentVolume',
    metadata: { name, annotations },
    spec,
  })
  const inventory = inventoryOf([
    volume('free', { storageClassName: 'manual' }),
    volume('mine', { storageClassName: 'manual', claimRef: { name: 'db' } }),
    volume('taken', { storageClassName: 'manual', claimRef: { name: 'other' } }),
    volume('annotated', { storageClassName: 'x' }, { [annotation]: 'manual' }),
    volume('classless', {}),
  ])

  it('are of the class and free, or kept for the claim', () => {
    const claim = { metadata: { name: 'db' } }
    expect(volumesForClass('manual', claim, inventory).map(nameOf)).toEqual(['annotated', 'free', 'mine'])
    expect(volumesForClass('', claim, inventory).map(nameOf)).toEqual(['classless'])
    expect(volumesForClass('x', claim, inventory)).toEqual([])
  })
})

function nameOf(object: JsonObject): unknown {
  const metadata = object['metadata']
  return typeof metadata === 'object' && metadata !== null && 'name' in metadata ? metadata.name : undefined
}
