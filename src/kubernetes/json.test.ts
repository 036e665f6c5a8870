import { describe, expect, it } from 'vitest'
import { at, deepEqual, type JsonValue, member } from './json.ts'

const nested = (levels: number): JsonValue => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)

describe('member and at', () => {
  it.each<[JsonValue | undefined, string, JsonValue | undefined]>([
    [{ a: 1 }, 'a', 1],
    [{ a: 1 }, 'constructor', undefined],
    [JSON.parse('{"__proto__": 2}'), '__proto__', 2],
    [{}, '__proto__', undefined],
    [['x'], '0', undefined],
    ['text', 'length', undefined],
    [undefined, 'a', undefined],
  ])('of %j, %s', (value, key, expected) => {
    expect(member(value, key)).toBe(expected)
    expect(at({ outer: value ?? null }, 'outer', key)).toBe(expected)
  })
})

describe('deepEqual', () => {
  it.each<[JsonValue | undefined, JsonValue | undefined, boolean]>([
    [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1 }, { b: 1 }, false],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [null, undefined, false],
    [undefined, undefined, true],
    [{ constructor: 1 }, {}, false],
    [nested(900), nested(900), true],
    // Not an overflow of the stack, which would end in an answer of 500.
    [nested(30_000), nested(30_000), false],
  ])('row %#', (left, right, expected) => {
    expect(deepEqual(left, right)).toBe(expected)
  })
})
