import { describe, expect, it } from 'vitest'
import { didYouMean, isSurely, nearest } from './suggest.ts'

describe('nearest', () => {
  it.each([
    ['reclaimpolicy', 'reclaimPolicy'],
    ['storageClass', 'storageClassName'],
    ['nothing', undefined],
    ['x'.repeat(201), undefined],
  ])('finds for %s: %s', (word, expected) => {
    expect(nearest(word, ['reclaimPolicy', 'storageClassName', 'x'.repeat(200)])).toBe(expected)
  })

  it('is asked as a question', () => {
    expect(didYouMean('rule', ['rules'])).toBe('did you mean "rules"?')
    expect(didYouMean('rule', [])).toBeUndefined()
  })
})

describe('isSurely', () => {
  it.each([
    ['reclaim_policy', 'reclaimPolicy', true],
    ['persistenVolumeReclaimPolicy', 'persistentVolumeReclaimPolicy', true],
    ['volumeClaimTemplate', 'volumeClaimTemplates', true],
    ['imagePullPolciy', 'imagePullPolicy', true],
    ['Deploymnet', 'Deployment', true],
    ['Depolymnet', 'Deployment', false],
    ['ReadWriteOnly', 'ReadWriteOnce', false],
    ['storageClass', 'storageClassName', false],
    ['pods', 'pod', false],
    ['x'.repeat(300), 'x'.repeat(300), false],
  ])('takes %s for %s: %s', (word, candidate, expected) => {
    expect(isSurely(word, candidate)).toBe(expected)
  })
})
