import { describe, expect, it } from 'vitest'
import { fieldPath, formatPointer, parsePointer, resolve } from './pointer.ts'

describe('JSON pointers', () => {
  it.each([
    [['spec', 'volumes', 0, 'hostPath'], '/spec/volumes/0/hostPath', 'spec.volumes[0].hostPath'],
    [['metadata', 'annotations', 'a.b/c~d'], '/metadata/annotations/a.b~1c~0d', 'metadata.annotations["a.b/c~d"]'],
    [['data', ''], '/data/', 'data[""]'],
    [[], '', 'the object'],
  ])('%j', (steps, pointer, field) => {
    expect(formatPointer(...steps)).toBe(pointer)
    expect(parsePointer(pointer)).toEqual(steps.map(String))
    expect(fieldPath(pointer)).toBe(field)
  })

  it('refuses what is none', () => {
    expect(() => parsePointer('spec')).toThrow(RangeError)
  })

  it.each([
    ['/a/1', 'y'],
    ['/a/01', undefined],
    ['/a/-1', undefined],
    ['/a/length', undefined],
    ['/constructor', undefined],
    ['', { a: ['x', 'y'] }],
  ])('resolves %s', (pointer, expected) => {
    expect(resolve({ a: ['x', 'y'] }, pointer)).toEqual(expected)
  })
})
