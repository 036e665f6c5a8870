import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checks } from '../src/checks/registry.ts'
import { decide } from '../src/engine/decide.ts'
import { inventoryOf } from '../src/kubernetes/inventory.ts'
import type { JsonObject } from '../src/kubernetes/json.ts'
import { builtInPolicies, policyFiles, readPolicy } from '../src/load.ts'
import { requestFor } from '../src/manifest/request.ts'
import { compilePolicies, type PolicySource } from '../src/policy/compile.ts'
import type { ConfigDocument } from '../src/policy/document.ts'
import { parseConfig, parseJson } from '../src/policy/parse.ts'

const docs = join(import.meta.dirname, '../docs')
const files = policyFiles(join(docs, 'migrating'))
const own = new Map(files.map((file) => [basename(file, '.json'), readPolicy(file)]))
const guide = readFileSync(join(docs, 'migrating.md'), 'utf8')

function compile(policies: readonly PolicySource[], document: ConfigDocument): ReturnType<typeof compilePolicies> {
  return compilePolicies({ policies, config: { file: 'migrating.md', document }, checks, ownNamespace: 'none' })
}

function pod(spec: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app' }, spec: { containers: [{ name: 'app' }], ...spec } }
}

function reading(name: string, key: string): JsonObject {
  return pod({ containers: [{ name: 'app', env: [{ name: 'A', valueFrom: { secretKeyRef: { name, key } } }] }] })
}

function mounting(volume: JsonObject): JsonObject {
  return pod({ volumes: [{ name: 'data', ...volume }] })
}

function claim(annotations: JsonObject): JsonObject {
  const spec = { storageClassName: 'nfs-client' }
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', annotations }, spec }
}

function workload(labels: JsonObject): JsonObject {
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db', labels }, spec: {} }
}

function named(kind: string, rest: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind, metadata: { name: 'settings' }, ...rest }
}

const capacity = { kind: 'CSIStorageCapacity', metadata: { name: 'disk', namespace: 'storage' }, storageClassName: 'a' }

interface Shown {
  readonly policy: string
  readonly parameters?: JsonObject
  readonly kept: JsonObject
  readonly broken: JsonObject
  readonly at: string
}

const shown: readonly Shown[] = [
  {
    policy: 'claim-nfs-storage-path',
    kept: claim({ 'nfs.io/storage-path': 'orders' }),
    broken: claim({}),
    at: '/metadata/annotations/nfs.io~1storage-path',
  },
  {
    policy: 'configmap-no-personal-data',
    kept: named('ConfigMap', { data: { colour: 'blue' } }),
    broken: named('ConfigMap', { data: { userName: 'ada' } }),
    at: '/data',
  },
  {
    policy: 'not-in-default-namespace',
    kept: { ...named('ConfigMap', {}), metadata: { name: 'kube-root-ca.crt', namespace: 'default' } },
    broken: named('ConfigMap', {}),
    at: '/metadata/namespace',
  },
  {
    policy: 'pod-config-references',
    kept: reading('settings', 'user'),
    broken: reading('settings', 'usre'),
    at: '/spec/containers/0/env/0/valueFrom/secretKeyRef',
  },
  {
    policy: 'pod-flex-volume-drivers',
    parameters: { drivers: ['example/lvm'] },
    kept: mounting({ flexVolume: { driver: 'example/lvm' } }),
    broken: mounting({ flexVolume: { driver: 'example/cifs' } }),
    at: '/spec/volumes/0/flexVolume/driver',
  },
  {
    policy: 'pod-no-sensitive-host-path',
    kept: mounting({ hostPath: { path: '/etcetera' } }),
    broken: mounting({ hostPath: { path: '//etc/./ssh/' } }),
    at: '/spec/volumes/0/hostPath/path',
  },
  {
    policy: 'pod-no-sensitive-host-path',
    kept: mounting({ hostPath: { path: '/var/log' } }),
    broken: mounting({ hostPath: { path: '/var/lib' } }),
    at: '/spec/volumes/0/hostPath/path',
  },
  {
    policy: 'pod-no-sensitive-host-path',
    kept: mounting({ hostPath: { path: '/data' } }),
    broken: mounting({ hostPath: { path: '/' } }),
    at: '/spec/volumes/0/hostPath/path',
  },
  {
    policy: 'pod-secret-names',
    parameters: { names: ['app-*'] },
    kept: mounting({ projected: { sources: [{ secret: { name: 'app-tls' } }] } }),
    broken: mounting({ projected: { sources: [{ secret: { name: 'root' } }] } }),
    at: '/spec/volumes/0/projected/sources/0/secret/name',
  },
  {
    policy: 'pod-secret-names',
    parameters: { names: ['app-*'] },
    kept: mounting({ secret: { secretName: 'app-tls' } }),
    broken: mounting({ secret: { secretName: 'root' } }),
    at: '/spec/volumes/0/secret/secretName',
  },
  {
    policy: 'pod-supplemental-groups',
    kept: pod({ securityContext: { supplementalGroups: [14, 32] } }),
    broken: pod({ securityContext: { supplementalGroups: [14, 0] } }),
    at: '/spec/securityContext/supplementalGroups/1',
  },
  {
    policy: 'secret-no-service-account-token',
    kept: named('Secret', { type: 'Opaque' }),
    broken: named('Secret', { type: 'kubernetes.io/service-account-token' }),
    at: '/type',
  },
  {
    policy: 'storage-api-version',
    kept: { ...capacity, apiVersion: 'storage.k8s.io/v1' },
    broken: { ...capacity, apiVersion: 'storage.k8s.io/v1beta1' },
    at: '/apiVersion',
  },
  {
    policy: 'workload-backup-label',
    kept: workload({ purpose: 'production', dataprotection: 'k10-gold' }),
    broken: workload({ purpose: 'production' }),
    at: '/metadata/labels/dataprotection',
  },
]

