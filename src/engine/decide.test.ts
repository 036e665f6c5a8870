import { describe, expect, it } from 'vitest'
import { configMap, nowhere, policyNamed, policySet, request } from '../../test/support/policy-set.ts'
import { isArray, type JsonObject } from '../kubernetes/json.ts'
import { decide, mutate, validate } from './decide.ts'

const bindingMode = policyNamed('binding', {
  action: { baseline: 'fix', strict: 'fix' },
  match: { kinds: ['StorageClass'] },
  rules: [
    {
      name: 'mode',
      assert: {
        schema: {
          type: 'object',
          required: ['volumeBindingMode'],
          properties: { volumeBindingMode: { const: 'WaitForFirstConsumer' } },
        },
      },
      fix: [{ set: '/volumeBindingMode', value: 'WaitForFirstConsumer' }],
    },
  ],
})

const storageClass = (volumeBindingMode: string, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'gold', ...metadata },
  provisioner: 'x.example.com',
  reclaimPolicy: 'Delete',
  volumeBindingMode,
})

const policies = policySet([bindingMode])

const patchOf = (object: JsonObject, old?: JsonObject): unknown => {
  const { response } = mutate(policies, request(object, old), nowhere)
  return response.allowed ? response.patch : 'denied'
}

const wanted = [{ op: 'add', path: '/volumeBindingMode', value: 'WaitForFirstConsumer' }]

describe('fixes of fields that cannot change once stored', () => {
  it('are made on CREATE, with one warning that says what changed', () => {
    const { response } = decide(policies, request(storageClass('Immediate')), nowhere)
    expect(response).toEqual({
      allowed: true,
      patch: wanted,
      warnings: ['StorageClass gold: set volumeBindingMode to "WaitForFirstConsumer" (was "Immediate"). [binding]'],
    })
  })

  it('are made again when the same manifest is applied again, or the API server would refuse it', () => {
    expect(patchOf(storageClass('Immediate'), storageClass('WaitForFirstConsumer'))).toEqual(wanted)
  })

  it('are not made where the stored object is wrong itself: it may be updated, with a warning', () => {
    const old = storageClass('Immediate')
    const { response } = decide(policies, request(storageClass('Immediate', { labels: { a: 'b' } }), old), nowhere)
    expect(response).toMatchObject({ allowed: true, patch: [] })
    expect(response.warnings).toEqual([
      'StorageClass gold: volumeBindingMode is "Immediate"; it must be "WaitForFirstConsumer". [binding] (it was so before this update) Fix: set volumeBindingMode to "WaitForFirstConsumer".',
    ])
  })

  it('are refused where they would need another value than the stored one', () => {
    const odd = storageClass('Odd')
    expect(decide(policies, request(storageClass('Immediate'), odd), nowhere).response.allowed).toBe(false)
  })

  it('are refused by the validating webhook where the mutating one was not called', () => {
    expect(validate(policies, request(storageClass('Immediate')), nowhere).response.allowed).toBe(false)
  })

  it("are told of in both webhooks' answer even where the object is denied, as the API server does", () => {
    const notHere = policyNamed('not-here', {
      action: { baseline: 'deny', strict: 'deny' },
      match: { kinds: ['StorageClass'] },
      rules: [{ name: 'never', assert: { cel: 'false' }, message: 'this is wrong', remedy: 'mend it' }],
    })
    const { response } = decide(policySet([bindingMode, notHere]), request(storageClass('Immediate')), nowhere)
    expect(response).toMatchObject({
      allowed: false,
      warnings: ['StorageClass gold: set volumeBindingMode to "WaitForFirstConsumer" (was "Immediate"). [binding]'],
    })
  })

  it('are refused on a subresource, whose patch would change something else', () => {
    const judged = request(storageClass('Immediate'), storageClass('WaitForFirstConsumer'), { subResource: 'status' })
    expect(mutate(policies, judged, nowhere).response.allowed).toBe(false)
  })
})

