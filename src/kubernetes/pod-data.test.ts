import { describe, expect, it } from 'vitest'
import type { JsonObject } from './json.ts'
import { podData } from './pod-data.ts'
import { builtInWorkloads } from './workloads.ts'

const mount = (name: string, mountPath: string): JsonObject => ({ name, mountPath })
const claim: JsonObject = { name: 'data', persistentVolumeClaim: { claimName: 'data' } }

function found(spec: JsonObject, carrier: JsonObject = {}): readonly string[] {
  return podData({ spec }, carrier, builtInWorkloads).map(
    ({ place, path, mount: deepest }) => `${place.path} ${path} ${deepest?.source} ${deepest?.path}`,
  )
}

describe('podData', () => {
  it('finds containers, sidecars and ephemeral containers, but no init container that ends', () => {
    const image = { image: 'mongo' }
    const spec = {
      initContainers: [image, { ...image, restartPolicy: 'Always' }],
      containers: [{ image: 'nginx' }, image, {}],
      ephemeralContainers: [image],
    }
    expect(found(spec)).toEqual([
      '/spec/initContainers/1 /data/db undefined undefined',
      '/spec/containers/1 /data/db undefined undefined',
      '/spec/ephemeralContainers/0 /data/db undefined undefined',
    ])
  })

  it.each<[string, readonly JsonObject[], string]>([
    ['the very path', [mount('data', '/data/db')], '/data/db persistentVolumeClaim /spec/containers/0/volumeMounts/0'],
    [
      'a slash at the end',
      [mount('data', '/data/db/')],
      '/data/db persistentVolumeClaim /spec/containers/0/volumeMounts/0',
    ],
    ['a directory above', [mount('data', '/data')], '/data/db persistentVolumeClaim /spec/containers/0/volumeMounts/0'],
    [
      'the deepest',
      [mount('tmp', '/data/db'), mount('data', '/data')],
      '/data/db emptyDir /spec/containers/0/volumeMounts/0',
    ],
    [
      'an alternative',
      [mount('data', '/data/configdb')],
      '/data/configdb persistentVolumeClaim /spec/containers/0/volumeMounts/0',
    ],
    ['a path beside it', [mount('data', '/data/dbs')], '/data/db undefined undefined'],
    ['a directory inside', [mount('data', '/data/db/x')], '/data/db undefined undefined'],
    ['no volume of the name', [mount('other', '/data/db')], '/data/db undefined /spec/containers/0/volumeMounts/0'],
  ])('takes the mount that covers the path: %s', (_, volumeMounts, expected) => {
    const spec = { volumes: [claim, { name: 'tmp', emptyDir: {} }], containers: [{ image: 'mongo', volumeMounts }] }
    expect(found(spec)).toEqual([`/spec/containers/0 ${expected}`])
  })

  it('lets a claim template take the place of a volume', () => {
    const spec = {
      volumes: [{ name: 'data', emptyDir: {} }],
      containers: [{ image: 'mongo', volumeMounts: [mount('data', '/data/db')] }],
    }
    const carrier = { kind: 'StatefulSet', spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] } }
    expect(found(spec, carrier)).toEqual([
      '/spec/containers/0 /data/db volumeClaimTemplates /spec/containers/0/volumeMounts/0',
    ])
    expect(found(spec)).toEqual(['/spec/containers/0 /data/db emptyDir /spec/containers/0/volumeMounts/0'])
  })
})