/** Where a policy refuses an object, among Secrets that are all known. */
function refusals({ policy, parameters = {} }: Shown, object: JsonObject): readonly string[] {
  const source = own.get(policy)
  const policies = compile(source === undefined ? [] : [source], {
    policies: { [policy]: { action: 'deny', parameters } },
  })
  const inventory = inventoryOf([named('Secret', { stringData: { user: 'ada' } })], ['Secret'])
  const { findings } = decide(policies, requestFor(object, 'default'), { inventory, now: new Date('2026-06-01') })
  return findings.map(({ effect, path }) => `${effect} ${path}`)
}

describe('the policies of docs/migrating', () => {
  it.each(shown)('$policy tells $at', (example) => {
    expect(refusals(example, example.kept)).toEqual([])
    expect(refusals(example, example.broken)).toEqual([`deny ${example.at}`])
  })

  it('are all shown, named as their files and in the guide', () => {
    expect([...own.keys()].sort()).toEqual([...new Set(shown.map(({ policy }) => policy))].sort())
    expect([...own].filter(([name, { document }]) => name !== document.metadata.name)).toEqual([])
    expect([...own.keys()].filter((name) => !guide.includes(name))).toEqual([])
  })
})

describe('docs/migrating.md', () => {
  const all = [...policyFiles(builtInPolicies), ...files].map(readPolicy)
  const names = new Set(all.map(({ document }) => document.metadata.name))
  const rows = guide.split('\n').filter((line) => line.startsWith('| '))
  const answers = rows.map((row) => row.split(' | ')[1] ?? '').join('\n')
  const fragments = texts(answers, /`("[a-z]+-[a-z-]+": \{ .*? \})`/g)
  const blocks = texts(guide, /```json\n(.*?)```/gs)

  it('names policies that exist', () => {
    const told = texts(answers, /`"?([a-z]+(?:-[a-z]+)+)(?:`|":)/g)
    expect(told.length).toBeGreaterThan(20)
    expect(told.filter((name) => !names.has(name))).toEqual([])
  })

  it.each([...fragments.map((text) => `{ "policies": { ${text} } }`), ...blocks])('configures with %s', (text) => {
    const document = parseConfig(parseJson(text, 'migrating.md'), 'migrating.md')
    expect(compile(all, document).policies.length).toBe(all.length)
  })
})

/** What the group of a pattern matches in a text, each once. */
function texts(text: string, pattern: RegExp): readonly string[] {
  return [...new Set(Array.from(text.matchAll(pattern), ([, group = '']) => group))]
}
