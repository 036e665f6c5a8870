import { describe, expect, it } from 'vitest'
import { Lazy } from './lazy.ts'

describe('Lazy', () => {
  it('works a value out once, when it is first read', () => {
    const asked: unknown[] = []
    const lazy = new Lazy((name) => {
      asked.push(name)
      return name === 'a' ? 1 : undefined
    })
    expect(asked).toEqual([])
    expect([lazy.get('a'), lazy.get('a'), lazy.get('b'), lazy.get('b')]).toEqual([1, 1, undefined, undefined])
    expect(asked).toEqual(['a', 'b'])
  })

  it('has no value of what is being worked out', () => {
    const lazy: Lazy<unknown> = new Lazy((name) => (name === 'a' ? lazy.get('b') : lazy.get('a')))
    expect(lazy.get('a')).toBeUndefined()
  })

  it('fails again where it failed', () => {
    const lazy = new Lazy(() => {
      throw new RangeError('no')
    })
    expect(() => lazy.get('a')).toThrow('no')
    expect(() => lazy.get('a')).toThrow('no')
  })
})
