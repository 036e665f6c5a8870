import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asObject, type JsonObject } from '../../src/kubernetes/json.ts'
import { builtInPolicies, policyFiles, readPolicy } from '../../src/load.ts'
import { type ControlPlane, startControlPlane } from './controlplane/start.ts'

const crds = fileURLToPath(new URL('../../charts/holdfast/crds', import.meta.url))
const migrating = fileURLToPath(new URL('../../docs/migrating', import.meta.url))

const policies = [builtInPolicies, migrating].flatMap((folder) =>
  policyFiles(folder).map((file) => readPolicy(file).document),
)

let cluster: ControlPlane

beforeAll(async () => {
  cluster = await startControlPlane()
  await cluster.kubectl(['apply', `--filename=${crds}`])
  await cluster.kubectl(['wait', '--for=condition=Established', 'crd', '--all'])
})
afterAll(() => cluster?.stop())

/** What the API server would store of these. Rejects where it refuses one, or does not know one of its fields. */
async function tried(objects: readonly object[]): Promise<readonly JsonObject[]> {
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
  const flags = ['--dry-run=server', '--validate=strict', '--output=json']
  const { stdout } = await cluster.kubectl(['create', '--filename=-', ...flags], { input })
  // kubectl prints each object by itself.
  const texts = stdout.split(/^(?=\{)/m)
  return texts.map((text) => asObject(JSON.parse(text)))
}

describe('the definitions of the custom resources', () => {
  it('take every policy there is, and keep all of it', async () => {
    expect(policies.length).toBeGreaterThan(50)
    const stored = await tried(policies)
    expect(stored.map(({ spec }) => spec)).toEqual(policies.map(({ spec }) => spec))
  })

  it('keep what is embedded: a null, a reference, a parameter of any schema', async () => {
    const [policy] = policies
    const schema = { $ref: '#/definitions/a', definitions: { a: { not: { const: null } } }, 'x-own': [1, 'a', true] }
    const spec = {
      ...policy?.spec,
      parameters: { most: { description: 'd', default: [{ a: 1 }], items: { type: 'object' } } },
      rules: [{ name: 'r', assert: { schema }, remedy: 'f', fix: [{ set: '/a', value: null }] }],
    }
    expect((await tried([{ ...policy, spec }])).map((stored) => stored['spec'])).toEqual([spec])
  })

  it.each<[string, JsonObject, string]>([
    [
      'two assertions',
      { assert: { cel: 'true', check: 'a' } },
      '"spec.rules[0].assert" must validate one and only one schema',
    ],
    ['a misspelt field', { whem: 'true' }, 'unknown field "whem"'],
    ['a fix that is none', { fix: [{ set: '/a' }] }, '"spec.rules[0].fix[0]" must validate one and only one schema'],
  ])('refuse %s', async (_, more, expected) => {
    const [policy] = policies
    const spec = { ...policy?.spec, rules: [{ name: 'r', assert: { cel: 'true' }, remedy: 'f', ...more }] }
    await expect(tried([{ ...policy, spec }])).rejects.toThrow(expected)
  })
})
