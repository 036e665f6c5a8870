import { applyPatch } from '../admission/apply-patch.ts'
import type { AdmissionRequest } from '../admission/request.ts'
import type { Check } from '../checks/check.ts'
import { type Decision, decide } from '../engine/decide.ts'
import type { Finding } from '../engine/finding.ts'
import { type Inventory, inventoryOf } from '../kubernetes/inventory.ts'
import { deepEqual, type JsonValue } from '../kubernetes/json.ts'
import { referenceOf } from '../kubernetes/object.ts'
import { requestFor } from '../manifest/request.ts'
import { compilePolicies, type PolicySource } from '../policy/compile.ts'
import type { PolicySet } from '../policy/compiled.ts'
import type { Answer, AnswerFinding, Example } from './example.ts'

/** How an example came out. */
export interface ExampleResult {
  readonly example: Example
  readonly answer: Answer
  /** What is not as it should be, one by one, some of several lines; empty: the example holds. */
  readonly failures: readonly string[]
  /** The rules that were violated. */
  readonly violated: readonly string[]
}

// Examples are judged at a fixed moment, so that one with an exception keeps its answer.
const moment = new Date('2026-01-01T00:00:00Z')

/** Examples name fingerprints too: they are made with this key, which protects nothing. */
export const exampleFingerprintKey = 'a key that all examples share, no secret'

/** Judges an example by its policy alone, in profile baseline with the example's own settings. */
export function runExample(example: Example, source: PolicySource, checks: readonly Check[]): ExampleResult {
  const policies = examplePolicies(source, example, checks)
  const request = exampleRequest(example)
  const surroundings = { inventory: exampleInventory(example), now: moment }
  const decision = decide(policies, request, surroundings)
  const answer = answerOf(decision)
  return {
    example,
    answer,
    failures: [
      ...answerFailures(example, answer),
      ...sideFailures(example, decision),
      ...afterFailures(example, answer),
    ],
    violated: [...new Set(answer.findings.map(({ rule }) => rule))],
  }
}

/** The policy set of an example: its policy under its settings. */
export function examplePolicies(source: PolicySource, { expected }: Example, checks: readonly Check[]): PolicySet {
  const { settings = {}, kubernetesVersion } = expected ?? {}
  return compilePolicies({
    policies: [source],
    config: {
      file: 'the settings of the example',
      document: {
        policies: { [source.document.metadata.name]: settings },
        ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
      },
    },
    checks,
    ownNamespace: 'holdfast-system',
    fingerprintKey: exampleFingerprintKey,
  })
}

/** The request an example stands for: a create, an update where it has a stored object, or a delete. */
export function exampleRequest({ object, oldObject, expected }: Example): AdmissionRequest {
  const made = requestFor(object, 'default')
  const request = { ...made, userInfo: { ...made.userInfo, username: expected?.user ?? '' } }
  if (expected?.operation === 'DELETE') {
    return { ...request, operation: 'DELETE', object: undefined, written: undefined, oldObject: request.object }
  }
  return oldObject === undefined ? request : { ...request, operation: 'UPDATE', oldObject }
}

/** What an example's look-ups find. */
export function exampleInventory({ context }: Example): Inventory {
  return inventoryOf(context, new Set(context.map((object) => referenceOf(object).kind)))
}

function answerOf({ response, findings, repaired }: Decision & { readonly repaired: readonly Finding[] }): Answer {
  const told = [...repaired, ...findings].map(toAnswer)
  const warnings = response.warnings.length === 0 ? {} : { warnings: response.warnings }
  if (!response.allowed) return { findings: told, denial: response.message, ...warnings }
  return { findings: told, ...warnings, ...(response.patch.length === 0 ? {} : { patch: response.patch }) }
}

function toAnswer({ rule, effect, path, message, note }: Finding): AnswerFinding {
  return { rule, effect, path, message, ...(note === undefined ? {} : { note }) }
}

function answerFailures({ expected }: Example, answer: Answer): readonly string[] {
  if (expected?.findings === undefined)
    return ['no expected answer is written down beside it; --update writes it for you to read']
  const parts = ['findings', 'denial', 'warnings', 'patch'] as const
  return parts
    .filter((part) => !deepEqual(json(expected[part]), json(answer[part])))
    .map((part) => `${part}:\n  expected ${written(expected[part])}\n  got      ${written(answer[part])}`)
}

function written(part: unknown): string {
  return part === undefined ? 'none' : JSON.stringify(part)
}

// An answer is built of JSON alone; as text and back it is one value to compare.
function json(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value ?? null))
}

function sideFailures(
  { side }: Example,
  { response, findings, repaired }: Decision & { readonly repaired: readonly Finding[] },
): readonly string[] {
  switch (side) {
    case 'allowed':
      return response.allowed && findings.length + repaired.length === 0
        ? []
        : ['is among the allowed, but something was found']
    case 'denied':
      return findings.length > 0 ? [] : ['is among the denied, but nothing was found']
    case 'fixed':
      return response.allowed && response.patch.length > 0 ? [] : ['is among the fixed, but nothing was patched']
    default:
      return side satisfies never
  }
}

function afterFailures({ side, object, after }: Example, { patch = [] }: Answer): readonly string[] {
  if (side !== 'fixed') return []
  if (after === undefined) return ['has no NAME.after.yaml: the object as it is after the fix']
  return deepEqual(applyPatch(object, patch), after) ? [] : ['the patched object is not the one in NAME.after.yaml']
}
