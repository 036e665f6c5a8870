import { describe, expect, it } from 'vitest'
import { nowhere, policyNamed, policySet, request } from '../../test/support/policy-set.ts'
import { asObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import type { PolicySet } from '../policy/compiled.ts'
import { repair } from './decide.ts'
import { evaluate } from './evaluate.ts'

const mounts = ['/spec/containers/*/volumeMounts/*', '/spec/initContainers/*/volumeMounts/*']

const readOnlyMounts = {
  name: 'read-only',
  each: mounts,
  when: 'item.name in variables.secrets',
  assert: { schema: { type: 'object', required: ['readOnly'], properties: { readOnly: { const: true } } } },
  message: '{{field}} is {{actual}} on the mount of {{item.name}}',
  fix: [{ set: '/readOnly', value: true }],
}

function policies(rule: JsonObject, more: JsonObject = {}): PolicySet {
  const variables: JsonValue = [
    { name: 'secrets', expression: 'object.spec.?volumes.orValue([]).filter(v, has(v.secret)).map(v, v.name)' },
  ]
  return policySet([
    policyNamed('mounts', {
      match: { kinds: ['Pod'] },
      action: { baseline: 'fix', strict: 'fix' },
      variables,
      rules: [rule],
      ...more,
    }),
  ])
}

function pod(...volumeMounts: readonly JsonObject[]): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      volumes: [
        { name: 'key', secret: { secretName: 'key' } },
        { name: 'tmp', emptyDir: {} },
      ],
      initContainers: [{ name: 'init', image: 'i', volumeMounts: [{ name: 'key', mountPath: '/k' }] }],
      containers: [{ name: 'web', image: 'w', volumeMounts }],
    },
  }
}

const found = (set: PolicySet, object: JsonObject): readonly (readonly string[])[] =>
  evaluate(set, request(object), nowhere).map(({ finding }) => [finding.path, finding.problem])

describe('a rule with each', () => {
  it('judges every match by itself, at its own place', () => {
    const object = pod({ name: 'tmp', mountPath: '/t' }, { name: 'key', mountPath: '/a', readOnly: false })
    expect(found(policies(readOnlyMounts), object)).toEqual([
      [
        '/spec/containers/0/volumeMounts/1/readOnly',
        'spec.containers[0].volumeMounts[1].readOnly is false on the mount of key',
      ],
      [
        '/spec/initContainers/0/volumeMounts/0/readOnly',
        'spec.initContainers[0].volumeMounts[0].readOnly is not set on the mount of key',
      ],
    ])
  })

  it('repairs every match', () => {
    const { patch } = repair(policies(readOnlyMounts), request(pod({ name: 'key', mountPath: '/a' })), nowhere)
    expect(patch).toEqual([
      { op: 'add', path: '/spec/containers/0/volumeMounts/0/readOnly', value: true },
      { op: 'add', path: '/spec/initContainers/0/volumeMounts/0/readOnly', value: true },
    ])
  })

  it('places expressions, paths and fixes relative to the match', () => {
    const rule = {
      name: 'size',
      each: ['/spec/volumes/*/emptyDir'],
      assert: { cel: 'has(item.sizeLimit) && item.sizeLimit == variables.secrets[0]' },
      path: '/{{params.field}}',
      expected: 'variables.secrets[0]',
      message: '{{field}} is {{actual}}, not {{expected}}',
      remedy: 'set it',
      fix: [{ set: '/{{params.field}}', expression: 'variables.secrets[0]' }],
    }
    const set = policies(rule, { parameters: { field: { description: 'A field.', default: 'size/limit' } } })
    expect(found(set, pod())).toEqual([
      ['/spec/volumes/1/emptyDir/size~1limit', 'spec.volumes[1].emptyDir["size/limit"] is not set, not "key"'],
    ])
  })

  it('matches nothing where the pointer leads nowhere', () => {
    const rule = { ...readOnlyMounts, each: ['/spec/volumes/*/hostPath/path', '/metadata/labels/*'], when: 'true' }
    expect(found(policies(rule), pod())).toEqual([])
  })

  it('gives up, and says so, where all matches together cost too much', () => {
    const rule = {
      ...readOnlyMounts,
      when: 'variables.secrets.exists(a, variables.secrets.exists(b, a + b == item.name))',
    }
    const object = pod(...Array.from({ length: 400 }, (_, index) => ({ name: `n${index}`, mountPath: '/t' })))
    const many = Array.from({ length: 60 }, (_, index) => ({ name: `s${index}`, secret: { secretName: 'x' } }))
    const [violation, ...more] = evaluate(
      policies(rule),
      request({ ...object, spec: { ...asObject(object['spec']), volumes: many } }),
      nowhere,
    )
    expect([violation?.finding.result, more.length]).toEqual(['error', 0])
  })
})
