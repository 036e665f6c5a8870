import { gzipSync } from 'node:zlib'
import { type Arbitrary, array, boolean, constantFrom, nat, oneof, tuple } from 'fast-check'
import { dump } from 'js-yaml'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import type { Offence } from './offence.ts'
import { harmless, type Planted, planted, within } from './planted.ts'
import { passwordNames, passwords, placeholders } from './spellings.ts'

/** A file of settings that has a value under a name. */
type Writer = (name: string, value: string) => string

const asTree = (name: string, value: string): JsonObject => ({
  server: { port: 8080 },
  storage: [{ kind: 'disk' }, { kind: 'database', options: { [name]: value, pool: 5 } }],
})

const writers: readonly Writer[] = [
  (name, value) => `PORT=8080\n${name}=${value}\nLOG_LEVEL=info\n`,
  (name, value) => `#!/bin/sh\nexport ${name.replaceAll(/[.-]/g, '_')}='${value}'\nexec orders\n`,
  (name, value) => `[database]\nhost = db.shop\n${name} = "${value}"\n`,
  (name, value) => dump(asTree(name, value)),
  (name, value) =>
    dump([
      { name: 'PORT', value: '8080' },
      { name, value },
    ]),
  (name, value) => JSON.stringify(asTree(name, value)),
  (name, value) => JSON.stringify(asTree(name, value), undefined, 2),
  (name, value) => JSON.stringify({ 'app.json': JSON.stringify(asTree(name, value)) }),
  (name, value) => dump({ files: { 'app.env': `PORT=8080\n${name}=${value}\n` } }),
]

const keys = constantFrom('app.env', 'application.yaml', 'config.json', 'settings', 'notes.txt', 'run.sh', 'a.b_c-D')

const innocentData = array(
  tuple(
    constantFrom('LOG_LEVEL', 'index.html', 'nginx.conf', 'zones'),
    constantFrom('info', '<p>hello</p>\n', 'a: 1\n'),
  ),
  { maxLength: 2 },
).map((entries) => Object.fromEntries(entries))

/** A way to encode a text as another. */
type Layer = (text: string) => string

const base64: Layer = (text) => Buffer.from(text).toString('base64')
const folded: Layer = (text) => base64(text).replaceAll(/.{76}/g, '$&\n')
const compressed: Layer = (text) => gzipSync(text).toString('base64')
const layersOf = array(constantFrom(base64, folded, compressed), { maxLength: 2 })

/** A key of a ConfigMap and its text, and how that is encoded. */
interface Wrapped {
  readonly key: string
  readonly text: string
  readonly layers: readonly Layer[]
  readonly binary: boolean
}

const wrapped = tuple(tuple(keys, constantFrom(...writers), passwordNames), tuple(layersOf, boolean())).map(
  ([[key, write, name], [layers, binary]]) =>
    (value: string): Wrapped => ({ key, text: write(name, value), layers, binary }),
)

/** A value that is all there is under its name. */
const alone = tuple(passwordNames, boolean()).map(
  ([key, binary]) =>
    (value: string): Wrapped => ({ key, text: value, layers: [], binary }),
)

function configMaps(contents: Arbitrary<Wrapped>, found: 'found' | 'not found'): Arbitrary<Planted> {
  return tuple(contents, innocentData, nat({ max: 2 })).map(([{ key, text, layers, binary }, data, at]) => {
    const encoded = [...layers, ...(binary ? [base64] : [])].reduce((inner, encode) => encode(inner), text)
    const entries: [string, string][] = Object.entries(data)
    if (!binary) entries.splice(at, 0, [key, encoded])
    const part = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'planted', namespace: 'shop' },
      data: Object.fromEntries(entries),
      ...(binary ? { binaryData: { [key]: encoded } } : {}),
    }
    return found === 'found' ? planted(part, 'credential', `/${binary ? 'binaryData' : 'data'}/${key}`) : harmless(part)
  })
}

const contents = oneof({ weight: 5, arbitrary: wrapped }, alone)

const annotation = 'kubectl.kubernetes.io/last-applied-configuration'

/** A Secret, and what an apply left behind in its annotations. */
function secrets(applied: Arbitrary<Planted>): Arbitrary<Planted> {
  return tuple(applied, constantFrom('Opaque', 'kubernetes.io/tls'), constantFrom<JsonObject>({}, { note: 'x' })).map(
    ([one, type, others]) =>
      within(one, '', {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'planted', namespace: 'shop', annotations: { ...others, ...one.part } },
        type,
        data: { password: 'dHVsaXA=' },
      }),
  )
}

const copies = tuple(constantFrom('data', 'stringData'), passwords, nat({ max: 2 })).map(([field, value, indent]) => {
  const secret: JsonObject = { apiVersion: 'v1', [field]: { password: value }, kind: 'Secret', metadata: {} }
  return planted(
    { [annotation]: `${JSON.stringify(secret, undefined, indent)}\n` },
    'no-copy',
    '/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration',
  )
})

const noCopies = constantFrom<JsonObject>(
  {},
  { [annotation]: '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"data"},"type":"Opaque"}\n' },
  { [annotation]: '{"apiVersion":"v1","data":{},"kind":"Secret","metadata":{"annotations":{}}}\n' },
  { 'kubectl.kubernetes.io/restartedAt': '2026-01-01' },
)

/** What is wrong with configuration. */
export const configOffences: readonly Offence[] = [
  {
    policy: 'configmap-no-secrets',
    what: 'a password in a ConfigMap, whatever it is wrapped in',
    bad: configMaps(
      tuple(contents, passwords).map(([wrap, value]) => wrap(value)),
      'found',
    ),
    good: configMaps(
      tuple(contents, placeholders).map(([wrap, value]) => wrap(value)),
      'not found',
    ),
  },
  {
    policy: 'secret-no-last-applied',
    what: 'a copy of a Secret in its annotations',
    bad: secrets(copies),
    good: secrets(noCopies.map(harmless)),
  },
]
