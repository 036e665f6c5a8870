import { describe, expect, it } from 'vitest'
import { claim, manifestFindings } from '../../../test/support/manifest-findings.ts'

describe('a malformed quantity', () => {
  it.each<[string, string, string | undefined]>([
    ['10gi', 'did you mean "10Gi"?', '10Gi'],
    ['10 Gi', 'did you mean "10Gi"?', '10Gi'],
    ['10GiB', 'did you mean "10Gi"?', '10Gi'],
    ['1,5Gi', 'did you mean "1.5Gi"?', '1.5Gi'],
    ['512b', 'did you mean "512"?', '512'],
    ['10 GB', 'did you mean "10Gi" or "10G"?', undefined],
    ['10GB', 'did you mean "10Gi" or "10G"?', undefined],
    ['10gb', 'did you mean "10Gi" or "10G"?', undefined],
    ['10g', 'did you mean "10Gi" or "10G"?', undefined],
    ['10K', 'did you mean "10Ki" or "10k"?', undefined],
  ])('%s: %s', (storage, words, repair) => {
    const [finding, ...others] = manifestFindings(claim({ resources: { requests: { storage } } }))
    expect(others).toEqual([])
    expect(finding?.path).toBe('/spec/resources/requests/storage')
    expect(finding?.problem).toBe(`{{field}} is "${storage}", which is no quantity; ${words}`)
    expect(finding?.repair).toBe(repair)
  })

  it.each(['', 'large', '10 apples', '9'.repeat(10_000), `${' '.repeat(100_000)}!`])(
    'without a meaning: %#',
    (storage) => {
      const [finding] = manifestFindings(claim({ resources: { limits: { storage } } }))
      expect(finding?.remedy).toBe('write a number and a unit without a space between: 500Mi, 10Gi, 250m')
    },
  )
})
