import { describe, expect, it } from 'vitest'
import { checkContext } from '../../../test/support/check-context.ts'
import { asObject, type JsonObject, type JsonValue } from '../../kubernetes/json.ts'
import { podSecrets } from './pod.ts'

const password = 'tulip9meadow'

function found(container: JsonObject, parameters: JsonObject = {}, list = 'containers'): readonly string[] {
  const pod = { metadata: { name: 'orders' }, spec: { [list]: [{ name: 'app', image: 'app', ...container }] } }
  const findings = podSecrets.evaluate(parameters, pod, checkContext())
  expect(JSON.stringify(findings)).not.toContain('tulip')
  return findings.map(({ path, problem }) => `${path} ${problem}`)
}

const env = (...variables: readonly (readonly [string, JsonValue])[]): JsonObject => ({
  env: variables.map(([name, value]) => ({ name, value })),
})

describe('podSecrets', () => {
  it('reports a literal, its place and what to do, and never the value', () => {
    const pod = { metadata: { name: 'orders' }, spec: { containers: [env(['DB_PASSWORD', password])] } }
    expect(podSecrets.evaluate({}, pod, checkContext({ carrier: pod }))).toEqual([
      {
        path: '/spec/containers/0/env/0/value',
        problem: '{{field}} holds a literal password (under DB_PASSWORD)',
        actual: expect.stringMatching(/not shown$/),
        expected: 'no credential',
        remedy: 'move it to a Secret, for example orders-secret, and replace value with valueFrom.secretKeyRef',
        why: 'password-literal, medium confidence',
        secretName: 'orders-secret',
      },
    ])
  })

  it.each(['containers', 'initContainers', 'ephemeralContainers'])('looks into %s', (list) => {
    expect(found(env(['PORT', '1'], ['DB_PASSWORD', password]), {}, list)).toEqual([
      expect.stringMatching(`^/spec/${list}/0/env/1/value `),
    ])
  })

  it.each<[string, JsonObject, string]>([
    ['a url', env(['DATABASE_URL', `postgres://app:${password}@db/orders`]), '/env/0/value'],
    ['a file in a variable', env(['CONFIG', `a: 1\npassword: ${password}\n`]), '/env/0/value'],
    ['an argument', { args: ['serve', `--db-password=${password}`] }, '/args/1'],
    ['the word after a flag', { command: ['serve', '--db-password', password] }, '/command/2'],
    ['a flag at the end of the command', { command: ['serve', '--db-password'], args: [password] }, '/args/0'],
    ['a shell', { command: ['sh', '-c', `PGPASSWORD=${password} psql -h db`] }, '/command/2'],
    ['a short flag', { command: ['mysql', `-p${password}`] }, '/command/1'],
    ['a user and password', { command: ['curl', '-u', `bob:${password}`, 'http://db'] }, '/command/2'],
    [
      'a probe',
      { livenessProbe: { exec: { command: ['redis-cli', '--password', password] } } },
      '/livenessProbe/exec/command/2',
    ],
    [
      'a hook',
      { lifecycle: { preStop: { exec: { command: ['sh', '-c', `curl -u bob:${password} http://x`] } } } },
      '/lifecycle/preStop/exec/command/2',
    ],
    [
      'a header of a probe',
      {
        readinessProbe: {
          httpGet: { httpHeaders: [{ name: 'Authorization', value: 'Bearer q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1sAe5' }] },
        },
      },
      '/readinessProbe/httpGet/httpHeaders/0/value',
    ],
  ])('finds %s', (_name, container, path) => {
    expect(found(container)).toEqual([expect.stringMatching(`^/spec/containers/0${path} `)])
  })

  it.each<[string, JsonObject]>([
    ['a reference', { env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] }],
    ['a variable of the container', env(['DB_URL', 'postgres://app:$(DB_PASSWORD)@db/orders'])],
    ['a file', env(['POSTGRES_PASSWORD_FILE', '/run/secrets/db-password'])],
    ['the name of a Secret', env(['SECRET_NAME', 'orders-db-password'])],
    ['an empty value', env(['DB_PASSWORD', ''])],
    ['flags', { args: ['--token-file', '/var/run/token', '--password-file=/run/pw', '--secret', '$(TOKEN)'] }],
    ['what is no container', env(['DB_PASSWORD', 5])],
  ])('passes %s', (_name, container) => expect(found(container)).toEqual([]))

  it('passes variables that the operator allows', () => {
    expect(found(env(['DEMO_PASSWORD', password], ['B_PASSWORD', password]), { allowKeys: ['DEMO_*'] })).toHaveLength(1)
  })

  it.each<[JsonValue]>([[null], [1], [[]], [{ spec: { containers: [null, { env: {}, args: 'x', lifecycle: [] }] } }]])(
    'finds nothing in %j',
    (pod) => expect(podSecrets.evaluate({}, asObject(pod), checkContext())).toEqual([]),
  )
})
