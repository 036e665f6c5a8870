import { assert, constantFrom, dictionary, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPatch } from '../admission/apply-patch.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { formatPointer, resolve } from '../kubernetes/pointer.ts'
import { patchFor, type Repair } from './repair.ts'

describe('patchFor', () => {
  it.each<[string, JsonObject, Repair, unknown]>([
    ['what is there already', { a: [1] }, { set: '/a', value: [1] }, []],
    ['a new member', {}, { set: '/a', value: 1 }, [{ op: 'add', path: '/a', value: 1 }]],
    ['another value', { a: 0 }, { set: '/a', value: 1 }, [{ op: 'add', path: '/a', value: 1 }]],
    ['missing parents', {}, { set: '/a/b/c', value: 1 }, [{ op: 'add', path: '/a', value: { b: { c: 1 } } }]],
    ['a null parent', { a: null }, { set: '/a/b', value: 1 }, [{ op: 'add', path: '/a', value: { b: 1 } }]],
    ['an escaped key', {}, { set: '/a~1b~0', value: 1 }, [{ op: 'add', path: '/a~1b~0', value: 1 }]],
    ['an item of a list', { a: [1, 2] }, { set: '/a/1', value: 3 }, [{ op: 'replace', path: '/a/1', value: 3 }]],
    ['inside an item', { a: [{}] }, { set: '/a/0/b', value: 3 }, [{ op: 'add', path: '/a/0/b', value: 3 }]],
    ['past the end of a list', { a: [] }, { set: '/a/0', value: 3 }, undefined],
    ['inside a text', { a: 'x' }, { set: '/a/b', value: 3 }, undefined],
    ['the whole object', { a: 1 }, { set: '', value: {} }, undefined],
    ['removing what is there', { a: 1 }, { remove: '/a' }, [{ op: 'remove', path: '/a' }]],
    ['removing what is not', {}, { remove: '/a' }, []],
  ])('%s', (_name, object, repair, expected) => {
    expect(patchFor(object, repair)).toEqual(expected)
  })

  it('brings any object to where it should be, and then has nothing to do', () => {
    const key = constantFrom('a', 'b/c', '~', '__proto__', 'constructor')
    assert(
      property(dictionary(key, dictionary(key, integer())), key, key, integer(), (given, outer, inner, value) => {
        // JSON has plain objects; fast-check's have no prototype.
        const object: JsonObject = JSON.parse(JSON.stringify(given))
        const repair = { set: formatPointer(outer, inner), value }
        const patched = applyPatch(object, patchFor(object, repair) ?? [])
        expect(resolve(patched, repair.set)).toBe(value)
        expect(patchFor(JSON.parse(JSON.stringify(patched)), repair)).toEqual([])
      }),
    )
  })
})
