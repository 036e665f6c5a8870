import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkContext } from '../../test/support/check-context.ts'
import { isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import { runtimeSockets } from './runtime-sockets.ts'

const context = checkContext()

function podWith(...paths: readonly JsonValue[]): JsonObject {
  return {
    spec: { volumes: [{ name: 'logs', emptyDir: {} }, ...paths.map((path) => ({ name: 'h', hostPath: { path } }))] },
  }
}

function problems(pod: JsonObject, sockets: readonly JsonValue[] = []): readonly string[] {
  return runtimeSockets.evaluate({ sockets }, pod, context).map(({ path, problem }) => `${path} ${problem}`)
}

const says = 'with it a container takes over the node'

describe('runtimeSockets', () => {
  it('names the runtime, the field, and what to do', () => {
    expect(runtimeSockets.evaluate({}, podWith('/var/run/docker.sock'), context)).toEqual([
      {
        path: '/spec/volumes/1/hostPath/path',
        problem: `{{field}} is "/var/run/docker.sock", the socket of Docker; ${says}`,
        actual: '/var/run/docker.sock',
        remedy:
          'remove the volume (mounting it read-only does not help); build images without a daemon (BuildKit rootless, Buildah) and ask the Kubernetes API about containers',
      },
    ])
  })

  it('of a directory, leaves what else is in it', () => {
    expect(runtimeSockets.evaluate({}, podWith('/var/run'), context).map(({ remedy }) => remedy)).toEqual([
      'mount only the file or directory in it that is needed (mounting it read-only does not help)',
    ])
  })

  it.each([
    ['/run/containerd', 'which contains the socket of containerd'],
    ['/run/user/1000', 'which contains the socket of Docker (rootless) or Podman (rootless)'],
    ['/var/run/', 'which contains the socket of Docker, Docker (rootless), containerd (of Docker), +8 more'],
  ])('%s: %s', (path, what) => {
    expect(problems(podWith(path))).toEqual([
      `/spec/volumes/1/hostPath/path {{field}} is ${JSON.stringify(path)}, ${what}; ${says}`,
    ])
  })

  it('finds every volume that leads to one, and no other', () => {
    const pod = podWith('/var/log', '/run/crio/crio.sock', '/run/udev', '/')
    expect(runtimeSockets.evaluate({}, pod, context).map(({ path }) => path)).toEqual([
      '/spec/volumes/2/hostPath/path',
      '/spec/volumes/4/hostPath/path',
    ])
  })

  it('takes further sockets', () => {
    const found = (path: string): readonly string[] => problems(podWith(path), ['/run/lab/*/runtime.sock', '', 1, null])
    const what = 'the socket of the runtime at "/run/lab/*/runtime.sock"'
    expect(found('/var/run/lab/a/runtime.sock')).toEqual([
      `/spec/volumes/1/hostPath/path {{field}} is "/var/run/lab/a/runtime.sock", ${what}; ${says}`,
    ])
    expect(found('/run/lab/a')).toHaveLength(1)
    expect(found('/run/lab/a/b/runtime.sock')).toEqual([])
    expect(found('/srv')).toEqual([])
  })

  it('names a known socket once that is given again', () => {
    expect(problems(podWith('/run/docker.sock'), ['/var/run/docker.sock'])).toEqual([
      `/spec/volumes/1/hostPath/path {{field}} is "/run/docker.sock", the socket of Docker; ${says}`,
    ])
  })

  it.each<[string, JsonValue]>([
    ['no hostPath', { emptyDir: {} }],
    ['an explicit null', { hostPath: null }],
    ['no path', { hostPath: {} }],
    ['a number', { hostPath: { path: 1 } }],
    ['the path in another source', { configMap: { path: '/run/docker.sock' } }],
  ])('has nothing to say about %s', (_, volume) => {
    expect(problems({ spec: { volumes: [volume] } })).toEqual([])
  })

  it('finds a place in the pod or nothing, whatever the volumes hold', () => {
    const path = fc.oneof(fc.constantFrom('/run', '/', '', '/run/docker.sock', '..'), fc.string(), fc.jsonValue())
    const hostPath = fc.oneof(fc.record({ path }), fc.jsonValue())
    const volumes = fc.oneof(fc.array(fc.oneof(fc.record({ hostPath }), fc.jsonValue())), fc.jsonValue())
    fc.assert(
      fc.property(volumes, fc.oneof(fc.array(path), fc.jsonValue()), (found, sockets) => {
        const [pod, parameters]: readonly unknown[] = JSON.parse(
          JSON.stringify([{ spec: { volumes: found } }, { sockets }]),
        )
        if (!isObject(pod) || !isObject(parameters)) return
        for (const finding of runtimeSockets.evaluate(parameters, pod, context)) {
          expect(finding.path).toMatch(/^\/spec\/volumes\/\d+\/hostPath\/path$/)
          expect(finding.problem).toMatch(/^\{\{field\}\} [^\n]+$/)
        }
      }),
    )
  })
})
