import { describe, expect, test } from 'vitest'
import { compareQuantities, parseQuantity } from './quantity.ts'

const nano = 1_000_000_000n

describe('parseQuantity', () => {
  test.each([
    ['0', 0n],
    ['1', nano],
    ['+1', nano],
    ['-1', -nano],
    ['100m', nano / 10n],
    ['0.1', nano / 10n],
    ['.5', nano / 2n],
    ['5.', 5n * nano],
    ['1u', 1000n],
    ['1n', 1n],
    ['0.1n', 1n],
    ['-0.1n', -1n],
    ['1.0000000001', nano + 1n],
    ['1k', 1000n * nano],
    ['1M', 10n ** 6n * nano],
    ['1G', 10n ** 9n * nano],
    ['1T', 10n ** 12n * nano],
    ['1P', 10n ** 15n * nano],
    ['1E', 10n ** 18n * nano],
    ['1e3', 1000n * nano],
    ['1E3', 1000n * nano],
    ['1e+3', 1000n * nano],
    ['1e-3', nano / 1000n],
    ['1Ki', 1024n * nano],
    ['1Gi', 1024n ** 3n * nano],
    ['1024Mi', 1024n ** 3n * nano],
    ['0.5Ti', 512n * 1024n ** 3n * nano],
    ['-1.5Gi', -1536n * 1024n ** 2n * nano],
    ['16Ei', (2n ** 63n - 1n) * nano],
    ['10E', 10n ** 19n * nano],
    ['1e-1000', 1n],
    // What apimachinery takes as well: no digits stand for zero.
    ['Mi', 0n],
    ['.', 0n],
    ['-', 0n],
  ])('%s is %s nano units', (text, nanos) => {
    expect(parseQuantity(text)?.nanos).toBe(nanos)
  })

  test.each([
    '',
    ' 1',
    '1 Gi',
    '1e3Mi',
    '1ki',
    '1mi',
    '200K',
    '1,3G',
    'Three',
    '1e',
    '0x10',
    '1e1001',
    '1.2.3',
    '--1',
    '1'.repeat(513),
  ])('%j is refused', (text) => {
    expect(parseQuantity(text)).toBeUndefined()
  })

  test.each([
    ['1', true],
    ['50k', true],
    ['1e3', true],
    ['1Gi', true],
    ['99Ti', true],
    ['123456789012345678', true],
    ['100Ti', false],
    ['1Pi', false],
    ['1234567890123456789', false],
    ['1000m', false],
    ['1.0', false],
    ['0.5Gi', false],
    ['9999999999999999999999999999999999999G', false],
  ])("Kubernetes' AsInt64 takes %s: %s", (text, expected) => {
    expect(parseQuantity(text)?.isInteger).toBe(expected)
  })
})

describe('compareQuantities', () => {
  test.each([
    ['1Gi', '1024Mi', 0],
    ['100m', '0.1', 0],
    ['50M', '50Mi', -1],
    ['150Mi', '100Mi', 1],
    ['-1', '1', -1],
    ['1Ti', '1T', 1],
  ] as const)('%s against %s is %s', (left, right, expected) => {
    const a = parseQuantity(left)
    const b = parseQuantity(right)
    expect(a && b && compareQuantities(a, b)).toBe(expected)
  })
})
