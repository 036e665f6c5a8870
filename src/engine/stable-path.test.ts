import { expect, test } from 'vitest'
import { namedPath, stablePath } from './stable-path.ts'

const pod = {
  spec: {
    containers: [
      { name: 'web', args: ['--verbose', '--password=hunter2'], volumeMounts: [{ name: 'v', mountPath: '/d' }] },
    ],
    tolerations: [{ key: 'a' }, { key: 'b' }],
    matrix: [['x']],
  },
  volumeClaimTemplates: [{ metadata: { name: 'data' } }],
}

test.each([
  ['', '', ''],
  ['/spec/containers/0/image', '/spec/containers/[["web",null]]/image', '/spec/containers/[["web",null]]/image'],
  [
    '/spec/containers/0/volumeMounts/0',
    '/spec/containers/[["web",null]]/volumeMounts/[["v","/d"]]',
    '/spec/containers/[["web",null]]/volumeMounts/[["v","/d"]]',
  ],
  [
    '/volumeClaimTemplates/0/spec',
    '/volumeClaimTemplates/[["data",null]]/spec',
    '/volumeClaimTemplates/[["data",null]]/spec',
  ],
  ['/spec/tolerations/1/value', '/spec/tolerations/[1]/value', '/spec/tolerations/[1]/value'],
  ['/spec/matrix/0/0', '/spec/matrix/[0]/["x"]', '/spec/matrix/[0]/[]'],
  [
    '/spec/containers/0/args/0',
    '/spec/containers/[["web",null]]/args/["--verbose"]',
    '/spec/containers/[["web",null]]/args/[]',
  ],
  ['/spec/containers/7/image', '/spec/containers/[7]/image', '/spec/containers/[7]/image'],
  ['/metadata/annotations/a~1b', '/metadata/annotations/a~1b', '/metadata/annotations/a~1b'],
])('%s', (path, stable, named) => {
  expect([stablePath(pod, path), namedPath(pod, path)]).toEqual([stable, named])
})

test('a named path holds no plain value', () => {
  expect(stablePath(pod, '/spec/containers/0/args/1')).toContain('hunter2')
  expect(namedPath(pod, '/spec/containers/0/args/1')).not.toContain('hunter2')
})
