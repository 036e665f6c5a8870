import { describe, expect, it } from 'vitest'
import type { ExpectedAnswer, Side } from '../examples/example.ts'
import type { PolicyDocument, PolicySpec } from '../policy/document.ts'
import { catalogueEntry } from './policy-catalogue.ts'
import type { PageExample } from './policy-examples.ts'
import { renderPolicyIndex } from './policy-index.ts'
import { type PolicyPage, renderPolicyPage } from './policy-page.ts'

function policy(name: string, more: Partial<PolicySpec> = {}): PolicyDocument {
  return {
    apiVersion: 'policy.holdfast.dev/v1alpha1',
    kind: 'StoragePolicy',
    metadata: { name },
    spec: {
      title: 'Claims name their team',
      why: 'Somebody has to be asked.',
      severity: 'low',
      action: { baseline: 'warn', strict: 'deny' },
      match: { kinds: ['ConfigMap'] },
      rules: [{ name: 'team', assert: { cel: 'false' }, message: '{{field}} is {{actual}}' }],
      ...more,
    },
  }
}

function example(
  side: Side,
  name: string,
  expected: ExpectedAnswer | undefined,
  files: Partial<PageExample> = {},
): PageExample {
  return {
    example: { policy: 'p', side, name, object: {}, oldObject: undefined, context: [], after: undefined, expected },
    manifest: `# ${name}\nkind: ConfigMap\n`,
    stored: undefined,
    context: undefined,
    after: undefined,
    ...files,
  }
}

function page(more: Partial<PolicyPage> = {}): string {
  return renderPolicyPage({ document: policy('p'), examples: [], checks: new Map(), places: undefined, ...more })
}

describe('a page', () => {
  it('without more than a policy needs', () => {
    expect(page()).toBe(`# Claims name their team

\`p\` · severity **low** · baseline **warn** · strict **deny**

Somebody has to be asked.

## What it checks

On CREATE and UPDATE it judges:

- \`ConfigMap\`

### Rule \`team\`

> *field* is *value*

<details>
<summary>The rule in JSON</summary>

\`\`\`json
{ "name": "team", "assert": { "cel": "false" }, "message": "{{field}} is {{actual}}" }
\`\`\`

</details>

## What it does

| profile | action | at admission | in \`holdfast check\` |
|---|---|---|---|
| baseline | **warn** | admitted with a warning | warning |
| strict | **deny** | refused, with the fix | error |
| observe | **audit** | admitted silently, recorded | note |

An update that leaves a violation as it was passes with a warning: what was there before stays operable.

The configuration guide says how to choose another action, for some namespaces too, and how to make an exception.

## Parameters

It takes none.

Set in \`holdfast.json\`; here with what holds in profile baseline:

\`\`\`json
{ "policies": { "p": { "action": "warn" } } }
\`\`\`
`)
  })

  it('says what narrows it, what it reads, and where more is', () => {
    const document = policy('p', {
      match: { kinds: ['Pod'], operations: ['CREATE'], excludeNamespaces: ['sandbox-*'] },
      lookup: { classes: { kind: 'StorageClass', list: true } },
      variables: [{ name: 'one', expression: '1' }],
      controls: { 'cis-kubernetes-1.12': ['5.4.1', '5.4.2'] },
      links: ['https://example.com/a'],
      rules: [{ name: 'told', advice: true, assert: { cel: 'false' }, message: '{{field}} is {{actual}}' }],
    })
    const text = page({ document, places: { configurationGuide: '../guide.md', policyFolder: '../../policies/p' } })
    for (const part of [
      'On CREATE it judges:\n\n- `Pod`\n  - in `template` of PodTemplate\n',
      'Only where all of this holds: `excludeNamespaces` `["sandbox-*"]`.',
      '- `lookup.classes`: every other StorageClass\n',
      '```json\n{ "one": "1" }\n```',
      '- It only tells: it warns whatever the action, and is left out under `audit`',
      '[configuration guide](../guide.md)',
      '## Controls\n\nWhat it finds is evidence for these control items:\n\n- CIS Kubernetes Benchmark 1.12: 5.4.1, 5.4.2\n',
      "- <https://example.com/a>\n- [The policy's document](../../policies/p/policy.json)",
    ]) {
      expect(text).toContain(part)
    }
    expect(text).not.toContain('An update that leaves')
  })

  it('lists parameters, long defaults below the table', () => {
    const long = Array.from({ length: 20 }, (_, index) => `item-${index}`)
    const list = { type: 'array', items: { type: 'string' } }
    const parameters = {
      pattern: { description: 'Either a|b, or *.', type: 'string', pattern: '^a|b$', default: 'a|b' },
      names: { ...list, description: 'Names.', default: long },
    }
    const text = page({ document: policy('p', { parameters }) })
    expect(text).toContain('| `pattern` | string | `"a\\|b"` | Either a\\|b, or \\*. |\n')
    expect(text).toContain('| `names` | list of strings | see below | Names. |\n')
    expect(text).toContain(
      '<summary>JSON Schema of pattern</summary>\n\n```json\n{ "type": "string", "pattern": "^a|b$" }\n',
    )
    expect(text).not.toContain('JSON Schema of names')
    expect(text).toContain('"item-19"')
  })

  it.each([
    ['fix', 'Pod', 'In the template of a workload the violation is a warning'],
    ['warn', 'Pod', 'is repaired where you set its action to `fix`'],
  ] as const)('says what action %s does to what can be repaired', (baseline, kind, words) => {
    const document = policy('p', {
      match: { kinds: [kind] },
      action: { baseline, strict: 'deny' },
      rules: [{ name: 'r', assert: { cel: 'false' }, fix: [{ remove: '/a' }] }],
    })
    expect(page({ document })).toContain(words)
  })
})

