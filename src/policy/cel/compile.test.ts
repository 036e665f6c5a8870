import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileExpression } from './compile.ts'
import { CelError } from './error.ts'

function evaluate(source: string, object: unknown = {}): unknown {
  return compileExpression(source, { variables: ['object'] }).evaluate({ object })
}

function messageOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof CelError) return error.message
    throw error
  }
  return 'no error'
}

describe('compileExpression refuses', () => {
  test.each([
    ['', 'the expression is empty'],
    ['1 +', '1:4: Unexpected token: EOF'],
    ['object.spec\n  && other', "2:6: undeclared variable 'other'"],
    [
      '[?object.?spec]',
      '1:2: a list element or map entry cannot be optional here ([?x], {?key: x}): use a conditional expression',
    ],
    ['object.spec.nosuch(1)', "1:1: unknown function 'nosuch'"],
    ['nosuch(1)', "1:1: unknown function 'nosuch'"],
    ["1 + 'a'", '1:1: no such overload: int + string'],
    ["'a'.substring('b')", '1:1: no such overload: substring(string, string)'],
    ["[1, 'a']", "1:5: list elements must be of one type, not 'int' and 'string'"],
    ["{'a': 1, 'b': 'c'}", "1:15: map values must be of one type, not 'int' and 'string'"],
    ["object.name.matches('a(')", '1:21: invalid regular expression: error parsing regexp: missing closing ): `a(`'],
    ['[1, 2].all(x, x)', "1:15: the predicate of all() must be bool, not 'int'"],
    ['has(object)', '1:1: has() takes one field selection, as in has(object.spec)'],
    ["'a'.size", "1:5: type 'string' has no fields or elements"],
    [`${'('.repeat(200)}1${')'.repeat(200)}`, '1:101: Exceeded maxDepth (100)'],
    [Array.from({ length: 400 }, () => '1').join(' + '), '1:1: the expression is nested more than 250 levels deep'],
    [`'${'a'.repeat(16_384)}'`, 'the expression is over 16384 characters'],
  ])('%s', (source, message) => {
    expect(messageOf(() => compileExpression(source, { variables: ['object'] }))).toBe(message)
  })

  test('a condition that is no bool', () => {
    const compile = (source: string) => () => compileExpression(source, { variables: ['object'], result: 'bool' })
    expect(messageOf(compile('1 + 1'))).toBe("1:1: the expression must be bool, but is 'int'")
    expect(messageOf(compile('object.paused'))).toBe('no error')
  })
})

describe('evaluate gives plain JSON', () => {
  test.each([
    ['1 + 1', 2],
    ['1.0', 1],
    ['3u', 3],
    ['[1, 2].map(x, x * 2)', [2, 4]],
    ["{'a': 1, 'b': 2}", { a: 1, b: 2 }],
    ["{1: {'x': optional.of(1)}}", { 1: { x: 1 } }],
    ['object.?missing', null],
    ['object.?replicas', 3],
    ['type(object.replicas)', 'int'],
    ['object', { replicas: 3 }],
    ['object.transformMap(k, v, k + string(v))', { replicas: 'replicas3' }],
  ])('%s', (source, expected) => {
    expect(evaluate(source, { replicas: 3 })).toStrictEqual(expected)
  })

  test('what JSON cannot say is an error', () => {
    expect(messageOf(() => evaluate("quantity('1')"))).toBe(
      'a value of type kubernetes.Quantity cannot be written as JSON',
    )
    expect(messageOf(() => evaluate('0.0 / 0.0'))).toBe('a double that is not finite cannot be written as JSON')
  })

  test('keys of the prototype are no keys', () => {
    expect(evaluate('has(object.constructor)')).toBe(false)
    expect(evaluate("'toString' in object")).toBe(false)
    expect(messageOf(() => evaluate('object.__proto__'))).toBe('no such key: __proto__')
    expect(evaluate("{'__proto__': 1}['__proto__']")).toBe(1)
  })
})

