import * as fc from 'fast-check'
import { dump } from 'js-yaml'
import supertest from 'supertest'
import { describe, expect, it } from 'vitest'
import { encodeRequest } from '../src/admission/encode-request.ts'
import { check } from '../src/cli/check.ts'
import { mutate, validate } from '../src/engine/decide.ts'
import { emptyInventory } from '../src/kubernetes/inventory.ts'
import type { JsonObject } from '../src/kubernetes/json.ts'
import { load } from '../src/load.ts'
import { requestFor } from '../src/manifest/request.ts'
import type { ReportFormat } from '../src/report/renderer.ts'
import { renderers } from '../src/report/renderers.ts'
import { recorder } from '../src/cli/recording.ts'
import type { Decide } from '../src/server/admission-handler.ts'
import type { Endpoint } from '../src/telemetry/admission-metrics.ts'
import { createMetrics } from '../src/telemetry/metrics.ts'
import { appWith } from './http/observed-app.ts'

const inForce = load({
  configFile: undefined,
  policyDirectories: [],
  profile: 'strict',
  ownNamespace: 'holdfast-system',
})
const { policies } = inForce

const metadata = { name: 'orders', namespace: 'shop' }
const base64 = (text: string): string => Buffer.from(text).toString('base64')

const configMap = (data: JsonObject, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata,
  data,
  ...more,
})
const secretObject = (more: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'Secret', metadata, ...more })
const pod = (container: JsonObject, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  spec: { containers: [{ name: 'app', image: 'orders:1', ...container }], ...more },
})

/** Objects that hold a credential, rightly or wrongly, each in another place. */
const carriers: Readonly<Record<string, (secret: string) => JsonObject>> = {
  'a key': (secret) => configMap({ DB_PASSWORD: secret }),
  'an env file': (secret) => configMap({ 'app.env': `PORT=1\nDB_PASSWORD=${secret}\nMODE=fast\n` }),
  'a YAML file': (secret) => configMap({ 'app.yaml': `spring:\n  datasource:\n    password: "${secret}"\n` }),
  'a JSON file': (secret) => configMap({ 'app.json': JSON.stringify({ db: { password: secret }, port: 1 }) }),
  'a URL': (secret) => configMap({ url: `postgres://orders:${secret}@db/orders` }),
  base64: (secret) => configMap({ blob: base64(`password=${secret}\n`) }),
  'binary data': (secret) => configMap({}, { binaryData: { blob: base64(`DB_PASSWORD=${secret}`) } }),
  'a variable': (secret) => pod({ env: [{ name: 'DB_PASSWORD', value: secret }] }),
  'a command': (secret) => pod({ command: ['sh', '-c', `PGPASSWORD=${secret} psql`] }),
  'the next argument': (secret) => pod({ args: ['--db-password', secret] }),
  'a header of a probe': (secret) =>
    pod({
      livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'Authorization', value: `Bearer ${secret}` }] } },
    }),
  'an annotation of a pod': (secret) => ({ ...pod({}), metadata: { ...metadata, annotations: { token: secret } } }),
  'a class': (secret) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'fast' },
    provisioner: 'kubernetes.io/glusterfs',
    parameters: { resturl: 'http://127.0.0.1', restuser: 'admin', restuserkey: secret },
  }),
  'the options of a volume': (secret) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'pv' },
    spec: {
      accessModes: ['ReadWriteMany'],
      capacity: { storage: '1Gi' },
      flexVolume: { driver: 'example.com/smb', options: { username: 'u', password: secret } },
    },
  }),
  'a volume of a pod': (secret) =>
    pod({}, { volumes: [{ name: 'v', flexVolume: { driver: 'example.com/smb', options: { password: secret } } }] }),
  'a Secret': (secret) => secretObject({ stringData: { password: secret }, data: { token: base64(secret) } }),
  'a Secret applied before': (secret) =>
    secretObject({
      metadata: {
        ...metadata,
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ stringData: { password: secret } }),
        },
      },
      stringData: { password: secret },
    }),
  'a misspelt field of a Secret': (secret) => secretObject({ stringDta: { password: secret } }),
  'a misspelt field of a ConfigMap': (secret) => configMap({}, { dat: { DB_PASSWORD: secret } }),
  'a list where a Secret has text': (secret) => secretObject({ stringData: { password: [secret] } }),
  'a misspelt field of a variable': (secret) => pod({ env: [{ name: 'DB_PASSWORD', vaule: secret }] }),
}

