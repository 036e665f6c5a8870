import { describe, expect, test } from 'vitest'
import { compileExpression } from './compile.ts'
import { CelError } from './error.ts'
import cases from './conformance.json' with { type: 'json' }

interface Case {
  readonly expression: string
  readonly object?: object
  readonly expected?: boolean
  readonly error?: boolean
}

function verdict({ expression, object = {} }: Case): boolean | 'error' {
  try {
    return compileExpression(expression, { variables: ['object'], result: 'bool' }).evaluateBoolean({ object })
  } catch (error) {
    if (error instanceof CelError) return 'error'
    throw error
  }
}

// Each answer is the one of a real kube-apiserver 1.36; an error may come at compile time or at evaluation.
describe('the API server and Holdfast give one answer', () => {
  const table: readonly Case[] = cases
  test.each(table)('$expression', (row) => {
    expect(verdict(row)).toBe(row.error === true ? 'error' : row.expected)
  })
})