describe('evaluation errors', () => {
  test.each([
    ['object.missing', 'no such key: missing'],
    ['object.replicas.deeper', 'no such overload: a value of type int has no fields'],
    ["object.replicas + 'a'", 'no such overload: +(int, string)'],
    ['[1][object.replicas]', 'index out of bounds'],
    ['object.replicas / 0', 'division by zero'],
  ])('%s', (source, message) => {
    expect(messageOf(() => evaluate(source, { replicas: 3 }))).toBe(message)
  })

  test('evaluateBoolean wants a bool', () => {
    const compiled = compileExpression('object.replicas', { variables: ['object'], result: 'bool' })
    expect(messageOf(() => compiled.evaluateBoolean({ object: { replicas: 3 } }))).toBe(
      'the expression did not come to a bool',
    )
    expect(messageOf(() => compiled.evaluateBoolean({}))).toBe('the variable object has no value')
  })
})

describe("Holdfast's functions", () => {
  test.each([
    ["object.labels.matchesSelector({'matchLabels': {'app': 'db'}})", true],
    ["object.labels.matchesSelector([{'matchLabels': {'app': 'web'}}, {'matchLabels': {'app': 'db'}}])", true],
    ["object.labels.matchesSelector([{'matchLabels': {'app': 'web'}}])", false],
    ['object.labels.matchesSelector([])', false],
    ['object.labels.matchesSelector({})', true],
    ['object.labels.matchesSelector(null)', false],
    ["object.absent.matchesSelector({'matchExpressions': [{'key': 'a', 'operator': 'DoesNotExist'}]})", true],
    ['object.labels.matchesSelector(object.selectors)', true],
    ["'prod-eu'.glob('prod-*')", true],
    ["object.name.glob('prod-*')", false],
  ])('%s', (source, expected) => {
    const object = { name: 'test', labels: { app: 'db' }, absent: null, selectors: [{ matchLabels: { app: 'db' } }] }
    expect(evaluate(source, object)).toBe(expected)
  })
})

const fragments: readonly string[] = [
  'object',
  '.spec',
  '.?a',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ':',
  ',',
  '1',
  '2u',
  '1.5',
  "'a'",
  "r'\\'",
  'b"x"',
  '+',
  '-',
  '*',
  '/',
  '%',
  '==',
  '<',
  ' in ',
  '&&',
  '||',
  '!',
  '?',
  '.all(x, ',
  '.map(x, x)',
  'has(',
  '"',
  "'''",
  'size(',
  '.or(',
  '.optMap(v, v)',
  'optional.of(',
  '.transformMap(k, v, v)',
  '\n',
  '\\u00e9',
  '[?',
  '__proto__',
]

describe('nothing runs on', () => {
  const large = { items: Array.from({ length: 2000 }, (_, index) => index), text: 'a'.repeat(30_000) }
  const tooCostly = 'evaluation is too costly: the expression does too much work'
  test.each([
    ['object.items.all(a, object.items.all(b, object.items.all(c, true)))', tooCostly],
    ['object.items.exists(a, object.items.exists(b, object.items.exists(c, false))) || true', tooCostly],
    ["object.items.map(a, object.text.replace('a', object.text))", tooCostly],
    ['object.items.map(a, object.items + object.items)', tooCostly],
    ["object.items.map(a, object.text.matches('(a+)+b'))", tooCostly],
    ['lists.range(100000000)', tooCostly],
    ['object.items.all(a, object == object)', tooCostly],
  ])('%s', (source, message) => {
    const started = performance.now()
    expect(messageOf(() => evaluate(source, large))).toBe(message)
    expect(performance.now() - started).toBeLessThan(3000)
  })

  test('a pattern that makes a backtracking engine hang', () => {
    const started = performance.now()
    expect(evaluate("object.text.matches('^(a+)+$')", { text: `${'a'.repeat(20_000)}!` })).toBe(false)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  test('data nested very deep', () => {
    let object: unknown = {}
    for (let depth = 0; depth < 100_000; depth += 1) object = { a: object }
    expect(messageOf(() => evaluate('object == object', object))).toBe(
      'evaluation failed: Maximum call stack size exceeded',
    )
  })

  test('any text compiles, or is refused with a one-line CelError', () => {
    const source = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...fragments), { maxLength: 20 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(source, fc.jsonValue(), (text, object) => {
        expect(messageOf(() => evaluate(text, object))).not.toContain('\n')
      }),
      { numRuns: 3000 },
    )
  })
})
