import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkContext } from '../../test/support/check-context.ts'
import { isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import { hostPaths } from './host-paths.ts'

const context = checkContext()
const at = '/spec/volumes/0/hostPath/path'
const logs = { pathPrefix: '/var/log', readOnly: true }

function podWith(path: JsonValue, more: JsonObject = {}): JsonObject {
  return { metadata: { name: 'web' }, spec: { volumes: [{ name: 'host', hostPath: { path } }], ...more } }
}

function problems(pod: JsonObject, allowed: readonly JsonValue[] = []): readonly string[] {
  return hostPaths.evaluate({ allowed }, pod, context).map(({ path, problem }) => `${path} ${problem}`)
}

describe('hostPaths', () => {
  it('allows nothing by default, and says what to do', () => {
    expect(hostPaths.evaluate({}, podWith('/var/run/docker.sock'), context)).toEqual([
      {
        path: at,
        problem: '{{field}} is "/var/run/docker.sock"; hostPath volumes are not allowed',
        actual: '/var/run/docker.sock',
        remedy:
          'use a PersistentVolumeClaim, emptyDir, configMap or a CSI volume instead of hostPath, or ask the platform team for an exception',
      },
    ])
  })

  it('names what is allowed', () => {
    expect(hostPaths.evaluate({ allowed: [logs, { pathPrefix: '/srv/' }] }, podWith('/etc'), context)).toMatchObject([
      {
        path: at,
        problem: '{{field}} is "/etc"; allowed are "/var/log" (read-only), "/srv"',
        expected: ['/var/log', '/srv'],
      },
    ])
  })

  it.each([
    ['/foo', '/foo', 0],
    ['/foo/bar', '/foo', 0],
    ['/foo/', '/foo', 0],
    ['//foo//bar', '/foo/', 0],
    ['/fool', '/foo', 1],
    ['/', '/foo', 1],
    ['/foo/../etc', '/foo', 1],
    ['/var/log/../run', '/var/log', 1],
    ['/anything', '/', 0],
    ['/', '/', 0],
  ])('%j with %j allowed: %i findings', (path, pathPrefix, count) => {
    expect(problems(podWith(path), [{ pathPrefix }])).toHaveLength(count)
  })

  it.each<[string, JsonValue, string]>([
    ['no path', {}, `${at} {{field}} is missing; hostPath volumes are not allowed`],
    ['a number', { path: 1 }, `${at} {{field}} is not a path; hostPath volumes are not allowed`],
    ['an empty path', { path: '' }, `${at} {{field}} is not a path; hostPath volumes are not allowed`],
    ['a text', '/etc', '/spec/volumes/0/hostPath {{field}} is not a path; hostPath volumes are not allowed'],
    ['a list', ['/etc'], '/spec/volumes/0/hostPath {{field}} is not a path; hostPath volumes are not allowed'],
  ])('does not pass a malformed volume: %s', (_, hostPath, expected) => {
    expect(problems({ spec: { volumes: [{ name: 'host', hostPath }] } })).toEqual([expected])
  })

  it.each([
    ['an explicit null', { spec: { volumes: [{ name: 'a', hostPath: null, emptyDir: {} }] } }],
    ['other sources', { spec: { volumes: [{ name: 'a', projected: { sources: [{ secret: {} }] } }] } }],
    ['no volumes', { spec: {} }],
  ])('has nothing to say about %s', (_, pod) => {
    expect(problems(pod)).toEqual([])
  })

  it('does not take an allowed entry without a prefix for "/"', () => {
    expect(problems(podWith('/etc'), [{ pathPrefix: '' }, {}, 'x', null])).toEqual([
      `${at} {{field}} is "/etc"; hostPath volumes are not allowed`,
    ])
  })

  it('wants read-only mounts in every kind of container', () => {
    const mounts = (...readOnly: readonly JsonValue[]): JsonObject => ({
      volumeMounts: readOnly.map((value) => ({ name: 'host', readOnly: value })),
    })
    const pod = podWith('/var/log/pods', {
      containers: [{ volumeMounts: [{ name: 'other' }, { name: 'host' }] }, mounts(true)],
      initContainers: [mounts(false)],
      ephemeralContainers: [mounts(true, 'true')],
    })
    const says = '{{field}} is not true; "/var/log/pods" may be mounted read-only'
    expect(problems(pod, [logs])).toEqual([
      `/spec/initContainers/0/volumeMounts/0/readOnly ${says}`,
      `/spec/containers/0/volumeMounts/1/readOnly ${says}`,
      `/spec/ephemeralContainers/0/volumeMounts/1/readOnly ${says}`,
    ])
    expect(hostPaths.evaluate({ allowed: [logs] }, pod, context)[0]).toMatchObject({
      actual: false,
      expected: true,
      remedy: 'set readOnly: true on the mount',
    })
  })

  it.each([
    ['a wider prefix that may be written', [logs, { pathPrefix: '/var' }], 0],
    ['a narrower prefix that may be written', [logs, { pathPrefix: '/var/log/app' }], 0],
    ['a prefix beside it', [logs, { pathPrefix: '/srv' }], 1],
    ['two that are read-only', [logs, { pathPrefix: '/var', readOnly: true }], 1],
    ['readOnly as a text is not read-only', [{ pathPrefix: '/var/log', readOnly: 'true' }], 0],
  ])('lets the most permissive prefix count: %s', (_, allowed, count) => {
    const pod = podWith('/var/log/app', { containers: [{ volumeMounts: [{ name: 'host' }] }] })
    expect(problems(pod, allowed)).toHaveLength(count)
  })

  it('keeps a path with a line break on one line', () => {
    expect(problems(podWith('/a\nb'))).toEqual([`${at} {{field}} is "/a\\nb"; hostPath volumes are not allowed`])
  })

  it('never throws on malformed pods and parameters', () => {
    const keys = fc.constantFrom('spec', 'volumes', 'hostPath', 'path', 'allowed', 'pathPrefix', 'name', 'containers')
    fc.assert(
      fc.property(fc.object({ key: keys }), fc.object({ key: keys }), (left, right) => {
        const [pod, parameters]: readonly unknown[] = JSON.parse(JSON.stringify([left, right]))
        if (!isObject(pod) || !isObject(parameters)) return
        for (const finding of hostPaths.evaluate(parameters, pod, context)) {
          expect(finding.problem).toMatch(/^\{\{field\}\} [^\n]+$/)
          expect(finding.path).toMatch(/^\/spec\//)
        }
      }),
    )
  })
})
