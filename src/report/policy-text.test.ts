import { describe, expect, it } from 'vitest'
import type { ExpectedAnswer, Side } from '../examples/example.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import type { PolicyDocument, PolicySpec } from '../policy/document.ts'
import { ansi, plain } from './paint.ts'
import { catalogueEntry, type InForce } from './policy-catalogue.ts'
import type { PageExample } from './policy-examples.ts'
import { policyText } from './policy-text.ts'

const now = new Date('2026-06-01T12:00:00Z')

function policy(more: Partial<PolicySpec> = {}): PolicyDocument {
  return {
    apiVersion: 'policy.holdfast.dev/v1alpha1',
    kind: 'StoragePolicy',
    metadata: { name: 'p' },
    spec: {
      title: 'Settings name their team',
      why: 'Somebody has to be asked.',
      severity: 'low',
      action: { baseline: 'warn', strict: 'deny' },
      match: { kinds: ['ConfigMap'] },
      rules: [
        { name: 'team', assert: { cel: 'false' }, message: '{{field}} is {{actual}}', remedy: 'set {{field}}' },
        { name: 'told', advice: true, when: 'object.a == 1', assert: { check: 'c' } },
      ],
      ...more,
    },
  }
}

interface Asked {
  readonly spec?: Partial<PolicySpec>
  readonly inForce?: Partial<InForce>
  readonly examples?: readonly PageExample[]
  readonly rule?: string
}

function shown({ spec, inForce, examples = [], rule }: Asked = {}, paint = plain): string {
  const document = policy(spec)
  const nothingSet = { parameters: {}, kinds: ['ConfigMap'], namespaces: {}, exceptions: [], showsRepairs: false }
  const entry = catalogueEntry(document, { action: 'warn', ...nothingSet, ...inForce })
  const checks = new Map([['c', 'Reports what c finds.']])
  return policyText({ document, entry, examples, checks, rule, now }, paint)
}

function partOf(text: string, title: string): readonly string[] {
  const [, part = ''] = text.split(new RegExp(`^${title}\n`, 'm'))
  return (part.split('\n\n')[0] ?? '').split('\n').filter((line) => line !== '')
}

function example(
  side: Side,
  name: string,
  expected: ExpectedAnswer,
  { around = [], ...texts }: Partial<PageExample> & { readonly around?: readonly JsonObject[] } = {},
): PageExample {
  const object = { kind: 'ConfigMap', metadata: { name, namespace: 'shop' } }
  return {
    example: { policy: 'p', side, name, object, oldObject: undefined, context: around, after: undefined, expected },
    manifest: `# ${name}\nkind: ConfigMap\n`,
    stored: undefined,
    context: undefined,
    after: undefined,
    ...texts,
  }
}

function finding(rule: string, message: string) {
  return { rule, effect: 'warn', path: '', message } as const
}

describe('a policy on a terminal', () => {
  it('without more than a policy needs', () => {
    expect(shown()).toBe(`p: Settings name their team

Why
  Somebody has to be asked.

Judges on CREATE and UPDATE
  ConfigMap

Rules
  team
    <field> is <value>
    what to do: set <field>
  told
    Reports what c finds.
    only where object.a == 1
    it only tells: it warns whatever the action, and is left out under audit

What it does here
  warn: admitted with a warning (in holdfast check: warning)
  by profile: baseline warn, strict deny, observe audit; severity low

To set it, in holdfast.json
  { "policies": { "p": { "action": "warn" } } }

To except an object from it, in holdfast.json
  {
    "exceptions": [
      {
        "policy": "p",
        "match": { "namespaces": ["my-namespace"], "names": ["my-object"] },
        "reason": "why it has to be so",
        "owner": "who answers for it",
        "expires": "2026-08-30"
      }
    ]
  }
`)
  })

  it('breaks lines between words, and is safe to read', () => {
    expect(partOf(shown({ spec: { why: `${'word '.repeat(25)}\u001B[2J` } }), 'Why')).toEqual([
      `  ${'word '.repeat(20).trim()}`,
      `  ${'word '.repeat(5)}\\u001b[2J`,
    ])
  })

  it('paints only its headings', () => {
    expect(shown({}, ansi).split('\n').slice(0, 4)).toEqual([
      ansi('bold', 'p: Settings name their team'),
      '',
      ansi('bold', 'Why'),
      '  Somebody has to be asked.',
    ])
  })

  it('says what narrows it', () => {
    const text = shown({ spec: { match: { kinds: ['ConfigMap'], excludeNamespaces: ['sandbox-*'] } } })
    expect(partOf(text, 'Judges on CREATE and UPDATE')).toContain('  only where excludeNamespaces: ["sandbox-*"]')
  })

  it('says what holds here: action, namespaces, exceptions that hold and that have ended', () => {
    const exception = { policy: 'p', reason: 'reads /proc', owner: 'sre' }
    const text = shown({
      inForce: {
        action: 'off',
        namespaces: { 'prod-*': { action: 'deny', parameters: { a: 1 } } },
        exceptions: [
          { ...exception, match: { namespaces: ['monitoring', 'logging'], names: ['x-*'] }, expires: '2026-06-01' },
          { ...exception, rule: 'team', match: { kinds: ['Pod'] }, expires: '2026-05-31' },
        ],
        showsRepairs: true,
      },
    })
    expect(partOf(text, 'What it does here')).toEqual([
      '  off: not evaluated',
      '  deny in namespace prod-*: refused, with the fix, with { "a": 1 }',
      '  exception for namespaces monitoring, logging; names x-*: reads /proc (sre, until 2026-06-01)',
      '  exception for rule team; kinds Pod: reads /proc (sre, ended on 2026-05-31)',
      '  holdfast fix repairs what can be repaired without guessing',
      '  by profile: baseline warn, strict deny, observe audit; severity low',
    ])
  })

  it('shows parameters with their defaults and what is in force, and sets what is in force', () => {
    const parameters = { label: { description: 'The label.', type: 'string', default: 'team' } }
    const text = shown({ spec: { parameters }, inForce: { parameters: { label: 'owner' } } })
    expect(partOf(text, 'Parameters')).toEqual([
      '  label  (string)',
      '    The label.',
      '    default: "team"',
      '    in force: "owner"',
    ])
    expect(text).toContain('{ "policies": { "p": { "action": "warn", "parameters": { "label": "owner" } } } }')
  })
})

