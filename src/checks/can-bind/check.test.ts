import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  claim,
  claimKind,
  className,
  cluster,
  evaluate,
  manual,
  phase,
  places,
  ref,
  storageClass,
  volume,
} from '../../../test/support/claim-binding.ts'
import { type Inventory, inventoryOf } from '../../kubernetes/inventory.ts'
import { isObject, type JsonObject } from '../../kubernetes/json.ts'

const classIs = '{{field}} is "manual"; no volume fits: "disk-1" '

describe('which claims wait for a prepared volume', () => {
  const none = cluster(volume({ storageClassName: 'slow', ...ref('web') }))
  const noFree = 'there is no free volume of its class'

  it.each<[string, JsonObject, Inventory, readonly (readonly [string, string])[]]>([
    ['of a class without provisioner', claim(), none, [[className, `{{field}} is "manual"; ${noFree}`]]],
    [
      'of no class',
      claim({ storageClassName: '' }),
      none,
      [[className, '{{field}} is ""; there is no free volume without a class']],
    ],
    [
      'of a made-up class that volumes have',
      claim({ storageClassName: 'slow' }),
      none,
      [[className, '{{field}} is "slow"; no volume fits: "disk-1" is taken by claim "web"']],
    ],
    ['of a class that nothing has', claim({ storageClassName: 'nope' }), none, []],
    ['of a class that makes volumes', claim({ storageClassName: 'gold' }), none, []],
    [
      'that selects, of a class that makes volumes',
      claim({ storageClassName: 'gold', selector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } }),
      none,
      [['/spec/selector', `{{field}} keeps its class from making a volume; ${noFree}`]],
    ],
    ['that selects nothing', claim({ storageClassName: 'gold', selector: { matchLabels: {} } }), none, []],
    [
      'without class, where there is no default',
      claim({ storageClassName: undefined }),
      cluster(volume({ storageClassName: '', volumeMode: 'Block' })),
      [['/spec/volumeMode', '{{field}} is not set; no volume fits: "disk-1" has volumeMode Block']],
    ],
    ['without class, which another policy reports', claim({ storageClassName: undefined }), none, []],
    [
      'without class, where the default makes volumes',
      claim({ storageClassName: undefined }),
      cluster(storageClass('std', 'x.example.com', { 'storageclass.kubernetes.io/is-default-class': 'true' })),
      [],
    ],
    [
      'without class, where the classes are unknown',
      claim({ storageClassName: undefined }),
      inventoryOf([volume({ storageClassName: '', ...ref('web') })], ['PersistentVolume']),
      [],
    ],
    ['where volumes are not all known', claim(), inventoryOf([manual], ['StorageClass']), []],
  ])('a claim %s', (_name, object, inventory, expected) => {
    expect(places(evaluate(object, inventory))).toEqual(expected)
  })

  it.each<[string, JsonObject, Inventory]>([
    ['by its status', claim({}, phase('Bound')), none],
    ['and lost its volume', claim({}, phase('Lost')), none],
    [
      'by the volume controller',
      claim({}, { metadata: { name: 'db', annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } } }),
      none,
    ],
    ['in the cluster, whatever the manifest says', claim(), cluster(claim({}, phase('Bound')))],
    ['by the volume', claim(), cluster(volume({ ...ref('db'), capacity: { storage: '1Gi' } }, phase('Bound')))],
  ])('not one that is bound %s', (_name, object, inventory) => {
    expect(evaluate(object, inventory)).toEqual([])
  })
})

describe('a claim that names its volume', () => {
  const named = (more: JsonObject = {}): JsonObject => claim({ volumeName: 'disk-1', ...more })

  it.each<[string, JsonObject, readonly JsonObject[], string | undefined]>([
    ['does not exist', named(), [], 'but there is no such volume'],
    ['fits', named(), [volume()], undefined],
    [
      'fits but for its labels and phase',
      named({ selector: { matchLabels: { a: 'b' } } }),
      [volume({}, phase('Failed'))],
      undefined,
    ],
    [
      'is reserved for it, and does not fit',
      named(),
      [volume({ ...ref('db'), capacity: { storage: '1Gi' } })],
      undefined,
    ],
    [
      'is too small and of another class',
      named(),
      [volume({ storageClassName: '', capacity: { storage: '1Gi' } })],
      'which has no class and has only 1Gi',
    ],
    ['is taken', named(), [volume(ref('web'))], 'which is taken by claim "web"'],
    [
      'is on its way out',
      named(),
      [volume({}, { metadata: { name: 'disk-1', deletionTimestamp: 'now' } })],
      'which is being deleted',
    ],
    ['would be made by its class', named({ storageClassName: 'gold' }), [volume()], 'which is of class "manual"'],
  ])('that %s', (_name, object, volumes, problem) => {
    const expected = problem === undefined ? [] : [['/spec/volumeName', `{{field}} is "disk-1", ${problem}`]]
    expect(places(evaluate(object, cluster(...volumes)))).toEqual(expected)
  })
})

describe('claims that are made from a template', () => {
  const carrier = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'web', namespace: 'shop' } }
  const template = { metadata: { name: 'db' }, spec: claim()['spec'] }

  it('may be those that volumes of the namespace are reserved for or bound to', () => {
    expect(evaluate(template, cluster(volume(ref('db-web-0'), phase('Bound'))), { carrier })).toEqual([])
    expect(places(evaluate(template, cluster(volume(ref('db-web-0', 'bank'))), { carrier }))).toEqual([
      [className, `${classIs}is taken by a claim in another namespace`],
    ])
  })

  it('are not the claim that has the name of the template', () => {
    const bound = claim({}, phase('Bound'))
    expect(evaluate(template, cluster(bound), { carrier })).toHaveLength(1)
  })
})

it('never throws, whatever the claim and the volumes are', () => {
  const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)))
  fc.assert(
    fc.property(json, json, json, (spec, offered, status) => {
      const disk = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'disk-1' }, spec: offered, status }
      for (const object of [{ ...claimKind, metadata: spec, spec }, claim(isObject(spec) ? spec : {})]) {
        expect(evaluate(object, cluster(disk)).length).toBeLessThanOrEqual(1)
      }
    }),
  )
})
