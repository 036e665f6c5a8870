import { describe, expect, it } from 'vitest'
import { claim, manifestFindings, storageClass } from '../../../test/support/manifest-findings.ts'
import type { JsonObject } from '../../kubernetes/json.ts'
import type { CheckFinding } from '../check.ts'

describe('a value of a closed set', () => {
  const modes = ['Immediate', 'WaitForFirstConsumer']
  it.each<[string, JsonObject, Partial<CheckFinding>]>([
    [
      'misspelt',
      storageClass({ volumeBindingMode: 'WaitForFirstConsumers' }),
      {
        problem: '{{field}} is "WaitForFirstConsumers"; did you mean "WaitForFirstConsumer"?',
        actual: 'WaitForFirstConsumers',
        expected: modes,
        repair: 'WaitForFirstConsumer',
      },
    ],
    [
      'in another case',
      storageClass({ volumeBindingMode: 'immediate' }),
      { problem: '{{field}} is "immediate"; did you mean "Immediate"?', repair: 'Immediate' },
    ],
    [
      'abbreviated',
      claim({ accessModes: ['RWX'] }),
      {
        path: '/spec/accessModes/0',
        problem: '{{field}} is "RWX"; did you mean "ReadWriteMany"?',
        repair: 'ReadWriteMany',
      },
    ],
    [
      'possible elsewhere only',
      storageClass({ reclaimPolicy: 'Recycle' }),
      {
        problem: '{{field}} is "Recycle"; it must be "Delete" or "Retain"',
        remedy: 'set {{field}} to "Delete" or "Retain"',
      },
    ],
    [
      'of another type',
      storageClass({ reclaimPolicy: true }),
      {
        problem: '{{field}} is the boolean true; it must be a string',
        remedy: 'set {{field}} to "Delete" or "Retain"',
      },
    ],
  ])('%s is reported', (_what, written, expected) => {
    expect(manifestFindings(written)).toMatchObject([expected])
  })

  it('is not set to what it may only mean', () => {
    const [finding] = manifestFindings(claim({ accessModes: ['ReadWriteOnly'] }))
    expect(finding?.problem).toBe('{{field}} is "ReadWriteOnly"; did you mean "ReadWriteOnce"?')
    expect(finding).not.toHaveProperty('repair')
  })
})