// No five of these characters in a row stand in any message by themselves.
const credential = fc
  .tuple(
    fc.string({ unit: fc.constantFrom('Q', 'Z', 'x', 'j', 'K', 'w', '7', '4', '9'), minLength: 10, maxLength: 24 }),
    fc.constantFrom('', '!', '#', '%', '-'),
  )
  .map(([text, sign]) => `Zq7${text}${sign}4Xj`)

/** Parts of a credential, as it is and in base64, of which none may be shown. */
function partsOf(secret: string): readonly string[] {
  return [secret, base64(secret)].flatMap((text) =>
    Array.from({ length: text.length - 4 }, (_, index) => text.slice(index, index + 5)),
  )
}

function shownOf(secret: string, output: string): readonly string[] {
  return partsOf(secret).filter((part) => output.includes(part))
}

/** All that the webhook says, logs and counts about an object. */
async function said(object: JsonObject): Promise<string> {
  const request = requestFor(object, 'shop')
  const surroundings = { inventory: emptyInventory, now: new Date('2026-06-01T00:00:00Z') }
  const metrics = createMetrics()
  const told: unknown[] = []
  const line = (fields: object): void => void told.push(fields)
  const record = recorder({
    logger: { isDebug: true, debug: line, info: line, warn: line, error: line },
    metrics,
    decisionLog: true,
    events: { publish: (notice) => void told.push(notice) },
  })
  const deciding =
    (endpoint: Endpoint, judge: typeof validate): Decide =>
    (judged) =>
      record({ endpoint, request: judged, decision: judge(policies, judged, surroundings), milliseconds: 0 })
  const { app, lines } = appWith({
    decide: { validate: deciding('validate', validate), mutate: deciding('mutate', mutate) },
    metrics,
  })
  const bodies: string[] = []
  for (const path of ['/mutate', '/validate']) {
    const { body } = await supertest(app)
      .post(path)
      .send(encodeRequest({ ...request, uid: 'u', dryRun: false, written: undefined }))
    // A patch of the object goes to the API server alone, which has the object.
    bodies.push(JSON.stringify({ ...body, response: { ...body.response, patch: undefined } }))
  }
  return [...bodies, JSON.stringify([lines, told]), await metrics.text()].join('\n')
}

/** All that `check` prints about manifests, in every format. */
async function printed(text: string): Promise<string> {
  let out = ''
  const format: ReportFormat = {
    name: 'all',
    description: 'all',
    showsEdits: true,
    render: (report, options) => renderers.map(({ render }) => render(report, options)).join('\n'),
  }
  await check(
    {
      paths: ['-'],
      inForce,
      format,
      failOn: 'deny',
      namespace: 'shop',
      cluster: emptyInventory,
      ignoreUnknown: false,
      version: '1.2.3',
    },
    {
      out: (more) => void (out += more),
      error: (more) => void (out += more),
      readInput: () => Promise.resolve(text),
      run: () => 'missing',
      colors: false,
      now: () => new Date('2026-06-01T00:00:00Z'),
    },
  )
  return out
}

describe.each(Object.entries(carriers))('a credential in %s', (_name, carrier) => {
  it('is in nothing that the webhook says, logs or counts', async () => {
    await fc.assert(
      fc.asyncProperty(credential, async (secret) => {
        expect(shownOf(secret, await said(carrier(secret)))).toEqual([])
      }),
      { numRuns: 15 },
    )
  })

  it('is in nothing that check prints, whatever the format', async () => {
    await fc.assert(
      fc.asyncProperty(credential, async (secret) => {
        const object = carrier(secret)
        for (const text of [dump(object), JSON.stringify(object)])
          expect(shownOf(secret, await printed(text))).toEqual([])
      }),
      { numRuns: 2 },
    )
  })
})

describe('the parts that are looked for', () => {
  it('would be noticed', () => {
    expect(shownOf('Zq7wjQQxK94Xj', 'it is wjQQx')).toEqual(['wjQQx'])
    expect(shownOf('Zq7wjQQxK94Xj', base64('Zq7wjQQxK94Xj'))).not.toEqual([])
  })

  it('are looked for in something', async () => {
    const out = await printed(dump(carriers['a key']?.('Zq7wjQQxK94Xj')))
    expect(out.split('configmap-no-secrets').length).toBeGreaterThan(renderers.length)
  })
})
