import { describe, expect, it } from 'vitest'
import type { MatchSpec, RuleSpec } from '../policy/document.ts'
import { catalogueName, judgedKinds, lookupWords, placeText, typeWords } from './policy-words.ts'
import { type Marks, ruleWords, templateWords } from './rule-words.ts'

const marks: Marks = { prose: (text) => text, place: (name) => `<${name}>`, code: (text) => `[${text}]` }

describe('what a policy judges', () => {
  const judged = (kind: string, more: Partial<MatchSpec> = {}): unknown =>
    judgedKinds({
      title: 't',
      why: 'w',
      severity: 'low',
      action: { baseline: 'warn', strict: 'deny' },
      match: { kinds: [kind], ...more },
      rules: [],
    })

  it('hides where views find it', () => {
    const workloads = ['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'ReplicationController', 'StatefulSet']
    expect(judged('Pod')).toEqual([
      {
        kind: 'Pod',
        hidesIn: [
          { place: 'template', carriers: ['PodTemplate'] },
          { place: 'spec.template', carriers: workloads },
          { place: 'spec.jobTemplate.spec.template', carriers: ['CronJob'] },
        ],
      },
    ])
  })

  it('is judged by itself where it is deleted', () => {
    const claim = 'PersistentVolumeClaim'
    expect(judged(claim, { operations: ['DELETE'] })).toEqual([{ kind: claim, hidesIn: [] }])
  })

  it.each(['StorageClass', 'Rollout.argoproj.io', 'Nonsense'])('%s hides nowhere', (kind) => {
    expect(judged(kind)).toEqual([{ kind, hidesIn: [] }])
  })
})

it.each([
  ['', ''],
  ['/spec/containers/*/env/0', 'spec.containers[*].env[0]'],
  ['/metadata/annotations/a.b~1c', 'metadata.annotations["a.b/c"]'],
  ['/metadata/labels/{{params.label}}', '/metadata/labels/{{params.label}}'],
])('writes the place %j as a field', (pointer, field) => {
  expect(placeText(pointer)).toBe(field)
})

it.each([
  [{ type: 'array', items: { type: 'string' } }, 'list of strings'],
  [{ type: 'array', items: { enum: ['a', 'b'] } }, 'list of values, each "a" or "b"'],
  [{ type: 'array' }, 'list of values'],
  [{ enum: ['high', 2] }, '"high" or 2'],
  [{ anyOf: [{ type: 'object' }, { type: 'array', items: { type: 'object' } }] }, 'object, or list of objects'],
  [{ type: 'object', additionalProperties: { type: 'string' } }, 'object of strings by name'],
  [{ type: ['string', 'null'] }, 'string or null'],
  [{}, 'any'],
])('calls the type %j %s', (schema, words) => {
  expect(typeWords(schema)).toBe(words)
})

it.each([
  [{ kind: 'StorageClass', list: true } as const, 'every other StorageClass'],
  [{ kind: 'ConfigMap', name: "'a'", namespace: "'b'" }, 'one ConfigMap of a certain namespace, by its name'],
  [{ relation: 'claims' } as const, 'the claims of the pod'],
])('says what the look-up %j finds', (lookup, words) => {
  expect(lookupWords(lookup)).toBe(words)
})

it.each([
  ['nist-800-53r5', 'NIST SP 800-53 Rev. 5'],
  ['cis-kubernetes-1.12', 'CIS Kubernetes Benchmark 1.12'],
  ['pod-security-standards', 'Kubernetes Pod Security Standards'],
  ['our-own-3', 'our-own-3'],
])('names the catalogue %s', (id, name) => {
  expect(catalogueName(id)).toBe(name)
})

describe('a rule', () => {
  it.each([
    ['{{field}} is {{actual}}, not {{expected}}', '<field> is <value>, not <what is accepted>'],
    ['one of {{params.allowed}}, {{ variables.others }}', 'one of <allowed>, <others>'],
    ['{{variables.list.map(one, {"a": one}.a)}} and {{open', '<…> and {{open'],
  ])('says %j in words', (template, words) => {
    expect(templateWords(template, marks)).toBe(words)
  })

  const words = (rule: Partial<RuleSpec>): unknown =>
    ruleWords({ name: 'r', assert: { cel: 'true' }, ...rule }, new Map([['secrets', 'Reports each.']]), marks)

  it('tells what it finds, where, and how it is repaired', () => {
    const rule: Partial<RuleSpec> = {
      each: ['/spec/containers/*'],
      when: 'true',
      message: '{{field}} is wrong',
      remedy: 'set {{field}}',
      fix: [{ set: '/image', value: ['a'] }, { set: '', expression: 'item' }, { remove: '/metadata/annotations/a.b' }],
    }
    expect(words(rule)).toEqual({
      name: 'r',
      finds: '<field> is wrong',
      each: '[spec.containers[*]]',
      conditional: true,
      remedy: 'set <field>',
      repairs: [
        'sets [image] to [["a"]]',
        'sets the item to a value worked out from the object',
        'removes [metadata.annotations["a.b"]]',
      ],
    })
  })

  it.each([
    [{ check: 'secrets' }, 'Reports each.'],
    [{ check: 'absent' }, 'What the check absent reports.'],
    [{ cel: 'true' }, 'What does not fit its expression.'],
    [{ schema: {} }, 'What does not fit its JSON Schema.'],
  ])('without a message of its own, of %j', (assert, finds) => {
    expect(words({ assert })).toMatchObject({ finds, each: undefined, conditional: false, repairs: [] })
  })
})
