import { describe, expect, it } from 'vitest'
import {
  claim,
  className,
  cluster,
  evaluate,
  phase,
  places,
  ref,
  size,
  volume,
} from '../../../test/support/claim-binding.ts'
import type { JsonObject } from '../../kubernetes/json.ts'

const classIs = '{{field}} is "manual"; no volume fits: "disk-1" '

describe('a claim for a prepared volume', () => {
  it('is told what would fit', () => {
    expect(evaluate(claim({ volumeMode: 'Block' }), cluster(volume({ capacity: { storage: '40Gi' } })))).toEqual([
      {
        path: size,
        problem: '{{field}} is "50Gi"; no volume fits: "disk-1" has only 40Gi and has volumeMode Filesystem',
        actual: '50Gi',
        remedy:
          'prepare a PersistentVolume that fits (class "manual", at least 50Gi, ReadWriteOnce, volumeMode Block), or name a class that makes volumes',
      },
    ])
  })

  it.each<[string, JsonObject, JsonObject, string, string]>([
    [
      'is smaller by a byte',
      {},
      volume({ capacity: { storage: '53687091199' } }),
      size,
      '"50Gi"; no volume fits: "disk-1" has only 53687091199',
    ],
    [
      'has a size as a number',
      {},
      volume({ capacity: { storage: 1 } }),
      size,
      '"50Gi"; no volume fits: "disk-1" has only 1',
    ],
    [
      'has other modes',
      { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] },
      volume(),
      '/spec/accessModes',
      '["ReadWriteOnce","ReadWriteMany"]; no volume fits: "disk-1" lacks ReadWriteMany',
    ],
    [
      'is a block device',
      {},
      volume({ volumeMode: 'Block' }),
      '/spec/volumeMode',
      'not set; no volume fits: "disk-1" has volumeMode Block',
    ],
    [
      'has other labels',
      { selector: { matchLabels: { a: 'b' } } },
      volume(),
      '/spec/selector',
      '{"matchLabels":{"a":"b"}}; no volume fits: "disk-1" has other labels',
    ],
    [
      'is of another class',
      {},
      volume({ storageClassName: 'slow' }),
      className,
      '"manual"; no volume fits: "disk-1" is of class "slow"',
    ],
    [
      'has no class',
      {},
      volume({ storageClassName: undefined }),
      className,
      '"manual"; no volume fits: "disk-1" has no class',
    ],
    [
      'has an attributes class',
      {},
      volume({ volumeAttributesClassName: 'fast' }),
      '/spec/volumeAttributesClassName',
      'not set; no volume fits: "disk-1" has attributes class "fast"',
    ],
    [
      'lacks the attributes class',
      { volumeAttributesClassName: 'fast' },
      volume(),
      '/spec/volumeAttributesClassName',
      '"fast"; no volume fits: "disk-1" has no attributes class',
    ],
    ['is taken here', {}, volume(ref('web')), className, '"manual"; no volume fits: "disk-1" is taken by claim "web"'],
    [
      'is taken elsewhere, by nobody that is named',
      {},
      volume(ref('db', 'bank')),
      className,
      '"manual"; no volume fits: "disk-1" is taken by a claim in another namespace',
    ],
    [
      'was released',
      {},
      volume(ref('db'), phase('Released')),
      className,
      '"manual"; no volume fits: "disk-1" still holds the data of an earlier claim "db"',
    ],
    [
      'was released elsewhere',
      {},
      volume(ref('db', 'bank'), phase('Released')),
      className,
      '"manual"; no volume fits: "disk-1" still holds the data of a claim in another namespace',
    ],
    ['has failed', {}, volume({}, phase('Failed')), className, '"manual"; no volume fits: "disk-1" has failed'],
    [
      'is on its way out',
      {},
      volume({}, { metadata: { name: 'disk-1', deletionTimestamp: 'now' } }),
      className,
      '"manual"; no volume fits: "disk-1" is being deleted',
    ],
    [
      'is reserved for it, and too small',
      {},
      volume({ ...ref('db'), capacity: { storage: '1Gi' } }),
      size,
      '"50Gi"; no volume fits: "disk-1" has only 1Gi',
    ],
    [
      'is reserved for it, and on its way out',
      {},
      volume(ref('db'), { metadata: { name: 'disk-1', deletionTimestamp: 'now' } }),
      className,
      '"manual"; no volume fits: "disk-1" is being deleted',
    ],
  ])('does not get one that %s', (_name, spec, offered, path, problem) => {
    expect(places(evaluate(claim(spec), cluster(offered)))).toEqual([[path, `{{field}} is ${problem}`]])
  })

  it.each<[string, JsonObject, JsonObject]>([
    ['the very same', {}, volume()],
    ['larger, in other units', {}, volume({ capacity: { storage: '0.05Ti' } })],
    ['with more modes', {}, volume({ accessModes: ['ReadOnlyMany', 'ReadWriteOnce'] })],
    [
      'selected by its labels',
      { selector: { matchLabels: { a: 'b' } } },
      volume({}, { metadata: { name: 'disk-1', labels: { a: 'b' } } }),
    ],
    ['available', {}, volume({}, phase('Available'))],
    [
      'reserved for it, of whatever class and labels',
      { selector: { matchLabels: { a: 'b' } } },
      volume({ ...ref('db'), storageClassName: 'slow' }),
    ],
    [
      'of a class by the old annotation',
      {},
      volume(
        { storageClassName: 'slow' },
        { metadata: { name: 'disk-1', annotations: { 'volume.beta.kubernetes.io/storage-class': 'manual' } } },
      ),
    ],
    ['of a size that cannot be read', {}, volume({ capacity: { storage: 'big' } })],
  ])('gets one that is %s', (_name, spec, offered) => {
    expect(evaluate(claim(spec), cluster(offered))).toEqual([])
  })

  it('lists the nearest first, and what others have last', () => {
    const wrong = { capacity: { storage: '1Gi' } }
    const volumes = [
      volume(ref('web'), {}, 'a-taken'),
      volume({ ...wrong, accessModes: [] }, {}, 'b-two'),
      volume(wrong, {}, 'c-one'),
      volume({ ...wrong, ...ref('x', 'bank') }, {}, 'd-taken'),
      volume({ ...ref('x'), storageClassName: 'gold' }, {}, 'e-taken-of-another-class'),
    ]
    expect(places(evaluate(claim(), cluster(...volumes)))).toEqual([
      [
        size,
        '{{field}} is "50Gi"; no volume fits: "c-one" has only 1Gi, "a-taken" is taken by claim "web", "b-two" has only 1Gi and lacks ReadWriteOnce, +1 more',
      ],
    ])
  })

  it('knows a volume reserved for an earlier claim by its uid, where there are two', () => {
    const reserved = volume(ref('db', 'shop', { uid: 'old' }))
    const withUid = (uid: string): JsonObject => claim({}, { metadata: { name: 'db', namespace: 'shop', uid } })
    expect(places(evaluate(withUid('new'), cluster(reserved)))).toEqual([
      [className, `${classIs}is taken by claim "db"`],
    ])
    expect(evaluate(withUid('old'), cluster(reserved))).toEqual([])
    expect(evaluate(claim(), cluster(reserved))).toEqual([])
  })
})
