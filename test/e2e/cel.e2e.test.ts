import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import cases from '../../src/policy/cel/conformance.json' with { type: 'json' }
import type { JsonObject } from '../../src/kubernetes/json.ts'
import { type Api, connect, dryRun } from './api.ts'
import { type ControlPlane, startControlPlane } from './controlplane/start.ts'
import { waitFor } from './controlplane/wait-for.ts'

interface Case {
  readonly expression: string
  readonly object?: object
  readonly expected?: boolean
  readonly error?: boolean
}
type Verdict = boolean | 'error'

/** Cases that are asked in one request: they share an object, and each is a validation of one policy. */
interface Batch {
  readonly name: string
  readonly object: object
  readonly cases: readonly Case[]
}

// All warnings of a request together may have 4,096 characters; an error takes up to 250 of them.
const batchSize = 16

let cluster: ControlPlane
let api: Api
beforeAll(async () => {
  cluster = await startControlPlane()
  api = await connect(cluster)
  await create([anyObjectDefinition()])
  await cluster.kubectl(['wait', '--for=condition=Established', 'crd/anys.e2e.holdfast.dev'])
})
afterAll(async () => {
  api?.close()
  await cluster?.stop()
})

describe("the API server's own CEL", () => {
  it('gives the answers that our conformance table holds', async () => {
    const table: readonly Case[] = cases
    const answers = new Map<Case, Verdict>()
    for (const refused of await uncompilable(table)) answers.set(refused, 'error')
    const errorsAtCompilation = answers.size
    const batches = batchesOf(table.filter((row) => !answers.has(row)))
    await install(batches)
    for (const found of await Promise.all(batches.map((batch) => evaluate(batch)))) {
      for (const [row, verdict] of found) answers.set(row, verdict)
    }
    const differences = table
      .map((row) => ({ ...row, answer: answers.get(row), wanted: row.error === true ? 'error' : row.expected }))
      .filter(({ answer, wanted }) => answer !== wanted)
    expect(differences).toEqual([])
    // Without this, a way of asking that always hears the same would go unnoticed.
    const given = [...answers.values()]
    const count = (verdict: Verdict): number => given.filter((answer) => answer === verdict).length
    expect(answers.size).toBe(table.length)
    expect(count(true)).toBeGreaterThan(300)
    expect(count(false)).toBeGreaterThan(50)
    expect(errorsAtCompilation).toBeGreaterThan(30)
    expect(count('error') - errorsAtCompilation).toBeGreaterThan(30)
  })

  it('is asked in a way that shows a wrong table', async () => {
    const rows: readonly Case[] = [
      { expression: 'object.spec.size > 1', object: { spec: { size: 2 } }, expected: true },
      { expression: 'object.spec.size > 2', object: { spec: { size: 2 } }, expected: false },
      { expression: 'object.spec.missing > 2', object: { spec: { size: 2 } }, error: true },
    ]
    const [batch] = batchesOf(rows, 'control')
    if (batch === undefined) throw new Error('there must be a batch')
    await install([batch])
    expect([...(await evaluate(batch)).values()]).toEqual([true, false, 'error'])
    expect(await uncompilable([...rows, { expression: 'nobody + 1 == 2' }])).toEqual([
      { expression: 'nobody + 1 == 2' },
    ])
  })
})

/** The cases that the API server does not take into a policy. It names every one of them in one refusal. */
async function uncompilable(rows: readonly Case[]): Promise<readonly Case[]> {
  const input = JSON.stringify(policy('all', rows))
  const args = ['create', '--dry-run=server', '-f', '-']
  const { stderr } = await cluster.kubectl(args, { input, expectFailure: true })
  const refused = new Set(
    [...stderr.matchAll(/spec\.validations\[(\d+)\]\.expression: /g)].map(([, index]) => Number(index)),
  )
  return rows.filter((_, index) => refused.has(index))
}

function batchesOf(rows: readonly Case[], prefix = 'batch'): readonly Batch[] {
  const byObject = Map.groupBy(rows, ({ object = {} }) => JSON.stringify(object))
  const parts = [...byObject].flatMap(([json, group]) =>
    Array.from({ length: Math.ceil(group.length / batchSize) }, (_, part) => ({
      json,
      rows: group.slice(part * batchSize, (part + 1) * batchSize),
    })),
  )
  return parts.map((part, index) => ({
    name: `${prefix}-${index}`,
    object: JSON.parse(part.json),
    cases: part.rows,
  }))
}

function install(batches: readonly Batch[]): Promise<void> {
  return create(batches.flatMap(({ name, cases: rows }) => [policy(name, rows), binding(name)]))
}

/** Creates the batch's object (a dry run) until its policy is in force, and reads the verdicts from the warnings. */
async function evaluate({ name, object, cases: rows }: Batch): Promise<ReadonlyMap<Case, Verdict>> {
  const body = { ...object, apiVersion: 'e2e.holdfast.dev/v1', kind: 'Any', metadata: { name } }
  const start = `Validation failed for ValidatingAdmissionPolicy '${name}' with binding '${name}': `
  const told = await waitFor(
    async () => {
      const { code, warnings } = await api.create(body, dryRun)
      expect(code).toBe(201)
      expect(warnings.every((warning) => warning.startsWith(start))).toBe(true)
      const texts = warnings.map((warning) => warning.slice(start.length))
      return texts.includes('in force') && texts
    },
    { timeoutMs: 20_000, intervalMs: 250, what: `the policy ${name} to be in force` },
  )
  const verdicts = rows.map((row, index): readonly [Case, Verdict] => {
    if (told.includes(`false ${index}`)) return [row, false]
    const failed = told.some((text) => text.startsWith(`expression '${row.expression}' resulted in error: `))
    return [row, failed ? 'error' : true]
  })
  expect(told).toHaveLength(1 + verdicts.filter(([, verdict]) => verdict !== true).length)
  return new Map(verdicts)
}

async function create(items: readonly JsonObject[]): Promise<void> {
  await cluster.kubectl(['create', '-f', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) })
}

/** One validation a case, as it is written; one more that is always false tells when the policy is in force. */
function policy(name: string, rows: readonly Case[]): JsonObject {
  const validations = rows.map(({ expression }, index) => ({ expression, message: `false ${index}` }))
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ['e2e.holdfast.dev'],
            apiVersions: ['v1'],
            resources: ['anys'],
            operations: ['CREATE'],
            resourceNames: [name],
          },
        ],
      },
      validations: [...validations, { expression: 'false', message: 'in force' }],
    },
  }
}

function binding(name: string): JsonObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name, validationActions: ['Warn'] },
  }
}

function anyObjectDefinition(): JsonObject {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'anys.e2e.holdfast.dev' },
    spec: {
      group: 'e2e.holdfast.dev',
      scope: 'Namespaced',
      names: { kind: 'Any', plural: 'anys', singular: 'any' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  }
}
