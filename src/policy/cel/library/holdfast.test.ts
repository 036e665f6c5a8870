import { expect, it } from 'vitest'
import { compileExpression } from '../compile.ts'

const verdict = (expression: string, object: object): unknown =>
  compileExpression(expression, { variables: ['object'] }).evaluate({ object })

it.each<[string, unknown, boolean]>([
  ['postgres:16', 'postgres', true],
  ['registry.example.com:5000/bitnami/postgresql@sha256:' + 'a'.repeat(64), ['mysql', 'bitnami/postgresql'], true],
  ['postgres-exporter:1', ['postgres'], false],
  ['postgres', [], false],
  ['${IMAGE}', ['*'], false],
  ['postgres', [1, null, 'postgres'], true],
])('%s is matched by %j: %s', (image, patterns, wanted) => {
  expect(verdict('object.image.matchesImage(object.patterns)', { image, patterns })).toBe(wanted)
})

it('an image of any length costs no more than is allowed', () => {
  const object = { image: 'a/'.repeat(200_000), patterns: Array.from({ length: 1000 }, () => '*a*b*c*') }
  expect(() => verdict('object.image.matchesImage(object.patterns) || [1].all(x, true)', object)).not.toThrow(
    RangeError,
  )
})
