import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkContext } from '../../test/support/check-context.ts'
import { isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import { volumeHostPath } from './volume-host-path.ts'

const context = checkContext()
const remedy = 'use a CSI driver, or a local volume that names its node, instead of hostPath; or have its path allowed'

function volumeAt(path: JsonValue): JsonObject {
  return { kind: 'PersistentVolume', metadata: { name: 'data' }, spec: { hostPath: { path, type: '' } } }
}

function problems(volume: JsonObject, allowedPathPrefixes: readonly JsonValue[] = []): readonly string[] {
  return volumeHostPath
    .evaluate({ allowedPathPrefixes }, volume, context)
    .map(({ path, problem }) => `${path} ${problem}`)
}

describe('volumeHostPath', () => {
  it('allows nothing by default', () => {
    expect(volumeHostPath.evaluate({}, volumeAt('/mnt/data'), context)).toEqual([
      {
        path: '/spec/hostPath/path',
        problem: '{{field}} is "/mnt/data"; hostPath volumes are not allowed',
        actual: '/mnt/data',
        remedy,
      },
    ])
  })

  it('names what is allowed', () => {
    const parameters = { allowedPathPrefixes: ['/srv/volumes/', '/opt//local-path'] }
    expect(volumeHostPath.evaluate(parameters, volumeAt('/srv'), context)).toEqual([
      {
        path: '/spec/hostPath/path',
        problem: '{{field}} is "/srv"; allowed are "/srv/volumes", "/opt/local-path"',
        actual: '/srv',
        expected: ['/srv/volumes', '/opt/local-path'],
        remedy,
      },
    ])
  })

  it.each([
    ['/srv/volumes', '/srv/volumes', 0],
    ['/srv/volumes/a', '/srv/volumes', 0],
    ['//srv//volumes//a/', '/srv/volumes/', 0],
    ['/srv/volumes-old', '/srv/volumes', 1],
    ['/srv', '/srv/volumes', 1],
    ['/', '/srv/volumes', 1],
    ['/srv/volumes/../../etc', '/srv/volumes', 1],
    ['/etc', '/', 0],
  ])('%j with %j allowed: %i findings', (path, prefix, count) => {
    expect(problems(volumeAt(path), [prefix])).toHaveLength(count)
  })

  it('says where a path with ".." leads', () => {
    expect(problems(volumeAt('/srv/volumes/../../etc'), ['/srv/volumes'])).toEqual([
      '/spec/hostPath/path {{field}} is "/srv/volumes/../../etc" (that is "/etc"); allowed are "/srv/volumes"',
    ])
  })

  it.each<[string, JsonObject]>([
    ['a local volume', { local: { path: '/mnt/data' } }],
    ['an explicit null', { hostPath: null, csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1' } }],
    ['no source', {}],
  ])('has nothing to say about %s', (_, spec) => {
    expect(problems({ spec })).toEqual([])
  })

  it.each<[string, JsonValue, string]>([
    ['no path', {}, '/spec/hostPath/path {{field}} is missing; hostPath volumes are not allowed'],
    ['a number', { path: 1 }, '/spec/hostPath/path {{field}} is not a path; hostPath volumes are not allowed'],
    ['a text', '/etc', '/spec/hostPath {{field}} is not a path; hostPath volumes are not allowed'],
  ])('does not pass a malformed source: %s', (_, hostPath, expected) => {
    expect(problems({ spec: { hostPath } })).toEqual([expected])
  })

  it('does not take an empty prefix for "/"', () => {
    expect(problems(volumeAt('/etc'), ['', null, 1])).toEqual([
      '/spec/hostPath/path {{field}} is "/etc"; hostPath volumes are not allowed',
    ])
  })

  it('never throws on malformed volumes and parameters', () => {
    const keys = fc.constantFrom('spec', 'hostPath', 'path', 'allowedPathPrefixes')
    fc.assert(
      fc.property(fc.object({ key: keys }), fc.object({ key: keys }), (left, right) => {
        const [volume, parameters]: readonly unknown[] = JSON.parse(JSON.stringify([left, right]))
        if (!isObject(volume) || !isObject(parameters)) return
        for (const finding of volumeHostPath.evaluate(parameters, volume, context)) {
          expect(finding.problem).toMatch(/^\{\{field\}\} [^\n]+$/)
          expect(finding.path).toMatch(/^\/spec\/hostPath/)
        }
      }),
    )
  })
})
