import { describe, expect, it } from 'vitest'
import { checks } from '../src/checks/registry.ts'
import { decide } from '../src/engine/decide.ts'
import type { JsonObject } from '../src/kubernetes/json.ts'
import { builtInPolicies, policyFiles, readPolicy } from '../src/load.ts'
import { compilePolicies } from '../src/policy/compile.ts'
import { parseConfig } from '../src/policy/parse.ts'
import { nowhere, request } from './support/policy-set.ts'

const sources = policyFiles(builtInPolicies).map(readPolicy)

const policies = (config: JsonObject) =>
  compilePolicies({
    policies: sources,
    config: { file: 'holdfast.json', document: parseConfig(config, 'holdfast.json') },
    checks,
    ownNamespace: 'holdfast-system',
  })

/** Policies that are violated, and where. */
function found(object: JsonObject, ids: readonly string[], config: JsonObject): readonly (readonly string[])[] {
  const { findings, repaired } = decide(policies(config), request(object), nowhere)
  return [...repaired, ...findings]
    .filter(({ policy }) => ids.includes(policy))
    .map(({ policy, effect, path }) => [policy, effect, path])
}

const rollout: JsonObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    template: {
      spec: {
        securityContext: { runAsUser: 1000 },
        containers: [{ name: 'web', image: 'web', volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
        volumes: [
          { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
          { name: 'host', hostPath: { path: '/var/log/../run' } },
          {
            name: 'scratch',
            ephemeral: {
              volumeClaimTemplate: {
                metadata: { labels: { 'data-classification': 'pii' } },
                spec: { accessModes: ['ReadWriteOnce'] },
              },
            },
          },
        ],
      },
    },
  },
}

const kafka: JsonObject = {
  apiVersion: 'kafka.strimzi.io/v1beta2',
  kind: 'Kafka',
  metadata: { name: 'orders', namespace: 'shop' },
  spec: {
    kafka: { template: { pod: { volumes: [{ name: 'host', hostPath: { path: '/mnt' } }] } } },
    zookeeper: { template: { pod: { volumes: [{ name: 'tmp', emptyDir: {} }] } } },
    stores: { main: { accessModes: ['ReadWriteMany'] } },
  },
}

describe('custom resources that carry pods and claims', () => {
  const ids = ['pod-no-host-path', 'pod-fs-group', 'claim-rwop-when-sensitive']

  it('are not looked into without a view', () => {
    expect(found(rollout, ids, {})).toEqual([])
  })

  it('an Argo Rollout: one view finds the pod, and in it the claim of its ephemeral volume', () => {
    const views = [{ in: 'Rollout.argoproj.io', kind: 'Pod', path: '/spec/template' }]
    expect(found(rollout, ids, { views })).toEqual([
      ['pod-fs-group', 'warn', '/spec/template/spec/securityContext/fsGroup'],
      ['pod-fs-group', 'warn', '/spec/template/spec/securityContext/fsGroupChangePolicy'],
      ['pod-no-host-path', 'deny', '/spec/template/spec/volumes/1/hostPath/path'],
      [
        'claim-rwop-when-sensitive',
        'warn',
        '/spec/template/spec/volumes/2/ephemeral/volumeClaimTemplate/spec/accessModes',
      ],
    ])
  })

  it('a resource as Strimzi makes them: bare specs, by member', () => {
    const views = [
      { in: 'Kafka.kafka.strimzi.io', kind: 'Pod', path: '/spec/*/template/pod', part: 'spec' },
      {
        in: 'Kafka.kafka.strimzi.io',
        kind: 'PersistentVolumeClaim',
        path: '/spec/stores/*',
        part: 'spec',
        template: false,
      },
    ]
    const config = { views, policies: { 'claim-rwop-when-sensitive': { parameters: { always: true } } } }
    expect(found(kafka, ids, config)).toEqual([
      ['claim-rwop-when-sensitive', 'patch', '/spec/stores/main/accessModes'],
      ['pod-no-host-path', 'deny', '/spec/kafka/template/pod/volumes/0/hostPath/path'],
    ])
    const { response } = decide(
      policies({ ...config, policies: { ...config.policies, 'pod-no-host-path': { action: 'off' } } }),
      request(kafka),
      nowhere,
    )
    expect(response.allowed && response.patch).toEqual([
      { op: 'add', path: '/spec/stores/main/accessModes', value: ['ReadWriteOncePod'] },
    ])
  })
})
