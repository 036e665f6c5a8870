import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkContext } from '../../test/support/check-context.ts'
import { isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import { durableState } from './durable-state.ts'

const mysql = '/var/lib/mysql'
const emptyDir: JsonObject = { name: 'data', emptyDir: {} }
const claim: JsonObject = { name: 'data', persistentVolumeClaim: { claimName: 'db' } }
const configMap: JsonObject = { name: 'config', configMap: { name: 'db' } }
const at = (mountPath: string, name = 'data'): JsonObject => ({ name, mountPath })

function podWith(container: JsonObject, ...volumes: readonly JsonValue[]): JsonObject {
  return { spec: { containers: [{ name: 'db', image: 'mysql:8', ...container }], volumes } }
}

function paths(pod: JsonObject, parameters: JsonObject = {}, carrier: JsonObject = pod): readonly string[] {
  return durableState.evaluate(parameters, pod, checkContext({ carrier })).map(({ path }) => path)
}

describe('durableState: what it finds', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['nothing mounted', podWith({}), ['/spec/containers/0/volumeMounts']],
    [
      'a claim beside the directory',
      podWith({ volumeMounts: [at('/var/lib/mysqld')] }, claim),
      ['/spec/containers/0/volumeMounts'],
    ],
    ['a claim for backups', podWith({ volumeMounts: [at('/backup')] }, claim), ['/spec/containers/0/volumeMounts']],
    [
      'an emptyDir below a claim',
      podWith({ volumeMounts: [at('/var/lib'), at(mysql, 'tmp')] }, claim, { name: 'tmp', emptyDir: {} }),
      ['/spec/volumes/1/emptyDir'],
    ],
    [
      'a sub path of an emptyDir',
      podWith({ volumeMounts: [{ ...at(mysql), subPath: 'mysql' }] }, emptyDir),
      ['/spec/volumes/0/emptyDir'],
    ],
    [
      'an emptyDir in memory',
      podWith({ volumeMounts: [at(mysql)] }, { name: 'data', emptyDir: { medium: 'Memory' } }),
      ['/spec/volumes/0/emptyDir'],
    ],
    [
      'where the options say',
      podWith({ args: ['--datadir=/db'], volumeMounts: [at(mysql), at('/db', 'tmp')] }, claim, {
        name: 'tmp',
        emptyDir: {},
      }),
      ['/spec/volumes/1/emptyDir'],
    ],
    [
      'a claim where the options do not say',
      podWith({ args: ['--datadir=/db'], volumeMounts: [at(mysql)] }, claim),
      ['/spec/containers/0/volumeMounts'],
    ],
    [
      'configuration, but no lasting volume',
      podWith({ volumeMounts: [at('/etc/mysql', 'config')] }, configMap),
      ['/spec/containers/0/volumeMounts'],
    ],
    [
      'first-start scripts, and a claim elsewhere',
      podWith({ volumeMounts: [at('/docker-entrypoint-initdb.d', 'config'), at('/backup')] }, configMap, claim),
      ['/spec/containers/0/volumeMounts'],
    ],
    [
      'variables from a Secret that cannot move it',
      podWith({ envFrom: [{ secretRef: { name: 'a' } }], volumeMounts: [at('/backup')] }, claim),
      ['/spec/containers/0/volumeMounts'],
    ],
    [
      'configuration and an emptyDir at the very path',
      podWith(
        { volumeMounts: [at(mysql, 'tmp'), at('/backup'), at('/etc/mysql', 'config')] },
        { name: 'tmp', emptyDir: {} },
        claim,
        configMap,
      ),
      ['/spec/volumes/0/emptyDir'],
    ],
    [
      'one of two directories',
      podWith({ image: 'zookeeper', volumeMounts: [at('/data')] }, claim),
      ['/spec/containers/0/volumeMounts'],
    ],
    [
      'Kafka where its image has it',
      podWith({ image: 'apache/kafka', volumeMounts: [at('/var/lib/kafka/data')] }, claim),
      ['/spec/containers/0/volumeMounts'],
    ],
    [
      'PostgreSQL 18',
      podWith({ image: 'postgres:18', volumeMounts: [at('/var/lib/postgresql')] }, emptyDir),
      ['/spec/volumes/0/emptyDir'],
    ],
    [
      'Flink checkpoints',
      podWith({ image: 'flink', args: ['jobmanager'], volumeMounts: [at('/checkpoints')] }, emptyDir),
      ['/spec/volumes/0/emptyDir'],
    ],
    [
      'Redis that writes',
      podWith({ image: 'redis', args: ['--appendonly', 'yes'] }),
      ['/spec/containers/0/volumeMounts'],
    ],
  ])('%s', (_, pod, expected) => {
    expect(paths(pod)).toEqual(expected)
  })

  it.each<[string, JsonObject]>([
    ['a claim', podWith({ volumeMounts: [at(mysql)] }, claim)],
    ['a claim above', podWith({ volumeMounts: [at('/var/lib')] }, claim)],
    ['a claim inside', podWith({ volumeMounts: [at('/var/lib/mysql/data')] }, claim)],
    [
      'a CSI volume in line',
      podWith({ volumeMounts: [at(mysql)] }, { name: 'data', csi: { driver: 'disks.example.com' } }),
    ],
    ['NFS', podWith({ volumeMounts: [at(mysql)] }, { name: 'data', nfs: { server: 'a', path: '/b' } })],
    ['an unknown volume', podWith({ volumeMounts: [at(mysql)] })],
    [
      'a claim at PGDATA',
      podWith({ image: 'postgres', env: [{ name: 'PGDATA', value: '/pg/data' }], volumeMounts: [at('/pg')] }, claim),
    ],
    ['PGDATA from elsewhere', podWith({ image: 'postgres', env: [{ name: 'PGDATA', valueFrom: {} }] })],
    [
      'PGDATA maybe from a ConfigMap',
      podWith({ image: 'postgres', envFrom: [{ configMapRef: { name: 'a' } }], volumeMounts: [at('/pg')] }, claim),
    ],
    [
      'a configuration file and a lasting volume',
      podWith({ volumeMounts: [at('/etc/mysql', 'config'), at('/db')] }, configMap, claim),
    ],
    [
      'scratch in /tmp, a configuration file and a claim',
      podWith(
        { image: 'apache/kafka', volumeMounts: [at('/tmp', 'tmp'), at('/mnt/shared/config', 'config'), at('/kafka')] },
        { name: 'tmp', emptyDir: {} },
        configMap,
        claim,
      ),
    ],
    [
      'an emptyDir beside a claim',
      podWith({ volumeMounts: [at(mysql), at('/tmp', 'tmp')] }, claim, { name: 'tmp', emptyDir: {} }),
    ],
    ['a client', podWith({ command: ['mysql', '-h', 'mysqld'] })],
    ['a waiting loop', podWith({ command: ['sh', '-c', 'until mysqladmin ping -h mysqld; do sleep 1; done'] })],
    ['an init container', { spec: { initContainers: [{ name: 'a', image: 'postgres' }], containers: [] } }],
    ['Redis as a cache', podWith({ image: 'redis', args: ['--save', '', '--maxmemory', '1gb'] })],
    ['an exporter', podWith({ image: 'prom/mysqld-exporter' })],
    ['Spark shuffle files', podWith({ image: 'apache/spark', volumeMounts: [at('/tmp/spark-local')] }, emptyDir)],
    [
      'Flink with checkpoints in object storage',
      podWith(
        { image: 'flink', args: ['jobmanager', '-Dstate.checkpoints.dir=s3://a/b'], volumeMounts: [at('/tmp')] },
        emptyDir,
      ),
    ],
  ])('has nothing to say about %s', (_, pod) => {
    expect(paths(pod)).toEqual([])
  })

  it('knows claim templates, and no other carrier than its own', () => {
    const pod = podWith({ volumeMounts: [at(mysql)] })
    const carrier = { kind: 'StatefulSet', spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] } }
    expect(paths(pod, {}, carrier)).toEqual([])
    const withEmptyDir = podWith({ volumeMounts: [at(mysql)] }, emptyDir)
    expect(paths(withEmptyDir, {}, carrier)).toEqual([])
    const other = { kind: 'StatefulSet', spec: { volumeClaimTemplates: [{ metadata: { name: 'logs' } }] } }
    expect(paths(withEmptyDir, {}, other)).toEqual(['/spec/volumes/0/emptyDir'])
  })

  it('finds sidecars', () => {
    const sidecar = { name: 'a', image: 'postgres', restartPolicy: 'Always' }
    expect(paths({ spec: { initContainers: [sidecar], containers: [] } })).toEqual([
      '/spec/initContainers/0/volumeMounts',
    ])
  })

  it('does not take the token of the API server for configuration, so that a pod is judged like its template', () => {
    const mounts = [at('/backup'), at('/var/run/secrets/kubernetes.io/serviceaccount', 'token')]
    const pod = podWith({ volumeMounts: mounts }, claim, { name: 'token', projected: { sources: [] } })
    expect(paths(pod)).toEqual(['/spec/containers/0/volumeMounts'])
  })

  it("takes an operator's images and directories", () => {
    const ledger = podWith({ image: 'registry.example.com/ledger:2', volumeMounts: [at('/var/ledger')] }, emptyDir)
    expect(paths(ledger)).toEqual([])
    expect(paths(ledger, { workloads: { 'registry.example.com/ledger': ['/var/ledger'] } })).toEqual([
      '/spec/volumes/0/emptyDir',
    ])
    expect(paths(podWith({}), { workloads: { mysql: [] } })).toEqual([])
    expect(paths(podWith({}), { workloads: 'mysql' })).toEqual(['/spec/containers/0/volumeMounts'])
  })

  it('finds a place in the pod or nothing, whatever the container holds', () => {
    const word = fc.constantFrom(
      'data',
      mysql,
      '/var',
      '--datadir',
      '--datadir=/db',
      'mysqld',
      'sh',
      '-c',
      '$(A)/b',
      '',
    )
    const value = fc.oneof(word, fc.array(word), fc.jsonValue(), fc.array(fc.dictionary(word, fc.jsonValue())))
    const mounts = fc.array(fc.oneof(fc.record({ name: word, mountPath: word }), fc.jsonValue()))
    const container = fc.record({
      image: fc.constant('mysql'),
      command: value,
      args: value,
      env: value,
      volumeMounts: mounts,
    })
    const volumes = fc.array(fc.oneof(fc.record({ name: word, emptyDir: fc.jsonValue() }), fc.jsonValue()))
    fc.assert(
      fc.property(container, volumes, fc.jsonValue(), (db, pods, workloads) => {
        const [pod, parameters]: readonly unknown[] = JSON.parse(
          JSON.stringify([{ spec: { containers: [db], volumes: pods } }, { workloads }]),
        )
        if (!isObject(pod) || !isObject(parameters)) return
        for (const { path, problem } of durableState.evaluate(parameters, pod, checkContext())) {
          expect(path).toMatch(/^\/spec\/(volumes\/\d+\/emptyDir|containers\/0\/volumeMounts)$/)
          expect(problem).toMatch(/^\{\{field\}\} [^\n]+$/)
        }
      }),
    )
  })
})