describe('templates', () => {
  const user = policyNamed('user', {
    action: { baseline: 'fix', strict: 'fix' },
    match: { kinds: ['Pod'] },
    rules: [
      {
        name: 'user',
        assert: { cel: 'has(object.spec.securityContext)' },
        path: '/spec/securityContext',
        message: '{{field}} is {{actual}}',
        remedy: 'set it',
        fix: [
          { set: '/spec/securityContext/runAsUser', value: 1000 },
          { set: '/spec/securityContext/fsGroup', expression: '1000 + 1' },
        ],
      },
    ],
  })
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop' }, spec: { containers: [] } }
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { template: { metadata: {}, spec: { containers: [] } } },
  }
  const patch = (object: JsonObject, config: JsonObject = {}): unknown => {
    const { response } = decide(policySet([user], config), request(object), nowhere)
    return response.allowed ? response.patch : response.message
  }

  it('a pod is patched: missing parents are added with the field, later changes go into them', () => {
    expect(patch(pod)).toEqual([
      { op: 'add', path: '/spec/securityContext', value: { runAsUser: 1000 } },
      { op: 'add', path: '/spec/securityContext/fsGroup', value: 1001 },
    ])
  })

  it('a template is told about and left alone', () => {
    const { response } = decide(policySet([user]), request(deployment), nowhere)
    expect(response).toMatchObject({ allowed: true, patch: [] })
    expect(response.warnings).toEqual([
      'Deployment shop/web: spec.template.spec.securityContext is not set. [user] (a template is not patched; what is made from it will be) Fix: set it.',
    ])
  })

  it('a template is patched where the operator says so, at its real place', () => {
    const made = patch(deployment, { policies: { user: { templates: 'fix' } } })
    expect(isArray(made) && made[0]).toEqual({
      op: 'add',
      path: '/spec/template/spec/securityContext',
      value: { runAsUser: 1000 },
    })
  })

  it('a fix that cannot be made denies', () => {
    const list = { ...pod, spec: 'nonsense' }
    expect(patch(list)).toMatch(/^Pod shop\/p: /)
  })
})

describe('an update that is to be denied', () => {
  it('is denied by the mutating webhook already, before the API server can answer 422 for a fixed field', () => {
    const odd = request(storageClass('Immediate'), storageClass('Odd'))
    const { response } = mutate(policies, odd, nowhere)
    expect(response).toEqual(validate(policies, odd, nowhere).response)
    expect(response.allowed).toBe(false)
  })

  it('is no reason to deny a create there: a later webhook may repair it', () => {
    const never = policyNamed('never', {
      match: { kinds: ['StorageClass'] },
      rules: [{ name: 'never', assert: { cel: 'false' }, message: 'no', remedy: 'none' }],
    })
    expect(mutate(policySet([never]), request(storageClass('Immediate')), nowhere).response.allowed).toBe(true)
  })
})

describe('updates', () => {
  const noPassword = policyNamed('values', {
    match: { kinds: ['ConfigMap'] },
    rules: [
      {
        name: 'plain',
        assert: {
          schema: { type: 'object', properties: { data: { type: 'object', additionalProperties: { enum: ['ok'] } } } },
        },
      },
    ],
  })
  const effects = (now: JsonObject, old: JsonObject): readonly string[] =>
    decide(policySet([noPassword]), request(now, old), nowhere).findings.map(({ path, effect }) => `${path} ${effect}`)

  it.each<[string, JsonObject, JsonObject, readonly string[]]>([
    ['a label changes', configMap({ a: 'bad' }, { labels: { x: 'y' } }), configMap({ a: 'bad' }), ['/data/a warn']],
    ['a good key is added', configMap({ a: 'bad', b: 'ok' }), configMap({ a: 'bad' }), ['/data/a warn']],
    ['the bad value becomes another bad one', configMap({ a: 'worse' }), configMap({ a: 'bad' }), ['/data/a deny']],
    ['the bad value moves to another key', configMap({ b: 'bad' }), configMap({ a: 'bad' }), ['/data/b deny']],
    [
      'a second bad one is added',
      configMap({ a: 'bad', b: 'bad' }),
      configMap({ a: 'bad' }),
      ['/data/a warn', '/data/b deny'],
    ],
    ['the bad one is repaired', configMap({ a: 'ok' }), configMap({ a: 'bad' }), []],
  ])('%s', (_name, now, old, expected) => {
    expect(effects(now, old)).toEqual(expected)
  })

  it('lists every violation in one denial, the worst first, the causes for machines', () => {
    const critical = policyNamed('critical', {
      severity: 'critical',
      match: { kinds: ['ConfigMap'] },
      rules: [{ name: 'r', assert: { cel: 'false' }, message: 'all is wrong', remedy: 'start again' }],
      links: ['https://example.com/why'],
    })
    const { response } = decide(policySet([noPassword, critical]), request(configMap({ a: 'x', b: 'y' })), nowhere)
    expect(response).toEqual({
      allowed: false,
      message: [
        'ConfigMap shop/settings: all is wrong. [critical] (1 of 3)',
        '  Fix: start again.',
        '  Docs: https://example.com/why',
        '2. data.a is "x"; it must be "ok". [values]',
        '   Fix: set data.a to "ok".',
        '3. data.b is "y"; it must be "ok". [values]',
        '   Fix: set data.b to "ok".',
      ].join('\n'),
      causes: [
        { reason: 'critical', field: 'the object', message: 'ConfigMap shop/settings: all is wrong. [critical]' },
        {
          reason: 'values',
          field: 'data.a',
          message: 'ConfigMap shop/settings: data.a is "x"; it must be "ok". [values]',
        },
        {
          reason: 'values',
          field: 'data.b',
          message: 'ConfigMap shop/settings: data.b is "y"; it must be "ok". [values]',
        },
      ],
      warnings: [],
    })
  })
})
