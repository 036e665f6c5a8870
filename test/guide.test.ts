import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { policyKinds } from '../src/cluster/policy-kinds.ts'
import { watchedKinds } from '../src/cluster/watched-kind.ts'
import { asArray, asString, at, isObject, type JsonObject, type JsonValue } from '../src/kubernetes/json.ts'
import { parseGroupKind } from '../src/kubernetes/kinds.ts'
import { groupVersion } from '../src/kubernetes/object.ts'
import { builtInViews } from '../src/kubernetes/views.ts'

const repository = join(import.meta.dirname, '..')

function documents(file: string): readonly JsonObject[] {
  return loadAll(readFileSync(join(repository, 'docs/guide', file), 'utf8')).filter(isObject)
}

function texts(value: JsonValue | undefined): readonly string[] {
  return asArray(value).flatMap((item) => asString(item) ?? [])
}

/** What rules of a webhook or a role name: `group/resource VERB`, sorted. */
function named(rules: JsonValue | undefined, verbs: string): readonly string[] {
  const all = asArray(rules).flatMap((rule) =>
    texts(at(rule, 'apiGroups')).flatMap((group) =>
      texts(at(rule, 'resources')).flatMap((resource) =>
        texts(at(rule, verbs)).map((verb) => `${group}/${resource} ${verb}`),
      ),
    ),
  )
  return all.sort()
}

function registered(kind: string): readonly string[] {
  const configuration = documents('webhook-configuration.yaml').find((document) => document['kind'] === kind)
  return asArray(configuration?.['webhooks'])
    .flatMap((webhook) => named(at(webhook, 'rules'), 'operations'))
    .sort()
}

// What it finds the API server drops or refuses before it asks a webhook.
const manifestsOnly = new Set(['manifest-valid'])

/** What a built-in policy judges: its kinds and those they hide in, each with each of its operations. */
function judged(): readonly string[] {
  const folder = join(repository, 'policies')
  const all = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !manifestsOnly.has(entry.name))
    .flatMap((entry) => {
      const policy: JsonValue = JSON.parse(readFileSync(join(folder, entry.name, 'policy.json'), 'utf8'))
      const match = at(policy, 'spec', 'match')
      const stated = texts(at(match, 'operations'))
      const operations = stated.length === 0 ? ['CREATE', 'UPDATE'] : stated
      const kinds = texts(at(match, 'kinds')).map((kind) => parseGroupKind(kind) ?? kind)
      // What hides in an object is not deleted with it.
      return operations.flatMap((operation) =>
        (operation === 'DELETE' ? kinds : carriers(kinds)).map((kind) => `${resourceOf(kind)} ${operation}`),
      )
    })
  return [...new Set(all)].sort()
}

/** The kinds and all in which they hide, however deep. */
function carriers(kinds: readonly string[]): readonly string[] {
  const all = new Set(kinds)
  for (const kind of all) for (const view of builtInViews) if (view.kind === kind) all.add(view.in)
  return [...all]
}

function resourceOf(kind: string): string {
  const [name = '', ...group] = kind.split('.')
  const plural = name.toLowerCase() + (name.endsWith('s') ? 'es' : 's')
  return `${group.join('.')}/${plural}`
}

describe('webhook-configuration.yaml', () => {
  const validating = registered('ValidatingWebhookConfiguration')
  const mutating = registered('MutatingWebhookConfiguration')

  it('registers everything that a built-in policy judges', () => {
    expect(judged().length).toBeGreaterThan(20)
    expect(judged().filter((entry) => !validating.includes(entry))).toEqual([])
    // No more than these: every deletion costs a call.
    expect(validating.filter((entry) => entry.endsWith(' DELETE'))).toEqual([
      '/persistentvolumeclaims DELETE',
      '/persistentvolumes DELETE',
      'snapshot.storage.k8s.io/volumesnapshotcontents DELETE',
    ])
  })

  it('repairs where it judges, except deletions', () => {
    // A policy is not repaired but refused.
    const notRepaired = / DELETE$|^policy\.holdfast\.dev\//
    expect(mutating).toEqual(validating.filter((entry) => !notRepaired.test(entry)))
  })

  it('names no subresource but the one that adds containers', () => {
    const resources = validating.map((entry) => entry.slice(entry.indexOf('/') + 1))
    expect([...new Set(resources.filter((resource) => /[/*]/.test(resource)))]).toEqual([
      'pods/ephemeralcontainers CREATE',
      'pods/ephemeralcontainers UPDATE',
    ])
  })
})

describe('cluster-role.yaml', () => {
  it('lets the webhook list and watch every kind it follows, write the status of policies, and nothing else', () => {
    const [role] = documents('cluster-role.yaml')
    const followed = [...watchedKinds, ...policyKinds].flatMap(({ apiVersion, resource }) =>
      ['list', 'watch'].map((verb) => `${groupVersion(apiVersion).group}/${resource} ${verb}`),
    )
    const written = policyKinds.map(({ resource }) => `policy.holdfast.dev/${resource}/status patch`)
    expect(named(role?.['rules'], 'verbs')).toEqual([...followed, ...written].sort())
  })
})
