import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUnder, normalizeHostPath } from './host-path.ts'

describe('normalizeHostPath', () => {
  it.each([
    ['/', '/'],
    ['', '/'],
    ['/var/log', '/var/log'],
    ['/var/log/', '/var/log'],
    ['//var///log', '/var/log'],
    ['/var/./log/.', '/var/log'],
    ['/var/log/../run', '/var/run'],
    ['/../../etc', '/etc'],
    ['/var/..', '/'],
    ['var/log', '/var/log'],
    ['../etc', '/etc'],
    ['/var/...', '/var/...'],
    ['/var/..log', '/var/..log'],
  ])('%j is %j', (path, expected) => {
    expect(normalizeHostPath(path)).toBe(expected)
  })

  const paths = fc.array(fc.constantFrom('/', '.', '..', 'a', 'var', 'log', '//')).map((parts) => parts.join(''))

  it('always gives an absolute path without empty, "." and ".." segments, and the same again', () => {
    fc.assert(
      fc.property(fc.oneof(paths, fc.string()), (path) => {
        const normal = normalizeHostPath(path)
        expect(normal.startsWith('/')).toBe(true)
        const segments = normal === '/' ? [] : normal.slice(1).split('/')
        expect(segments.filter((segment) => segment === '' || segment === '.' || segment === '..')).toEqual([])
        expect(normalizeHostPath(normal)).toBe(normal)
      }),
    )
  })
})

describe('isUnder', () => {
  it.each([
    ['/var/log', '/var/log', true],
    ['/var/log/pods', '/var/log', true],
    ['/var/log/pods', '/var/log/', true],
    ['/fool', '/foo', false],
    ['/foo', '/fool', false],
    ['/foo/', '/foo', true],
    ['/foo', '/foo/bar', false],
    ['/var/log/../run', '/var/log', false],
    ['/var/log/../log/x', '/var/log', true],
    ['/etc', '/', true],
    ['/', '/', true],
    ['/', '/etc', false],
    ['var/log', '/var/log', true],
    ['/VAR/log', '/var/log', false],
  ])('%j under %j: %s', (path, prefix, expected) => {
    expect(isUnder(path, prefix)).toBe(expected)
  })

  it('holds for what is appended without climbing, and never for a sibling', () => {
    const name = fc.stringMatching(/^[a-z]{1,6}$/)
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), name, (segments, extra) => {
        const prefix = `/${segments.join('/')}`
        expect(isUnder(`${prefix}/${extra}`, prefix)).toBe(true)
        expect(isUnder(`${prefix}${extra}`, prefix)).toBe(false)
        expect(isUnder(`${prefix}/../${extra}x`, `${prefix}/y`)).toBe(false)
      }),
    )
  })
})
