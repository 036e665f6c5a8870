import { describe, expect, it } from 'vitest'
import { containersOf, mountsOf, volumesOf } from './pod.ts'

const pod = {
  spec: {
    volumes: [{ name: 'logs' }, null, { name: 'data' }],
    containers: [{ name: 'app', volumeMounts: [{ name: 'data' }, 'x', { name: 'logs', readOnly: true }] }],
    initContainers: ['broken', { name: 'setup', volumeMounts: [{ name: 'logs' }] }],
    ephemeralContainers: [{ name: 'debug', volumeMounts: [{ name: 'logs' }] }],
  },
}

describe('a pod', () => {
  it('lists all three kinds of containers with their places', () => {
    expect(containersOf(pod.spec).map(({ container, path, kind }) => [container['name'], path, kind])).toEqual([
      ['setup', '/spec/initContainers/1', 'init'],
      ['app', '/spec/containers/0', 'container'],
      ['debug', '/spec/ephemeralContainers/0', 'ephemeral'],
    ])
  })

  it('lists its volumes, the index of a broken entry not reused', () => {
    expect(volumesOf(pod).map(({ volume, path }) => [volume['name'], path])).toEqual([
      ['logs', '/spec/volumes/0'],
      ['data', '/spec/volumes/2'],
    ])
  })

  it('finds the mounts of a volume in every container', () => {
    expect(mountsOf(pod, 'logs').map(({ path, kind }) => [path, kind])).toEqual([
      ['/spec/initContainers/1/volumeMounts/0', 'init'],
      ['/spec/containers/0/volumeMounts/2', 'container'],
      ['/spec/ephemeralContainers/0/volumeMounts/0', 'ephemeral'],
    ])
    expect(mountsOf(pod, 'other')).toEqual([])
  })

  it.each([undefined, null, 3, 'pod', [], {}, { spec: 'x' }, { spec: { containers: {}, volumes: 'x' } }])(
    'is empty where it is malformed: %j',
    (malformed) => {
      expect(volumesOf(malformed)).toEqual([])
      expect(mountsOf(malformed, 'logs')).toEqual([])
    },
  )
})
