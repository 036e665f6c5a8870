import { describe, expect, it } from 'vitest'
import { evaluate, figuresOf } from './figures.ts'
import type { Row } from './row.ts'

function row(id: string, label: Row['label'], more: Partial<Row> = {}): Row {
  return { id, label, type: 'password', origin: 'here', carrier: 'yaml', configmap: {}, ...more }
}

const rows: readonly Row[] = [
  row('a', 'secret'),
  row('b', 'secret'),
  row('c', 'secret', { carrier: 'json' }),
  row('d', 'secret', { type: 'token', origin: 'there' }),
  row('e', 'clean', { type: 'words' }),
  row('f', 'clean', { type: 'words', origin: 'there' }),
]

describe('figures', () => {
  const evaluation = evaluate(rows, new Set(['a', 'b', 'c', 'f']))

  it('are of documents', () => {
    expect(evaluation).toMatchObject({
      precision: 0.75,
      recall: 0.75,
      f1: 0.75,
      falsePositiveRate: 0.5,
      total: 6,
      found: 4,
    })
  })

  it('name what was missed and what was wrongly reported', () => {
    expect([evaluation.missed, evaluation.falsePositives]).toEqual([['d'], ['f']])
  })

  it('are given for each type, origin and carrier', () => {
    expect(evaluation.byType).toEqual({
      password: { precision: 1, recall: 1, f1: 1, total: 3, found: 3 },
      token: { recall: 0, f1: 0, total: 1, found: 0 },
      words: { precision: 0, falsePositiveRate: 0.5, total: 2, found: 1 },
    })
    expect(evaluation.byOrigin['there']).toEqual({
      precision: 0,
      recall: 0,
      f1: 0,
      falsePositiveRate: 1,
      total: 2,
      found: 1,
    })
    expect(evaluation.byCarrier['json']).toEqual({ precision: 1, recall: 1, f1: 1, total: 1, found: 1 })
  })

  it('leave out a share of nothing', () => {
    expect(figuresOf([], new Set())).toEqual({ total: 0, found: 0 })
  })
})