describe('examples', () => {
  const finding = { rule: 'r', effect: 'none', path: '', message: 'ConfigMap p: wrong. [p]' } as const

  it.each([
    [{ findings: [] }, 'Admitted; nothing is said.'],
    [{ findings: [finding] }, 'nothing is said, but this is recorded:\n\n```text\nConfigMap p: wrong. [p]\n```'],
    [{ findings: [finding], denial: 'a\n  Fix: b' }, 'Refused with this message:\n\n```text\na\n  Fix: b\n```'],
    [{ findings: [finding], warnings: ['a', 'b'] }, 'Admitted with these warnings:\n\n```text\na\nb\n```'],
    [
      { findings: [finding], denial: 'a', warnings: ['b'] },
      '```text\na\n```\n\nBesides, this warning:\n\n```text\nb\n```',
    ],
    [{ findings: [], operation: 'DELETE' }, 'This object is being deleted.\n\n```yaml'],
    [{ findings: [], user: 'flux' }, 'Asked for by `flux`.\n\n```yaml'],
    [{ findings: [], settings: { action: 'off' } }, '```json\n{ "policies": { "p": { "action": "off" } } }\n```'],
    [{}, 'The answer is not written down yet.'],
    [undefined, 'The answer is not written down yet.'],
  ] as const)('with the answer %j', (expected, text) => {
    expect(page({ examples: [example('denied', 'one', expected)] })).toContain(text)
  })

  it('shows a manifest with its comments, and what surrounds it', () => {
    const files = { stored: 'stored: 1\n', context: 'context: 1\n' }
    const text = page({ examples: [example('allowed', 'stored-before', { findings: [] }, files)] })
    expect(text).toContain('### Allowed\n\n#### Stored before\n\n```yaml\n# stored-before\nkind: ConfigMap\n```\n')
    expect(text).toContain('<summary>What is stored before this update</summary>\n\n```yaml\nstored: 1\n```')
    expect(text).toContain('<summary>What else is in the cluster</summary>\n\n```yaml\ncontext: 1\n```')
  })

  it('shows a repair as a difference', () => {
    const repaired = example(
      'fixed',
      'one',
      { findings: [], warnings: ['w'] },
      { after: 'kind: ConfigMap\ndata: {}\n' },
    )
    expect(page({ examples: [repaired] })).toContain(
      '### Repaired\n\n#### One\n\n```diff\n # one\n kind: ConfigMap\n+data: {}\n```\n\nRepaired with this warning:',
    )
  })

  it('shows two of a side in full and the others on a click', () => {
    const text = page({ examples: ['a', 'b', 'c'].map((name) => example('denied', name, { findings: [] })) })
    expect(text).toContain('### Refused or warned about\n\n#### A\n')
    expect(text).toContain('#### B\n')
    expect(text).toContain('<details>\n<summary>C</summary>\n\n```yaml\n# c\n')
    expect(text).not.toContain('#### C')
  })
})

describe('the whole pack', () => {
  const entry = (name: string, kinds: readonly string[], spec: Partial<PolicySpec> = {}) =>
    catalogueEntry(policy(name, spec), {
      action: 'deny',
      parameters: {},
      kinds,
      namespaces: {},
      exceptions: [],
      showsRepairs: false,
    })

  it('is a table for each group', () => {
    const fix = [{ name: 'r', assert: { cel: 'false' }, fix: [{ remove: '/a' }] }]
    const parameters = { label: { description: 'd', default: '' } }
    const entries = [
      entry('any', ['Pod', 'ConfigMap', 'PersistentVolume', 'StorageClass.storage.k8s.io']),
      entry('claim', ['PersistentVolumeClaim', 'PersistentVolume'], { title: 'a | b', rules: fix, parameters }),
      entry('own', ['Rollout.argoproj.io']),
    ]
    const header =
      '| policy | what must hold | baseline / strict | fix | severity | parameters |\n|---|---|---|---|---|---|'
    expect(renderPolicyIndex(entries, (id) => `${id}.md`)).toBe(`## Claims

${header}
| [claim](claim.md) | a \\| b | warn / deny | yes | low | \`label\` |

## Manifests of every kind

${header}
| [any](any.md) | Claims name their team | warn / deny | no | low | – |

## Others

${header}
| [own](own.md) | Claims name their team | warn / deny | no | low | – |
`)
  })
})
