import { describe, expect, it } from 'vitest'
import { fill } from './pattern.ts'
import { isPutAside, Random } from './random.ts'

const filled = (pattern: string): string => fill(pattern, new Random('a seed'))

describe('a pattern', () => {
  it.each<[string, RegExp]>([
    ['{hex:40}', /^[0-9a-f]{40}$/],
    ['ghp_{alnum:36}', /^ghp_[A-Za-z0-9]{36}$/],
    ['{pick:on|off}', /^(?:on|off)$/],
    ['{int:7-9}', /^[789]$/],
    ['{uuid}', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
    ['postgres://app:{inurl}@{service}/x', /^postgres:\/\/app:[A-Za-z0-9.-]{5,}@[a-z.-]+\.svc\.cluster\.local\/x$/],
    ['$6${crypt:3}${crypt:5}', /^\$6\$[./\w]{3}\$[./\w]{5}$/],
  ])('%s', (pattern, expected) => {
    expect(filled(pattern)).toMatch(expected)
  })

  it.each(['{{ .Values.password }}', '${DB_PASSWORD}', '{ a: 1 }', '{unknown:3}', '{hex}', '{constructor}'])(
    'leaves %s as it is',
    (pattern) => {
      expect(filled(pattern)).toBe(pattern)
    },
  )

  it('is filled the same way from the same seed, and another way from another', () => {
    expect(filled('{hex:64}')).toBe(filled('{hex:64}'))
    expect(fill('{hex:64}', new Random('another'))).not.toBe(filled('{hex:64}'))
  })
})

describe('random choices', () => {
  const random = new Random('choices')

  it('take everything there is about as often', () => {
    const counts = Map.groupBy(
      Array.from({ length: 6000 }, () => random.pick(['a', 'b', 'c'])),
      (item) => item,
    )
    expect([...counts.keys()].sort()).toEqual(['a', 'b', 'c'])
    for (const items of counts.values()) expect(Math.abs(items.length - 2000)).toBeLessThan(200)
  })

  it('need something to choose from', () => {
    expect(() => random.pick([])).toThrow(RangeError)
  })

  it('put about one name in five aside', () => {
    const aside = Array.from({ length: 5000 }, (_, index) => `name ${index}`).filter((name) => isPutAside(name, 5))
    expect(Math.abs(aside.length - 1000)).toBeLessThan(150)
  })
})
