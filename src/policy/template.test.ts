import { describe, expect, it } from 'vitest'
import { compileTemplate } from './template.ts'
import { ruleVariables } from './variables.ts'

const found = { actual: 'Immediate', expected: undefined }

describe('compileTemplate', () => {
  it.each([
    ['plain words', 'plain words'],
    ['{{field}} is {{actual}}; it must be {{expected}}', '{{field}} is "Immediate"; it must be not set'],
    ['{{object.name}} of {{ params.classes }}', 'gold of "a", "b"'],
    ['{{object.size + 1}} {{object}}', '4 {"name":"…","size":3}'],
    ['{{actual + "!"}}', 'Immediate!'],
    ['{{ not closed', '{{ not closed'],
    ['', ''],
  ])('%s', (source, expected) => {
    const context = { object: { name: 'gold', size: 3 }, params: { classes: ['a', 'b'] } }
    expect(compileTemplate(source, ruleVariables).render(context, found)).toBe(expected)
  })

  it('refuses an expression that does not compile', () => {
    expect(() => compileTemplate('{{object.}}', ruleVariables)).toThrow(/1:\d+/)
  })
})
