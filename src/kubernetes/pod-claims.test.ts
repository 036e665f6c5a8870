import { describe, expect, it } from 'vitest'
import { inventoryOf } from './inventory.ts'
import type { JsonObject } from './json.ts'
import { podClaims } from './pod-claims.ts'

const data: JsonObject = { kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'shop' }, spec: {} }
const inventory = inventoryOf([data])

const pod = (...volumes: readonly JsonObject[]): JsonObject => ({ kind: 'Pod', spec: { volumes } })
const named = (claimName: string, more: JsonObject = {}): JsonObject => ({
  name: claimName,
  persistentVolumeClaim: { claimName, ...more },
})

describe('podClaims', () => {
  it('finds named claims, and says what is not known', () => {
    const object = pod({ name: 'tmp', emptyDir: {} }, named('data', { readOnly: true }), named('other'))
    const where = { template: false }
    expect(podClaims(object, object, 'shop', inventory)).toEqual([
      {
        ...where,
        volume: 'data',
        name: 'data',
        path: '/spec/volumes/1/persistentVolumeClaim',
        claim: data,
        readOnly: true,
        known: true,
      },
      {
        ...where,
        volume: 'other',
        name: 'other',
        path: '/spec/volumes/2/persistentVolumeClaim',
        claim: null,
        readOnly: false,
        known: false,
      },
    ])
    expect(podClaims(object, object, 'bank', inventory).map(({ claim }) => claim)).toEqual([null, null])
    const [absent] = podClaims(pod(named('other')), object, 'shop', inventoryOf([], ['PersistentVolumeClaim']))
    expect(absent).toMatchObject({ claim: null, known: true })
  })

  it('finds the claims of ephemeral volumes', () => {
    const claim = { spec: { accessModes: ['ReadWriteOnce'] } }
    const object = pod({ name: 'scratch', ephemeral: { volumeClaimTemplate: claim } })
    expect(podClaims(object, object, 'shop', inventory)).toEqual([
      {
        volume: 'scratch',
        name: '',
        path: '/spec/volumes/0/ephemeral/volumeClaimTemplate',
        claim,
        readOnly: false,
        template: true,
        known: true,
      },
    ])
  })

  it("takes a StatefulSet's templates for its pod's volumes", () => {
    const template = { metadata: { name: 'data' }, spec: {} }
    const carrier = { kind: 'StatefulSet', spec: { volumeClaimTemplates: [template] } }
    const found = podClaims(pod(named('data'), named('extra')), carrier, 'shop', inventory)
    expect(found.map(({ volume, template: own, claim }) => [volume, own, claim])).toEqual([
      ['extra', false, null],
      ['data', true, template],
    ])
  })

  it.each<[JsonObject]>([[{}], [{ spec: null }], [{ spec: { volumes: [null, 1, { name: 'x', ephemeral: 1 }] } }]])(
    'finds none in %j',
    (object) => expect(podClaims(object, object, 'shop', inventory)).toEqual([]),
  )
})
