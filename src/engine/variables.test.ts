import { describe, expect, it } from 'vitest'
import { compileExpression } from '../policy/cel/compile.ts'
import { Variables } from './variables.ts'

const variables = (sources: Readonly<Record<string, string>>): Variables => {
  const compiled = Object.entries(sources).map(
    ([name, source]) => [name, compileExpression(source, { variables: ['object', 'variables'] })] as const,
  )
  const context: Record<string, unknown> = { object: { n: 2 } }
  const made = new Variables(new Map(compiled), context)
  context['variables'] = made
  return made
}

describe('Variables', () => {
  it('are evaluated when they are read, and may read each other', () => {
    const made = variables({ a: 'object.n + 1', b: 'variables.a * 2', broken: 'object.absent' })
    expect(made.get('b')).toBe(6)
    expect(made.get('a')).toBe(3)
    expect(made.get('nothing')).toBeUndefined()
    expect(() => made.get('broken')).toThrow('no such key: absent')
  })

  it('do not exist while they are evaluated', () => {
    expect(() => variables({ a: 'variables.b', b: 'variables.a' }).get('a')).toThrow('no such key: a')
  })
})
