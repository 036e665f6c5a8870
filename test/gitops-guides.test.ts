import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import type { AdmissionRequest } from '../src/admission/request.ts'
import { checks } from '../src/checks/registry.ts'
import { decide, mutate, validate } from '../src/engine/decide.ts'
import { inventoryOf } from '../src/kubernetes/inventory.ts'
import { asArray, asObject, asString, at, isObject, type JsonObject } from '../src/kubernetes/json.ts'
import { referenceOf } from '../src/kubernetes/object.ts'
import { builtInPolicies, policyFiles, readPolicy } from '../src/load.ts'
import { requestFor } from '../src/manifest/request.ts'
import { compilePolicies } from '../src/policy/compile.ts'

const folder = join(import.meta.dirname, '../docs/guide')
const names = ['gitops.md', 'argo-cd.md', 'flux.md']
const guides = new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))

/** The contents of a guide's blocks in one language. */
function blocks(text: string, language: string): readonly string[] {
  return text.split('\n```').flatMap((part, index) => {
    const end = part.indexOf('\n')
    return index % 2 === 1 && part.slice(0, end) === language ? [part.slice(end + 1)] : []
  })
}

function documents(text: string): readonly JsonObject[] {
  return blocks(text, 'yaml').flatMap((block) => loadAll(block).filter(isObject))
}

const manifests = documents(guides.get('gitops.md') ?? '')

function manifest(name: string): JsonObject {
  const found = manifests.find((object) => referenceOf(object).name === name)
  if (found === undefined) throw new Error(`gitops.md shows no ${name}`)
  return found
}

// Nothing configured but what flux.md says of the policy.
const policies = compilePolicies({
  policies: policyFiles(builtInPolicies).map(readPolicy),
  config: {
    file: 'holdfast.json',
    document: { profile: 'baseline', policies: { 'claim-delete-guard': { action: 'deny' } } },
  },
  checks,
  ownNamespace: 'holdfast-system',
})

const gold: JsonObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'gold' },
  provisioner: 'ebs.csi.aws.com',
  volumeBindingMode: 'WaitForFirstConsumer',
}
const surroundings = { inventory: inventoryOf([gold], ['StorageClass']), now: new Date('2026-01-01T00:00:00Z') }

function without(object: JsonObject, key: string): JsonObject {
  const { [key]: _, ...metadata } = asObject(object['metadata']) ?? {}
  return { ...object, metadata }
}

const create = (name: string): AdmissionRequest => requestFor(manifest(name), 'default')

function labelled(name: string): AdmissionRequest {
  return { ...create(name), operation: 'UPDATE', oldObject: without(manifest(name), 'labels') }
}

/** Deletion of a claim like `uploads` that is marked as critical. */
function deletion(name: string): AdmissionRequest {
  const metadata = { name, namespace: 'shop', labels: { 'holdfast.dev/criticality': 'critical' } }
  const oldObject = { ...manifest('uploads'), metadata }
  return { ...requestFor(oldObject, 'default'), operation: 'DELETE', object: undefined, written: undefined, oldObject }
}

/** A request as it is when the tool of a guide makes it: each marks what it applies. */
function by(guide: string, request: AdmissionRequest): AdmissionRequest {
  const marked = (object: JsonObject): JsonObject => {
    const metadata = asObject(object['metadata'])
    const id = `shop:/PersistentVolumeClaim:shop/${referenceOf(object).name}`
    const marks =
      guide === 'flux.md'
        ? {
            labels: {
              ...asObject(metadata['labels']),
              'kustomize.toolkit.fluxcd.io/name': 'shop',
              'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
            },
          }
        : { annotations: { 'argocd.argoproj.io/tracking-id': id } }
    return { ...object, metadata: { ...metadata, ...marks } }
  }
  const { object, oldObject } = request
  return { ...request, object: object && marked(object), oldObject: oldObject && marked(oldObject) }
}

// What the guides say happens to each of their examples, and which webhook says so.
const denials: Readonly<
  Record<string, { readonly webhook: string; readonly judge: typeof validate; readonly request: AdmissionRequest }>
