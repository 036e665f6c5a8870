import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decide } from '../src/engine/decide.ts'
import type { JsonObject } from '../src/kubernetes/json.ts'
import { parseJson } from '../src/policy/parse.ts'
import { configMap, nowhere, policySet, request } from './support/policy-set.ts'

const policy = 'configmap-no-secrets'
const policies = policySet([
  parseJson(readFileSync(new URL(`../policies/${policy}/policy.json`, import.meta.url), 'utf8'), policy),
])
const password = 'tulip9meadow'

function created(object: JsonObject): readonly string[] {
  return decide(policies, request(object), nowhere).findings.map(({ effect, path }) => `${effect} ${path}`)
}

describe('nothing inside the object switches it off', () => {
  // What other scanners obey, of whatever they scan.
  const marks = [
    'gitleaks:allow',
    'betterleaks:allow',
    'pragma: allowlist secret',
    'pragma: whitelist secret',
    'trufflehog:ignore',
    'secretlint-disable',
    'secretlint-disable-line',
    'nosec',
    'noqa',
    'NOSONAR',
    'ggignore',
    'kics-scan ignore',
    'checkov:skip=CKV_SECRET_6: demo',
    'tfsec:ignore:*',
    'trivy:ignore:*',
    'talisman:ignore',
    'detect-secrets:ignore',
    'hadolint ignore=DL3002',
    'holdfast:ignore',
    'holdfast.dev/ignore',
    'nosemgrep',
    // What makes a placeholder of a value, were it part of it.
    'changeme',
    '<password>',
    '${VAULT_PASSWORD}',
    'example',
  ]

  it.each(marks)('%s', (mark) => {
    const line = `DB_PASSWORD=${password}`
    for (const value of [
      `${line} # ${mark}\n`,
      `# ${mark}\n${line}\n`,
      `# ${mark}-file\n# ${mark}-next-line\n${line}\n`,
      `// ${mark}\n${line}\n`,
    ]) {
      expect(created(configMap({ 'app.env': value }))).toEqual(['deny /data/app.env'])
    }
  })

  it.each<[string, JsonObject]>([
    [
      'annotations',
      {
        annotations: Object.fromEntries(
          [
            'holdfast.dev/exempt',
            'holdfast.dev/ignore',
            'kube-linter.io/ignore-all',
            'checkov.io/skip1',
            'policies.kyverno.io/exclude',
            'kubesec.io/ignore',
            'polaris.fairwinds.com/exempt',
            'ignore-check.kube-linter.io/env-var-secret',
          ].map((name) => [name, 'true']),
        ),
      },
    ],
    [
      'labels',
      { labels: { 'holdfast.dev/ignore': 'true', 'admission.gatekeeper.sh/ignore': 'true', 'pepr.dev': 'ignore' } },
    ],
  ])('%s', (_what, metadata) => {
    expect(created(configMap({ 'app.env': `DB_PASSWORD=${password}\n` }, metadata))).toEqual(['deny /data/app.env'])
  })
})