describe('the example', () => {
  const told = { findings: [finding('team', 'wrong')], warnings: ['wrong. [p] Fix: mend'] }

  it('is what breaks it, what people read and how it is right', () => {
    const text = shown({
      examples: [
        example('allowed', 'far', { findings: [] }, { manifest: 'kind: Secret\na: 1\n' }),
        example('allowed', 'near', { findings: [] }, { manifest: 'kind: ConfigMap\nteam: x\n' }),
        example('allowed', 'for who asks', { findings: [], user: 'flux' }, { manifest: '# short\nkind: ConfigMap\n' }),
        example('denied', 'set', { ...told, settings: { action: 'deny' } }, { manifest: 'a\n' }),
        example('denied', 'long', told, { manifest: 'a\nb\nc\nd\n' }),
        example('denied', 'short', told, { around: [{ kind: 'StorageClass', metadata: { name: 'gold' } }] }),
      ],
    })
    expect(partOf(text, 'An example that breaks it')).toEqual([
      '  # short',
      '  kind: ConfigMap',
      '  # in the cluster: StorageClass gold',
    ])
    expect(partOf(text, 'What people read')).toEqual(['  wrong. [p] Fix: mend'])
    expect(partOf(text, 'How it is right')).toEqual(['  kind: ConfigMap', '  team: x'])
    expect(text).toContain('"match": { "namespaces": ["shop"], "names": ["short"] }')
  })

  it('is one that is repaired, as it comes out', () => {
    const text = shown({
      examples: [
        example('denied', 'a', told, { manifest: 'a\n' }),
        example('fixed', 'b', { findings: [], warnings: ['set it'] }, { after: 'kind: ConfigMap\nteam: x\n' }),
      ],
    })
    expect(partOf(text, 'What people read')).toEqual(['  set it'])
    expect(partOf(text, 'How it is right')).toEqual(['  kind: ConfigMap', '  team: x'])
  })

  it('keeps the indentation of a denial where its lines are broken', () => {
    const denial = `wrong. [p]\n  Fix: ${'word '.repeat(22).trim()}`
    expect(partOf(shown({ examples: [example('denied', 'a', { findings: [], denial })] }), 'What people read')).toEqual(
      ['  wrong. [p]', `    Fix: ${'word '.repeat(18).trim()}`, '    word word word word'],
    )
  })

  it('says under what it holds', () => {
    const expected: ExpectedAnswer = {
      findings: [finding('team', 'm')],
      operation: 'DELETE',
      user: 'flux',
      kubernetesVersion: '1.33',
      settings: { action: 'deny' },
    }
    const text = shown({ examples: [example('denied', 'a', expected, { stored: 'a' })] })
    expect(partOf(text, 'An example that breaks it').slice(2)).toEqual([
      '  # this object is being deleted',
      '  # this is an update of what is stored',
      '  # asked for by flux',
      '  # for Kubernetes 1.33',
      '  # under these settings: { "action": "deny" }',
    ])
    expect(partOf(text, 'What people read')).toEqual(['  m'])
  })

  it('is about the one rule that is asked for', () => {
    const text = shown({
      rule: 'told',
      examples: [
        example('denied', 'a', told),
        example('denied', 'longer', { findings: [finding('told', 'only told')] }, { manifest: 'a\nb\nc\n' }),
      ],
    })
    expect(text).not.toContain('<field> is <value>')
    expect(partOf(text, 'Rule')[0]).toBe('  told')
    expect(partOf(text, 'What people read')).toEqual(['  only told'])
    expect(text).toContain('"rule": "told"')
  })
})
