import { describe, expect, it } from 'vitest'
import { checkContext } from '../../test/support/check-context.ts'
import type { JsonObject, JsonValue } from '../kubernetes/json.ts'
import { durableState } from './durable-state.ts'

const mysql = '/var/lib/mysql'
const emptyDir: JsonObject = { name: 'data', emptyDir: {} }
const at = (mountPath: string): JsonObject => ({ name: 'data', mountPath })

function podWith(container: JsonObject, ...volumes: readonly JsonValue[]): JsonObject {
  return { spec: { containers: [{ name: 'db', image: 'mysql:8', ...container }], volumes } }
}

describe('durableState: what it says', () => {
  it.each<[string, JsonObject, JsonObject]>([
    [
      'an emptyDir',
      podWith({ volumeMounts: [at(mysql)] }, { name: 'config', configMap: {} }, emptyDir),
      {
        path: '/spec/volumes/1/emptyDir',
        problem: '{{field}} holds the data of MySQL ("/var/lib/mysql" in container "db"); it is deleted with the pod',
        actual: 'emptyDir',
        remedy: 'mount a PersistentVolumeClaim at "/var/lib/mysql"',
      },
    ],
    [
      'a hostPath',
      podWith({ volumeMounts: [at('/var/lib')] }, { name: 'data', hostPath: { path: '/srv/db' } }),
      {
        path: '/spec/volumes/0/hostPath',
        problem:
          '{{field}} holds the data of MySQL ("/var/lib/mysql" in container "db"); it stays behind when the pod moves to another node',
        actual: '/srv/db',
        remedy: 'mount a PersistentVolumeClaim at "/var/lib"',
      },
    ],
    [
      'an ephemeral volume',
      podWith({ volumeMounts: [at(mysql)] }, { name: 'data', ephemeral: { volumeClaimTemplate: {} } }),
      {
        path: '/spec/volumes/0/ephemeral',
        problem:
          '{{field}} holds the data of MySQL ("/var/lib/mysql" in container "db"); its claim is deleted with the pod',
        actual: 'ephemeral',
        remedy: 'mount a PersistentVolumeClaim at "/var/lib/mysql"',
      },
    ],
    [
      "the container's own file system",
      podWith({ image: 'postgres:16' }),
      {
        path: '/spec/containers/0/volumeMounts',
        problem:
          '{{field}} has nothing for "/var/lib/postgresql/data", where PostgreSQL keeps its data; it is lost when container "db" restarts',
        remedy:
          'mount a PersistentVolumeClaim at "/var/lib/postgresql/data" (other versions of the image keep it in "/var/lib/postgresql/18/docker")',
      },
    ],
  ])('%s', (_, pod, expected) => {
    expect(durableState.evaluate({}, pod, checkContext({ carrier: pod }))).toEqual([expected])
  })

  it.each<[string, JsonObject, string]>([
    ['a StatefulSet', { kind: 'StatefulSet' }, `add a volumeClaimTemplate and mount it at "${mysql}"`],
    [
      'a StatefulSet with a template',
      { kind: 'StatefulSet', spec: { volumeClaimTemplates: [{ metadata: { name: 'backup' } }] } },
      `mount a volumeClaimTemplate at "${mysql}"`,
    ],
    [
      'a DaemonSet',
      { kind: 'DaemonSet' },
      `make it a StatefulSet with a volumeClaimTemplate that is mounted at "${mysql}"`,
    ],
    ['a Deployment', { kind: 'Deployment' }, `mount a PersistentVolumeClaim at "${mysql}"`],
  ])('asks %s for what fits', (_, carrier, remedy) => {
    const found = durableState.evaluate({}, podWith({}), checkContext({ carrier }))
    expect(found.map((finding) => finding.remedy)).toEqual([remedy])
  })

  it('does not ask for a claim in place of all of /tmp', () => {
    const pod = podWith({ image: 'apache/kafka', volumeMounts: [at('/tmp')] }, emptyDir)
    expect(durableState.evaluate({}, pod, checkContext({ carrier: pod })).map(({ remedy }) => remedy)).toEqual([
      'mount a PersistentVolumeClaim at "/tmp/kraft-combined-logs"',
    ])
  })
})
