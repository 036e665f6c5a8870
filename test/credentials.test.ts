import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fingerprintWith } from '../src/checks/secrets/fingerprint.ts'
import { decide } from '../src/engine/decide.ts'
import type { Finding } from '../src/engine/finding.ts'
import type { JsonObject } from '../src/kubernetes/json.ts'
import type { PolicySet } from '../src/policy/compiled.ts'
import { LoadError } from '../src/policy/problem.ts'
import { parseJson } from '../src/policy/parse.ts'
import { configMap, nowhere, policySet, request } from './support/policy-set.ts'

const documents = ['configmap-no-secrets', 'env-no-secrets'].map((name) =>
  parseJson(readFileSync(new URL(`../policies/${name}/policy.json`, import.meta.url), 'utf8'), name),
)
const key = 'a key of this test with enough characters'
const fingerprint = fingerprintWith(key)
const password = 'tulip9meadow'
const other = 'Heron4-lake'

const policies = (config: JsonObject = {}, fingerprintKey: string | undefined = key): PolicySet =>
  policySet(documents, config, fingerprintKey)

interface Update {
  readonly from: JsonObject
  readonly to: JsonObject
  readonly config?: JsonObject
}

const results = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ effect, path, note }) => [effect, path, note].filter((part) => part !== undefined).join(' '))

const created = (object: JsonObject, config: JsonObject = {}): readonly string[] =>
  results(decide(policies(config), request(object), nowhere).findings)

const updated = ({ from, to, config = {} }: Update): readonly string[] =>
  results(decide(policies(config), request(to, from), nowhere).findings)

function deployment(env: readonly JsonObject[], args: readonly string[] = []): JsonObject {
  const container = { name: 'app', image: 'app', env, args }
  const metadata = { name: 'orders', namespace: 'shop' }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { template: { spec: { containers: [container] } } },
  }
}

const before = 'it was so before this update'

describe('an update', () => {
  const stored = configMap({ 'app.env': `DB_PASSWORD=${password}\n`, colour: 'blue' })

  it.each<[string, JsonObject, readonly string[]]>([
    [
      'keeps it',
      configMap({ 'app.env': `DB_PASSWORD=${password}\n`, colour: 'red' }),
      [`warn /data/app.env ${before}`],
    ],
    [
      'only labels the object',
      { ...stored, metadata: { name: 'settings', namespace: 'shop', labels: { a: 'b' } } },
      [`warn /data/app.env ${before}`],
    ],
    [
      'changes the password',
      configMap({ 'app.env': `DB_PASSWORD=${other}\n`, colour: 'blue' }),
      ['deny /data/app.env'],
    ],
    ['renames the key', configMap({ 'new.env': `DB_PASSWORD=${password}\n`, colour: 'blue' }), ['deny /data/new.env']],
    [
      'copies it',
      configMap({ 'app.env': `DB_PASSWORD=${password}\n`, 'b.env': `DB_PASSWORD=${password}\n` }),
      [`warn /data/app.env ${before}`, 'deny /data/b.env'],
    ],
    [
      'adds another',
      configMap({ 'app.env': `DB_PASSWORD=${password}\nX_PASSWORD=${other}\n` }),
      ['deny /data/app.env'],
    ],
    [
      'moves it to binaryData',
      { ...configMap({}), binaryData: { 'app.env': Buffer.from(`DB_PASSWORD=${password}`).toString('base64') } },
      ['deny /binaryData/app.env'],
    ],
    ['removes it', configMap({ colour: 'blue' }), []],
  ])('that %s', (_what, to, wanted) => expect(updated({ from: stored, to })).toEqual(wanted))

  const one = { name: 'A_PASSWORD', value: password }
  const two = { name: 'PORT', value: '1' }
  const place = '/spec/template/spec/containers/0'
  it.each<[string, JsonObject, readonly string[]]>([
    [
      'reorders variables',
      deployment([two, one], ['--db-password=x1y2-z3']),
      [`warn ${place}/env/1/value ${before}`, `warn ${place}/args/0 ${before}`],
    ],
    [
      'adds an argument in front',
      deployment([one], ['-v', '--db-password=x1y2-z3']),
      [`warn ${place}/env/0/value ${before}`, `warn ${place}/args/1 ${before}`],
    ],
    ['changes the value', deployment([{ ...one, value: other }], []), [`deny ${place}/env/0/value`]],
    ['renames the variable', deployment([{ ...one, name: 'B_PASSWORD' }]), [`deny ${place}/env/0/value`]],
    ['changes the argument', deployment([], ['--db-password=x1y2-z4']), [`deny ${place}/args/0`]],
  ])('of a workload that %s', (_what, to, wanted) =>
    expect(updated({ from: deployment([one, two], ['--db-password=x1y2-z3']), to })).toEqual(wanted),
  )

  it('cannot hide a new credential among more old ones than are told', () => {
    const many = Object.fromEntries(
      Array.from({ length: 220 }, (_, index) => [`k${index}`, `DB_PASSWORD=${password}${index}\n`]),
    )
    const found = updated({ from: configMap(many), to: configMap({ ...many, zz: `DB_PASSWORD=${other}\n` }) })
    expect(found.filter((line) => line.startsWith('deny'))).toEqual(['deny /data/zz'])
  })
})

