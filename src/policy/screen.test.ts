import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../kubernetes/json.ts'
import { formatPointer, parsePointer, visitMatches } from '../kubernetes/pointer.ts'
import { PatternNumbers, Screen } from './screen.ts'

function matchedBy(patterns: readonly string[], object: JsonValue): readonly string[] {
  const numbers = new PatternNumbers()
  const numbered = patterns.map((pattern) => ({ number: numbers.of(pattern), steps: parsePointer(pattern) }))
  const matched = new Screen(numbered, numbers.count).matches(object)
  return patterns.filter((pattern) => matched[numbers.of(pattern)] === 1)
}

describe('Screen', () => {
  it.each<[string, JsonValue, boolean]>([
    ['/spec/volumes/*/hostPath', { spec: { volumes: [{ emptyDir: {} }, { hostPath: null }] } }, true],
    ['/spec/volumes/*/hostPath', { spec: { volumes: [{ emptyDir: {} }] } }, false],
    ['/spec/volumes/*/hostPath', { spec: { volumes: 'x' } }, false],
    ['/data/*', { data: {} }, false],
    ['/data/*', { data: { a: 1 } }, true],
    ['/data/a~1b', { data: { 'a/b': 1 } }, true],
    ['/list/1', { list: [0, 1] }, true],
    ['/constructor', {}, false],
    ['', {}, true],
  ])('%s in %j: %s', (pattern, object, wanted) => {
    expect(matchedBy([pattern, '/other'], object)).toEqual(wanted ? [pattern] : [])
  })

  it('says what visiting each pointer says', () => {
    const step = fc.constantFrom('a', 'b', '*', '0', 'a/b')
    const pattern = fc.array(step, { maxLength: 4 }).map((steps) => formatPointer(...steps))
    const key = fc.constantFrom('a', 'b', 'a/b', 'c')
    const object = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constant<JsonValue>(1),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 3 }),
      ),
    })).value
    fc.assert(
      fc.property(fc.uniqueArray(pattern, { maxLength: 6 }), object, (patterns, value) => {
        const visited = patterns.filter((one) => {
          let found = false
          visitMatches(value, parsePointer(one), () => (found = true))
          return found
        })
        expect(matchedBy(patterns, value)).toEqual(visited)
      }),
      { numRuns: 500 },
    )
  })
})
