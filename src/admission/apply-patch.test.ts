import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../kubernetes/json.ts'
import { formatPointer } from '../kubernetes/pointer.ts'
import { applyPatch, PatchError } from './apply-patch.ts'
import type { PatchOperation } from './json-patch.ts'

describe('applyPatch', () => {
  test.each<[string, JsonValue, PatchOperation[], JsonValue]>([
    ['A.1', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { baz: 'qux', foo: 'bar' }],
    ['A.2', { foo: ['bar', 'baz'] }, [{ op: 'add', path: '/foo/1', value: 'qux' }], { foo: ['bar', 'qux', 'baz'] }],
    ['A.3', { baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
    ['A.4', { foo: ['bar', 'qux', 'baz'] }, [{ op: 'remove', path: '/foo/1' }], { foo: ['bar', 'baz'] }],
    ['A.5', { baz: 'qux' }, [{ op: 'replace', path: '/baz', value: 'boo' }], { baz: 'boo' }],
    [
      'A.10',
      { foo: 'bar' },
      [{ op: 'add', path: '/child', value: { grandchild: {} } }],
      { foo: 'bar', child: { grandchild: {} } },
    ],
    ['A.14', { '/': 9, '~1': 10 }, [{ op: 'replace', path: '/~01', value: 11 }], { '/': 9, '~1': 11 }],
    ['A.16', { foo: ['bar'] }, [{ op: 'add', path: '/foo/-', value: ['abc'] }], { foo: ['bar', ['abc']] }],
    ['add at the end by index', [1], [{ op: 'add', path: '/1', value: 2 }], [1, 2]],
    ['add replaces a member', { a: 1 }, [{ op: 'add', path: '/a', value: null }], { a: null }],
    ['the whole document', { a: 1 }, [{ op: 'replace', path: '', value: [2] }], [2]],
    ['an empty key', { '': 1 }, [{ op: 'replace', path: '/', value: 2 }], { '': 2 }],
    ['deep in arrays', [[1, 2], [3]], [{ op: 'replace', path: '/0/1', value: 9 }], [[1, 9], [3]]],
    [
      'in order',
      {},
      [
        { op: 'add', path: '/a', value: {} },
        { op: 'add', path: '/a/b', value: 1 },
        { op: 'remove', path: '/a/b' },
      ],
      { a: {} },
    ],
  ])('%s', (_name, value, patch, expected) => expect(applyPatch(value, patch)).toEqual(expected))

  test.each<[string, JsonValue, PatchOperation, string]>([
    [
      'A.12: the parent is absent',
      { foo: 'bar' },
      { op: 'add', path: '/baz/bat', value: 1 },
      'operation 1 (add "/baz/bat"): step 1 is no key of the object',
    ],
    [
      'an absent member',
      {},
      { op: 'replace', path: '/constructor', value: 1 },
      'operation 1 (replace "/constructor"): step 1 is no key of the object',
    ],
    [
      'behind the end',
      [1],
      { op: 'add', path: '/2', value: 1 },
      'operation 1 (add "/2"): step 1 is no index into the 1 items there',
    ],
    [
      'a leading zero',
      [1, 2],
      { op: 'remove', path: '/01' },
      'operation 1 (remove "/01"): step 1 is no index into the 2 items there',
    ],
    [
      'the end cannot be removed',
      [1],
      { op: 'remove', path: '/-' },
      'operation 1 (remove "/-"): step 1 is no index into the 1 items there',
    ],
    [
      'into a string',
      { a: 'x' },
      { op: 'add', path: '/a/length', value: 1 },
      'operation 1 (add "/a/length"): step 2 leads into a value that has no members',
    ],
    ['no pointer', {}, { op: 'remove', path: 'a' }, 'operation 1 (remove "a"): the path is no JSON pointer'],
    [
      'the whole document',
      {},
      { op: 'remove', path: '' },
      'operation 1 (remove ""): the whole document cannot be removed',
    ],
  ])('refuses: %s', (_name, value, operation, message) => {
    const patch: PatchOperation[] = [{ op: 'replace', path: '', value }, operation]
    expect(() => applyPatch(null, patch)).toThrow(new PatchError(1, operation, message.split('): ')[1] ?? ''))
    expect(() => applyPatch(null, patch)).toThrow(message)
  })

  test('a key __proto__ is only ever a key', () => {
    const added = applyPatch({ a: 1 }, [{ op: 'add', path: '/__proto__', value: { polluted: true } }])
    expect(JSON.stringify(added)).toBe('{"a":1,"__proto__":{"polluted":true}}')
    expect(Object.getPrototypeOf(added)).toBe(Object.prototype)
    const changed = applyPatch(added, [{ op: 'add', path: '/__proto__/polluted', value: 2 }])
    expect(JSON.stringify(changed)).toBe('{"a":1,"__proto__":{"polluted":2}}')
    expect(applyPatch(changed, [{ op: 'remove', path: '/__proto__' }])).toEqual({ a: 1 })
    expect(() => applyPatch({}, [{ op: 'add', path: '/__proto__/polluted', value: 1 }])).toThrow(PatchError)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  test('shares what it does not touch', () => {
    const value = { a: { b: 1 }, c: { d: 2 } }
    const result = applyPatch(value, [{ op: 'replace', path: '/a/b', value: 3 }])
    expect(result).toEqual({ a: { b: 3 }, c: { d: 2 } })
    expect(Reflect.get(Object(result), 'c')).toBe(value.c)
  })

  test('never changes its input, and remove takes back what add did', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (object, key) => {
        const value: JsonValue = JSON.parse(JSON.stringify(object))
        fc.pre(!Object.hasOwn(object, key))
        const before = JSON.stringify(value)
        const path = formatPointer(key)
        const added = applyPatch(value, [{ op: 'add', path, value: 1 }])
        expect(JSON.stringify(applyPatch(added, [{ op: 'remove', path }]))).toBe(before)
        expect(JSON.stringify(value)).toBe(before)
      }),
    )
  })
})
