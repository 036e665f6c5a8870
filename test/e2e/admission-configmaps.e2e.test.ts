import { generateKeyPairSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { at, asArray } from '../../src/kubernetes/json.ts'
import { dryRun, textAt } from './api.ts'
import { configMap } from './objects.ts'
import { useSession } from './session.ts'
import { waitFor } from './controlplane/wait-for.ts'

// Put together here, so that no scanner of this repository takes them for real.
const values = {
  accessKeyId: ['AKIA', 'Q3EGVXZPL5KJ7RWT'].join(''),
  secretAccessKey: ['kX8vQ2mZr5TbN1cY', 'w7LpJ4hGfD9sAe6U', 'oVi3RtKy'].join(''),
  privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
  databasePassword: ['tr0ub4dor', 'Zq9'].join('-'),
  token: ['ghp', 'x7Kq2mZr5TbN1cYw7LpJ4hGfD9sAe6UoVi3R'].join('_'),
}
const wrapped = Buffer.from(`token: ${values.token}\n`).toString('base64')
const dirty = {
  'aws.env': `AWS_ACCESS_KEY_ID=${values.accessKeyId}\nAWS_SECRET_ACCESS_KEY=${values.secretAccessKey}\n`,
  'tls.key': values.privateKey,
  DATABASE_URL: `postgres://app:${values.databasePassword}@db.example.com:5432/app`,
  wrapped,
}
const certificate = `-----BEGIN CERTIFICATE-----\n${Buffer.alloc(300, 'certificate').toString('base64')}\n-----END CERTIFICATE-----\n`
const clean = {
  'ca.crt': certificate,
  image: 'app.example.com/app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'request-id': '6f1c8a52-3f0e-4a0b-9a55-0d9a1f6a5c11',
  PASSWORD: '${DATABASE_PASSWORD}',
  DATABASE_TEMPLATE: 'postgres://app:${DATABASE_PASSWORD}@db.example.com:5432/app',
}
const legacyPassword = ['hunter', 'Xk29', 'vQ'].join('')
const legacy = configMap('legacy', { 'app.properties': `db.password=${legacyPassword}\n` })

const session = useSession({
  async before({ api }) {
    await api.create(legacy)
  },
})

/** The lines of a secret: none of them may show up anywhere. */
function secretLines(): readonly string[] {
  const { privateKey, ...others } = values
  const key = privateKey.split('\n').filter((line) => line !== '' && !line.startsWith('-----'))
  return [...Object.values(others), ...key, wrapped, legacyPassword]
}

describe('a ConfigMap with credentials', () => {
  it('is denied: each key is named, clean neighbours are not, and no value is told', async () => {
    const { cluster } = session()
    const object = configMap('settings', { ...dirty, ...clean })
    const { stderr } = await cluster.kubectl(['create', '-f', '-'], {
      input: JSON.stringify(object),
      expectFailure: true,
    })
    expect(stderr).toMatch(
      /^Error from server \(Forbidden\): error when creating "STDIN": admission webhook "storage\.validate\.holdfast\.dev" denied the request: ConfigMap default\/settings: /,
    )
    const { code, body } = await session().api.create(object)
    expect(code).toBe(403)
    const causes = asArray(at(body, 'details', 'causes'))
    const found = causes.map((cause) => [textAt(cause, 'field'), textAt(cause, 'reason')])
    expect(found).toEqual([
      ['data.DATABASE_URL', 'configmap-no-secrets'],
      ['data["aws.env"]', 'configmap-no-secrets'],
      ['data["aws.env"]', 'configmap-no-secrets'],
      ['data["tls.key"]', 'configmap-no-secrets'],
      ['data.wrapped', 'configmap-no-secrets'],
    ])
    for (const [field] of found) expect(stderr).toContain(`${field} holds `)
    for (const line of secretLines()) expect(stderr + JSON.stringify(body)).not.toContain(line)
    for (const key of Object.keys(clean)) expect(stderr).not.toContain(key)
  })

  it('leaves no value in the log of the webhook, its metrics and the audit log of the API server', async () => {
    const { cluster, webhook } = session()
    const log = await waitFor(() => webhook.log().includes('"name":"settings"') && webhook.log(), {
      timeoutMs: 5000,
      what: 'the denial to be logged',
    })
    const metrics = await (await fetch(`${webhook.healthUrl}/metrics`)).text()
    const audit = await readFile(cluster.auditLog, 'utf8')
    expect(audit).toContain('"name":"settings"')
    for (const line of secretLines()) for (const text of [log, metrics, audit]) expect(text).not.toContain(line)
  })

  it('is admitted with the clean values only', async () => {
    const { code, warnings } = await session().api.create(configMap('clean', clean))
    expect({ code, warnings }).toEqual({ code: 201, warnings: [] })
  })
})

describe('a ConfigMap that held a password before the policy was there', () => {
  it('can get another key, with a warning', async () => {
    const { code, warnings } = await session().api.merge(legacy, { data: { color: 'blue' } })
    expect({ code, warnings }).toEqual({
      code: 200,
      warnings: [expect.stringContaining('(it was so before this update)')],
    })
    expect(warnings[0]).not.toContain(legacyPassword)
  })

  it('can lose the password, without a warning', async () => {
    const answer = await session().api.merge(
      legacy,
      { data: { 'app.properties': 'db.password=${PASSWORD}\n' } },
      dryRun,
    )
    expect([answer.code, answer.warnings]).toEqual([200, []])
  })

  it('cannot get another password in its place', async () => {
    const changed = { data: { 'app.properties': `db.password=${values.databasePassword}\n` } }
    const { code, body } = await session().api.merge(legacy, changed)
    expect(code).toBe(403)
    expect(at(body, 'details', 'causes')).toMatchObject([
      { reason: 'configmap-no-secrets', field: 'data["app.properties"]' },
    ])
    expect(JSON.stringify(body)).not.toContain(values.databasePassword)
  })
})
