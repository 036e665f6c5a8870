import { type AdmissionRequest, judgedObject } from '../admission/request.ts'
import { scanEntries } from '../checks/secrets/scan.ts'
import type { SecretScanner } from '../checks/secrets/scanner.ts'
import type { Inventory } from '../kubernetes/inventory.ts'
import { withApiDefaults, withKindDefaults } from '../kubernetes/defaults.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { isBeingDeleted } from '../kubernetes/object.ts'
import { type Subject, subjectsOf, type ViewIndex } from '../kubernetes/views.ts'
import type { CompiledPolicy, CompiledRule, PolicySet } from '../policy/compiled.ts'
import type { Matched, NumberedPattern } from '../policy/screen.ts'
import { type Contexts, type RawViolation, violationsOf } from './assertion.ts'
import { conclude } from './conclude.ts'
import { concealedContext, RuleContext } from './context.ts'
import { policyMatches } from './match.ts'
import { type Scene, sceneOf } from './scene.ts'
import type { Before } from './verdict.ts'
import type { Evaluated, Violation } from './violation.ts'

/** What an evaluation reads besides policies and request. Given, so that the engine has no clock and no client. */
export interface Surroundings {
  readonly inventory: Inventory
  /** When it is judged: exceptions end. */
  readonly now: Date
  /** Searches values for credentials; undefined: at once, as they are asked for. */
  readonly scanSecrets?: SecretScanner
}

/**
 * Judges one request by all policies of its kind: the applied object and every object that hides in it.
 * Pure; the findings come in the order of policies' names, rules and places.
 *
 * Nothing is found in exempt namespaces and on objects that are being deleted: refusing the removal of a finalizer
 * would keep the object, and with it its namespace, for ever.
 */
export function evaluate(
  policies: PolicySet,
  request: AdmissionRequest,
  surroundings: Surroundings,
): readonly Evaluated[] {
  const object = judgedObject(request)
  if (object === undefined || (request.namespace !== '' && policies.isExempt(request.namespace))) return []
  if (request.operation !== 'CREATE' && isBeingDeleted(object)) return []
  const { inventory, scanSecrets = scanEntries } = surroundings
  const judged = withApiDefaults(object)
  const violations = violationsIn(
    sceneOf({ policies, request, inventory, carrier: judged, scanSecrets }, request.written),
  )
  if (violations.length === 0) return []
  // Only now: most requests break nothing, and what was wrong before matters only to those that do.
  const before = request.operation === 'UPDATE' ? stateBefore(policies, request, { inventory, scanSecrets }) : undefined
  const circumstances = { object, judged, request, before, now: surroundings.now }
  return violations.map((violation) => conclude(violation, circumstances))
}

function stateBefore(
  policies: PolicySet,
  request: AdmissionRequest,
  given: { readonly inventory: Inventory; readonly scanSecrets: SecretScanner },
): Before | undefined {
  if (request.oldObject === undefined) return undefined
  const judged = withApiDefaults(request.oldObject)
  return { judged, violations: violationsIn(sceneOf({ policies, request, ...given, carrier: judged }, undefined)) }
}

const noViews: ViewIndex = new Map()

function violationsIn(scene: Scene): readonly Violation[] {
  const violations: Violation[] = []
  const { carrier, policies, request } = scene
  // What hides in an object is not deleted with it: a StatefulSet's claims stay, and are deleted by themselves.
  const subjects = subjectsOf(carrier, request.operation === 'DELETE' ? noViews : policies.views, withKindDefaults)
  for (const subject of subjects) {
    const judging = policies.byKind.get(subject.kind)
    if (judging === undefined) continue
    const matched = judging.screen.matches(subject.object)
    for (const policy of judging.policies) {
      if (!policy.embedded || subject.path !== '') judge(policy, { subject, matched, scene }, violations)
    }
  }
  return violations
}

interface Judged {
  readonly subject: Subject
  /** The pointers of rules that lead somewhere in it. */
  readonly matched: Matched
  readonly scene: Scene
}

function judge(policy: CompiledPolicy, { subject, matched, scene }: Judged, into: Violation[]): void {
  const { request, inventory, checkContext } = scene
  const inForce = policy.settingsFor(request.namespace)
  if (inForce.action === 'off' || !policyMatches(policy, subject, request, inventory)) return
  let contexts: Contexts | undefined
  for (const rule of inForce.rules) {
    if (!isAbout(rule, matched)) continue
    contexts ??= contextsOf(policy, inForce.parameters, subject, scene)
    let found: readonly RawViolation[]
    let failed = false
    try {
      found = violationsOf(rule, subject, contexts, checkContext)
    } catch (error) {
      found = [faultOf(rule, error)]
      failed = true
    }
    for (const raw of found) {
      // Advice is for whoever reads it at once; as a record it would count against an object that breaks nothing.
      if (raw.advice && inForce.action === 'audit') continue
      into.push({ policy, inForce, rule, subject, raw, failed })
    }
  }
}

/** Whether an object has what a rule is about. */
function isAbout({ each, given }: CompiledRule, matched: Matched): boolean {
  return (each === undefined || each.some(isIn, matched)) && (given === undefined || given.some(isIn, matched))
}

function isIn(this: Matched, { number }: NumberedPattern): boolean {
  return this[number] === 1
}

function contextsOf(policy: CompiledPolicy, parameters: JsonObject, subject: Subject, scene: Scene): Contexts {
  const context = new RuleContext(policy, parameters, subject, scene)
  return {
    context,
    words: () => (subject.kind === 'Secret' ? concealedContext(policy, parameters, subject, scene) : context),
  }
}

function faultOf(rule: CompiledRule, error: unknown): RawViolation {
  // The error's own words may quote the object; its kind says enough to find it, and leaks nothing.
  const reason = error instanceof Error ? error.name : 'an unknown error'
  return {
    path: '',
    problem: `the rule ${rule.name} could not be evaluated (${reason})`,
    actual: undefined,
    expected: undefined,
    remedy: `try the object with "holdfast check", and tell whoever maintains the policy`,
    repairs: undefined,
    why: undefined,
    secretName: undefined,
    advice: rule.advice,
    fingerprints: undefined,
  }
}
