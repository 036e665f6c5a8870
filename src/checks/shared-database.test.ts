import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkContext } from '../../test/support/check-context.ts'
import { inventoryOf } from '../kubernetes/inventory.ts'
import { isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import { sharedDatabase } from './shared-database.ts'

const claimOf = (name: string, namespace: string, ...accessModes: readonly string[]): JsonObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace },
  spec: { accessModes },
})
const inventory = inventoryOf([
  claimOf('shared', 'shop', 'ReadWriteOnce', 'ReadWriteMany'),
  claimOf('own', 'shop', 'ReadWriteOnce'),
  claimOf('reports', 'shop', 'ReadOnlyMany'),
  claimOf('elsewhere', 'other', 'ReadWriteMany'),
])

const volume = (claimName: string, name = 'data'): JsonObject => ({ name, persistentVolumeClaim: { claimName } })
const at = (mountPath: string, name = 'data'): JsonObject => ({ name, mountPath })

function podWith(container: JsonObject, ...volumes: readonly JsonValue[]): JsonObject {
  const db = { name: 'db', image: 'postgres:16', volumeMounts: [at('/var/lib/postgresql/data')], ...container }
  return { spec: { containers: [{ image: 'nginx' }, db], volumes } }
}

const judge = (pod: JsonObject, parameters: JsonObject = {}, carrier: JsonObject = pod) =>
  sharedDatabase.evaluate(parameters, pod, checkContext({ inventory, carrier }))

const use = 'PostgreSQL cannot share "/var/lib/postgresql/data" (container "db")'

describe('sharedDatabase', () => {
  it('names the claim, the system and what to do', () => {
    expect(judge(podWith({}, { name: 'tmp', emptyDir: {} }, volume('shared')))).toEqual([
      {
        path: '/spec/volumes/1/persistentVolumeClaim/claimName',
        problem: `{{field}} is "shared", a ReadWriteMany claim; ${use}`,
        actual: 'shared',
        remedy:
          'use a claim with ReadWriteOncePod or ReadWriteOnce; the modes of a claim stay, so make a new one and copy the data',
      },
    ])
  })

  it('names the mount of a claim template', () => {
    const template = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteMany'] } }
    const carrier = { kind: 'StatefulSet', spec: { volumeClaimTemplates: [template] } }
    expect(judge(podWith({}), {}, carrier)).toEqual([
      {
        path: '/spec/containers/1/volumeMounts/0/name',
        problem: `{{field}} is "data", a ReadWriteMany claim template; ${use}`,
        actual: 'data',
        remedy: 'set accessModes of volumeClaimTemplate "data" to ReadWriteOncePod or ReadWriteOnce',
      },
    ])
  })

  it("names the modes of an ephemeral volume's claim", () => {
    const volumeClaimTemplate = { spec: { accessModes: ['ReadWriteMany'] } }
    expect(judge(podWith({}, { name: 'data', ephemeral: { volumeClaimTemplate } }))).toEqual([
      {
        path: '/spec/volumes/0/ephemeral/volumeClaimTemplate/spec/accessModes',
        problem: `{{field}} has ReadWriteMany; ${use}`,
        actual: ['ReadWriteMany'],
        expected: ['ReadWriteOncePod'],
        remedy: 'set {{field}} to ["ReadWriteOncePod"]',
      },
    ])
  })

  it.each<[string, JsonObject, number]>([
    ['a claim of its own', podWith({}, volume('own')), 0],
    ['a read-only claim', podWith({}, volume('reports')), 0],
    ['an unknown claim', podWith({}, volume('unknown')), 0],
    ['a claim of that name in another namespace', podWith({}, volume('elsewhere')), 0],
    ['a shared claim above the directory', podWith({ volumeMounts: [at('/var/lib')] }, volume('shared')), 1],
    [
      'a sub path of a shared claim',
      podWith({ volumeMounts: [{ ...at('/var/lib/postgresql/data'), subPath: 'pg' }] }, volume('shared')),
      1,
    ],
    [
      'a shared claim for backups',
      podWith(
        { volumeMounts: [at('/var/lib/postgresql/data'), at('/backup', 'share')] },
        volume('own'),
        volume('shared', 'share'),
      ),
      0,
    ],
    [
      'a shared claim inside',
      podWith(
        { volumeMounts: [at('/var/lib/postgresql/data'), at('/var/lib/postgresql/data/backup', 'share')] },
        volume('own'),
        volume('shared', 'share'),
      ),
      0,
    ],
    ['a shared claim that is not mounted', podWith({}, volume('own'), volume('shared', 'share')), 0],
    ['a client', podWith({ command: ['psql'] }, volume('shared')), 0],
    ['another image', podWith({ image: 'wordpress' }, volume('shared')), 0],
    [
      'checkpoints, which are to be shared',
      podWith({ image: 'flink', args: ['jobmanager'], volumeMounts: [at('/checkpoints')] }, volume('shared')),
      0,
    ],
    ['a broker', podWith({ image: 'rabbitmq', volumeMounts: [at('/var/lib/rabbitmq')] }, volume('shared')), 1],
    ['no volumes', podWith({}), 0],
  ])('%s: %i', (_, pod, count) => {
    expect(judge(pod)).toHaveLength(count)
  })

  it("takes an operator's images", () => {
    const pod = podWith({ image: 'registry.example.com/ledger', volumeMounts: [at('/var/ledger')] }, volume('shared'))
    expect(judge(pod)).toEqual([])
    expect(judge(pod, { workloads: { 'registry.example.com/*': ['/var/ledger'] } })).toHaveLength(1)
    expect(judge(podWith({}, volume('shared')), { workloads: { postgres: [] } })).toEqual([])
  })

  it('finds a place in the pod or nothing, whatever the claims hold', () => {
    const mode = fc.oneof(fc.array(fc.constantFrom('ReadWriteMany', 'ReadWriteOnce')), fc.jsonValue())
    const source = fc.oneof(
      fc.record({
        ephemeral: fc.record({ volumeClaimTemplate: fc.record({ spec: fc.record({ accessModes: mode }) }) }),
      }),
      fc.record({ persistentVolumeClaim: fc.oneof(fc.record({ claimName: fc.constant('shared') }), fc.jsonValue()) }),
    )
    fc.assert(
      fc.property(source, fc.jsonValue(), (data, volumeClaimTemplates) => {
        const [pod, carrier]: readonly unknown[] = JSON.parse(
          JSON.stringify([
            podWith({}, { name: 'data', ...data }),
            { kind: 'StatefulSet', spec: { volumeClaimTemplates } },
          ]),
        )
        if (!isObject(pod) || !isObject(carrier)) return
        for (const { path } of judge(pod, {}, carrier)) expect(path).toMatch(/^\/spec\/volumes\/0\//)
      }),
    )
  })
})