describe('an allowed fingerprint', () => {
  const settings = (known: string): JsonObject => ({
    policies: { 'configmap-no-secrets': { parameters: { allowFingerprints: [fingerprint(known)] } } },
  })

  it.each<[string, string, JsonObject, readonly string[]]>([
    ['covers its value', password, configMap({ 'app.env': `DB_PASSWORD=${password}\n` }), []],
    ['covers it under another name', password, configMap({ 'b.yaml': `db:\n  password: ${password}\n` }), []],
    ['covers no other value', other, configMap({ 'app.env': `DB_PASSWORD=${password}\n` }), ['deny /data/app.env']],
    [
      'covers no other beside it',
      password,
      configMap({ 'app.env': `A_PASSWORD=${password}\nB_PASSWORD=${other}\n` }),
      ['deny /data/app.env'],
    ],
    [
      'covers no other on its line',
      password,
      configMap({ 'a.txt': `app --db-password=${password} --app-password=${other}\n` }),
      ['deny /data/a.txt'],
    ],
  ])('%s', (_what, known, object, wanted) => expect(created(object, settings(known))).toEqual(wanted))

  it('is a mistake where there is no key to make one with', () => {
    const exception = {
      policy: 'env-no-secrets',
      match: { fingerprints: ['0123abcd'] },
      reason: 'r',
      owner: 'o',
      expires: '2027-01-01',
    }
    const config = { ...settings(password), exceptions: [exception] }
    let problems: readonly string[] = []
    try {
      policySet(documents, config)
    } catch (error) {
      problems = error instanceof LoadError ? error.problems.map(({ path, problem }) => `${path} ${problem}`) : []
    }
    const reason =
      'names fingerprints, but there is no key to make them with; set HOLDFAST_FINGERPRINT_KEY or fingerprintKeyFile'
    expect(problems).toEqual([
      `/policies/configmap-no-secrets/parameters/allowFingerprints ${reason}`,
      `/exceptions/0/match/fingerprints ${reason}`,
    ])
  })
})

describe('an exception by fingerprint', () => {
  const excepted = (match: JsonObject, expires = '2027-01-01'): JsonObject => ({
    exceptions: [
      { policy: 'configmap-no-secrets', rule: 'credential', match, reason: 'a demo', owner: 'sre', expires },
    ],
  })
  const fingerprints = [fingerprint(password)]
  const note = 'excepted until 2027-01-01: a demo (sre)'
  const object = configMap({ 'app.env': `DB_PASSWORD=${password}\n` })

  it.each<[string, JsonObject, JsonObject, readonly string[]]>([
    ['holds for its value', excepted({ fingerprints }), object, [`none /data/app.env ${note}`]],
    [
      'holds in its namespace, object and place',
      excepted({ namespaces: ['shop'], names: ['settings'], paths: ['/data/app.env'], fingerprints }),
      object,
      [`none /data/app.env ${note}`],
    ],
    ['holds at no other place', excepted({ paths: ['/data/b.env'], fingerprints }), object, ['deny /data/app.env']],
    [
      'is void once the value changes',
      excepted({ fingerprints }),
      configMap({ 'app.env': `DB_PASSWORD=${other}\n` }),
      ['deny /data/app.env'],
    ],
    [
      'is void once another is added',
      excepted({ fingerprints }),
      configMap({ 'app.env': `DB_PASSWORD=${password}\nA_PASSWORD=${other}\n` }),
      ['deny /data/app.env'],
    ],
    [
      'ends',
      excepted({ fingerprints }, '2026-05-31'),
      object,
      ['deny /data/app.env an exception for this ended on 2026-05-31'],
    ],
  ])('%s', (_what, config, one, wanted) => expect(created(one, config)).toEqual(wanted))
})

describe('what a person reads', () => {
  const [finding] = decide(
    policies(),
    request(configMap({ 'app.yaml': `\n\nspring:\n  datasource:\n    password: ${password}\n` })),
    nowhere,
  ).findings

  it('names object, key, line and name, kind, confidence and fingerprint, and none of the value', () => {
    expect([finding?.message, finding?.why, finding?.fix.text]).toEqual([
      'ConfigMap shop/settings: data["app.yaml"] holds a literal password (line 5, under password). [configmap-no-secrets]',
      `password-literal, medium confidence, fingerprint ${fingerprint(password)}`,
      'move it to a Secret, for example key password of settings-secret, and refer to it with secretKeyRef or a Secret volume',
    ])
    expect(JSON.stringify(finding)).not.toContain('tulip')
  })

  it('has the same verdict, and no fingerprint, without a key', () => {
    const [plain] = decide(
      policySet(documents),
      request(configMap({ a: `DB_PASSWORD=${password}\n` })),
      nowhere,
    ).findings
    expect([plain?.effect, plain?.why]).toEqual(['deny', 'password-literal, medium confidence'])
  })
})
