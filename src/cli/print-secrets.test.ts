import { readdirSync } from 'node:fs'
import { loadAll } from 'js-yaml'
import { afterAll, describe, expect, it } from 'vitest'
import { run, storageClass, testFolder } from '../../test/support/command-line.ts'
import { configMap } from '../../test/support/policy-set.ts'
import type { JsonObject } from '../kubernetes/json.ts'

const folder = testFolder()
afterAll(() => folder.remove())

const password = 'tulip9meadow'
const encoded = Buffer.from(`DB_PASSWORD=${password}\n`).toString('base64')

function deployment(container: JsonObject, name = 'web'): JsonObject {
  const spec = { template: { spec: { containers: [{ name: 'app', image: 'app:1', ...container }] } } }
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec }
}

async function printed(...objects: readonly JsonObject[]): Promise<string> {
  const input = objects.map((object) => `---\n${JSON.stringify(object)}\n`).join('')
  const { code, out } = await run(['fix', '-', '--print-secrets', '--namespace', 'team'], input)
  expect(code).toBe(0)
  return out
}

const env = (...pairs: readonly (readonly [string, string])[]): JsonObject => ({
  env: pairs.map(([name, value]) => ({ name, value })),
})

describe('fix --print-secrets', () => {
  it.each<[string, JsonObject, JsonObject]>([
    [
      'a file as a key',
      configMap({ 'app.env': `A=1\nDB_PASSWORD=${password}\n` }),
      { stringData: { 'app.env': `A=1\nDB_PASSWORD=${password}\n` } },
    ],
    ['a value', configMap({ password: `${password}\n` }), { stringData: { password } }],
    ['an assignment', configMap({ 'a.env': `DB_PASSWORD="${password}"` }), { stringData: { DB_PASSWORD: password } }],
    ['a binary key', { ...configMap({}), binaryData: { 'a.env': encoded } }, { data: { 'a.env': encoded } }],
    ['a variable', deployment(env(['DB_PASSWORD', password])), { stringData: { DB_PASSWORD: password } }],
    [
      'two values of one name',
      deployment({ ...env(['DB_PASSWORD', password]), args: ['--DB_PASSWORD=x1y2-z3w4'] }),
      { stringData: { DB_PASSWORD: password, 'DB_PASSWORD-2': 'x1y2-z3w4' } },
    ],
    [
      'one value of one name',
      deployment({ ...env(['DB_PASSWORD', password]), args: [`--DB_PASSWORD=${password}`] }),
      { stringData: { DB_PASSWORD: password } },
    ],
    [
      'a parameter of a class',
      storageClass('gold', { parameters: { 'example.com/secretKey': password } }),
      { stringData: { 'example.com_secretKey': password } },
    ],
  ])('gives %s to a Secret', async (_what, object, content) => {
    const secrets = loadAll(await printed(object))
    expect(secrets).toEqual([
      { apiVersion: 'v1', kind: 'Secret', metadata: expect.anything(), type: 'Opaque', ...content },
    ])
  })

  it('names the Secret as the fix does, in the namespace of its object, and says what to put in its place', async () => {
    expect(await printed(configMap({ password }), deployment(env(['DB_PASSWORD', password])))).toBe(`---
# <stdin>: ConfigMap settings data.password: valueFrom.secretKeyRef with key password, or mount it as a file
apiVersion: v1
kind: Secret
metadata:
  name: settings-secret
  namespace: shop
type: Opaque
stringData:
  password: ${password}
---
# <stdin>: Deployment web spec.template.spec.containers[0].env[0].value: valueFrom.secretKeyRef with key DB_PASSWORD instead of value
apiVersion: v1
kind: Secret
metadata:
  name: web-secret
  namespace: team
type: Opaque
stringData:
  DB_PASSWORD: ${password}
`)
  })

  it('leaves what it cannot cut out to a person, without showing it', async () => {
    expect(await printed(deployment({ command: ['sh', '-c', `PGPASSWORD=${password} psql -h db`] }))).toBe(
      '# <stdin>: Deployment web spec.template.spec.containers[0].command[2]: cut the credential out by hand; it stands among other words\n',
    )
  })

  it.each<[string, JsonObject]>([
    ['where there is no credential', configMap({ colour: 'blue' })],
    ['for a password that has to be replaced', configMap({ password: 'changeme' })],
    ['of other violations', storageClass('gold', { volumeBindingMode: 'Immediate' })],
  ])('prints nothing %s', async (_what, object) => expect(await printed(object)).toBe(''))

  it('leaves alone what the operator allows', async () => {
    const config = folder.file('holdfast.json', {
      policies: { 'configmap-no-secrets': { parameters: { allowKeys: ['password'] } } },
    })
    const path = folder.file('a.json', configMap({ password }))
    const before = readdirSync(folder.path)
    expect(await run(['fix', path, '--print-secrets', '--config', config])).toEqual({ code: 0, out: '' })
    expect(readdirSync(folder.path)).toEqual(before)
  })

  it('reads the rest where a document cannot be read, and says so', async () => {
    const { code, out } = await run(
      ['fix', '-', '--print-secrets'],
      `a: b: c\n---\n${JSON.stringify(configMap({ password }))}\n`,
    )
    expect(code).toBe(2)
    expect(out).toMatch(/name: settings-secret[\s\S]*<stdin>:1:5 {2}problem {2}/)
  })
})