> = {
  uploads: { webhook: 'storage.validate', judge: validate, request: create('uploads') },
  orders: { webhook: 'storage.mutate', judge: mutate, request: labelled('orders') },
  ledger: { webhook: 'deletions.validate', judge: validate, request: deletion('ledger') },
}

function denialOf({ response }: ReturnType<typeof validate>): string {
  return response.allowed ? 'allowed' : response.message
}

const denied = [...guides].flatMap(([guide, text]) =>
  blocks(text, 'text')
    .filter((block) => block.includes('denied the request: '))
    .map((block) => ({ guide, block, name: / PersistentVolumeClaim shop\/(\w+):/.exec(block)?.[1] ?? '' })),
)

describe('a denial that a guide shows', () => {
  it('is there for each example', () => {
    expect(denied.map(({ guide, name }) => `${guide} ${name}`)).toEqual([
      'argo-cd.md uploads',
      'argo-cd.md orders',
      'flux.md uploads',
      'flux.md orders',
      'flux.md ledger',
    ])
  })

  it.each(denied)('$guide: $name is what Holdfast answers, to the letter', ({ guide, block, name }) => {
    const start = block.indexOf('admission webhook')
    const denial = denials[name]
    if (denial === undefined) throw new Error(`no denial of ${name}`)
    const { webhook, judge, request } = denial
    const message = denialOf(judge(policies, by(guide, request), surroundings))
    expect(block.slice(start)).toBe(`admission webhook "${webhook}.holdfast.dev" denied the request: ${message}`)
  })
})

describe('the alert that flux.md shows', () => {
  const alert = documents(guides.get('flux.md') ?? '').find(({ kind }) => kind === 'Alert')
  const patterns = asArray(at(alert, 'spec', 'inclusionList')).map((pattern) => new RegExp(asString(pattern) ?? ''))

  it('keeps every denial, and not what the API server refuses by itself', () => {
    const kept = (text: string): boolean => patterns.some((pattern) => pattern.test(text))
    expect(denied.filter(({ block }) => !kept(block))).toEqual([])
    expect(kept('PersistentVolumeClaim/shop/orders dry-run failed (Invalid): spec: Forbidden')).toBe(false)
  })
})

describe('a warning that a guide shows', () => {
  const warned = blocks(guides.get('gitops.md') ?? '', 'text').map((block) => block.replace('Warning: ', ''))

  it.each([
    ['patients', 0],
    ['db', 1],
  ])('%s gets it, and is let in', (name, index) => {
    const { response } = decide(policies, create(name), surroundings)
    expect(response.allowed).toBe(true)
    expect(response.warnings).toContain(warned[index])
    expect(warned).toHaveLength(2)
  })
})

describe('what the guides say of repairs', () => {
  it('is so: a second apply of what was repaired finds it as it is stored', () => {
    const first = decide(policies, create('patients'), surroundings).response
    expect(first.allowed && first.patch).toEqual([
      { op: 'add', path: '/spec/accessModes', value: ['ReadWriteOncePod'] },
    ])
    const spec = { ...asObject(manifest('patients')['spec']), accessModes: ['ReadWriteOncePod'] }
    const oldObject = { ...manifest('patients'), spec }
    const again = mutate(policies, { ...create('patients'), operation: 'UPDATE', oldObject }, surroundings).response
    expect(again.allowed && again.patch).toEqual(first.allowed && first.patch)
  })
})

describe.each([...guides])('%s', (_guide, text) => {
  it('shows YAML that can be read, whole objects or the part that matters', () => {
    const shown = documents(text)
    expect(shown).not.toEqual([])
    expect(shown.filter((document) => document['spec'] === undefined)).toEqual([])
    const whole = shown.filter((document) => document['apiVersion'] !== undefined)
    expect(whole.filter((document) => referenceOf(document).name === '')).toEqual([])
  })

  it('links to files that are there', () => {
    const links = [...text.matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, path = '']) => path)
    expect(links.filter((path) => !existsSync(join(folder, path)))).toEqual([])
  })
})
