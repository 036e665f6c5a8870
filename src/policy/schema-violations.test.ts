import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../kubernetes/json.ts'
import { compileSchema } from './schema.ts'
import { schemaViolations } from './schema-violations.ts'

describe('schemaViolations of propertyNames', () => {
  const names: readonly (readonly [string, JsonObject])[] = [
    ['a list of names', { propertyNames: { enum: ['name', 'emptyDir'] } }],
    ['a choice of lists', { propertyNames: { anyOf: [{ const: 'name' }, { enum: ['emptyDir'] }] } }],
  ]

  it.each(names)('%s: each other name is one violation, at its own place', (_title, schema) => {
    const validate = compileSchema<JsonObject>(schema)
    const volume = { name: 'data', emptyDir: {}, nfs: { server: 'files' }, 'a/b': 1 }
    expect(validate(volume)).toBe(false)
    expect(schemaViolations(validate.errors ?? [], volume)).toEqual([
      { path: '/nfs', actual: { server: 'files' }, expected: undefined, problem: 'is a name that is not allowed here' },
      { path: '/a~1b', actual: 1, expected: undefined, problem: 'is a name that is not allowed here' },
    ])
  })

  it('leaves violations beside them as they are', () => {
    const validate = compileSchema<JsonObject>({ propertyNames: { enum: ['size'] }, required: ['size'] })
    const found = { other: true }
    expect(validate(found)).toBe(false)
    expect(schemaViolations(validate.errors ?? [], found).map(({ path }) => path)).toEqual(['/size', '/other'])
  })
})
