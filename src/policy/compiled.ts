import type { ErrorObject } from 'ajv'
import type { Check } from '../checks/check.ts'
import type { DriverTable } from '../kubernetes/drivers.ts'
import type { JsonObject, JsonValue } from '../kubernetes/json.ts'
import type { GroupKind } from '../kubernetes/kinds.ts'
import type { KubernetesSchemas } from '../kubernetes/openapi/versions.ts'
import type { ViewIndex } from '../kubernetes/views.ts'
import type { Action, Severity } from './action.ts'
import type { CompiledExpression } from './cel/compile.ts'
import type { ExceptionSpec, MatchSpec, Relation } from './document.ts'
import type { NumberedPattern, Screen } from './screen.ts'
import type { Template } from './template.ts'

/** Everything that is judged by, compiled and indexed; replaced as a whole when a policy or the configuration changes. */
export interface PolicySet {
  /** In the order of their names. */
  readonly policies: readonly CompiledPolicy[]
  /** What judges a kind. */
  readonly byKind: ReadonlyMap<GroupKind, KindPolicies>
  /** The places where judged kinds hide; views that lead to no judged kind are left out. */
  readonly views: ViewIndex
  /** Whether nothing is judged in a namespace. */
  readonly isExempt: (namespace: string) => boolean
  readonly drivers: DriverTable
  /** The version of Kubernetes that manifests are for. */
  readonly schemas: KubernetesSchemas
  /** What expressions read as `facts`. */
  readonly facts: JsonObject
  readonly exceptions: readonly CompiledException[]
  /** What credentials' fingerprints are made with; undefined: there are none. Never shown. */
  readonly fingerprintKey: string | undefined
}

/** The policies that judge a kind, and what tells at once which of their rules are about an object of it. */
export interface KindPolicies {
  readonly policies: readonly CompiledPolicy[]
  readonly screen: Screen
}

export interface CompiledPolicy {
  readonly name: string
  readonly title: string
  readonly severity: Severity
  readonly links: readonly string[]
  readonly kinds: readonly GroupKind[]
  /** Every pointer that its rules name, once. */
  readonly patterns: readonly NumberedPattern[]
  /** Whether it judges only what hides in another object. */
  readonly embedded: boolean
  /** Every condition has to hold: the policy's own match, then what the configuration narrows it to. */
  readonly match: readonly MatchConditions[]
  /** What action `fix` does to a template. */
  readonly templates: 'warn' | 'fix'
  readonly lookups: ReadonlyMap<string, CompiledLookup>
  readonly variables: ReadonlyMap<string, CompiledExpression>
  readonly exceptions: readonly CompiledException[]
  /** What holds in a namespace ('' for cluster-scoped objects). */
  settingsFor(namespace: string): PolicyInForce
}

export type MatchConditions = Omit<MatchSpec, 'kinds' | 'embedded'>

/** A policy with its action and its parameters filled in. */
export interface PolicyInForce {
  readonly action: Action
  readonly parameters: JsonObject
  readonly rules: readonly CompiledRule[]
}

export interface CompiledRule {
  readonly name: string
  /** What is judged one by one; undefined: the object as a whole. */
  readonly each: readonly NumberedPattern[] | undefined
  /** One of these has to lead somewhere for the rule to be about an object; undefined: it is about every one. */
  readonly given: readonly NumberedPattern[] | undefined
  readonly when: CompiledExpression | undefined
  /** Whether it warns at most, whatever the action. */
  readonly advice: boolean
  readonly assertion: Assertion
  /** Undefined: the assertion's own words. */
  readonly message: Template | undefined
  readonly remedy: Template | undefined
  readonly fixes: readonly CompiledFix[]
}

export type Assertion =
  | {
      readonly type: 'schema'
      /** Whether a value fits, without a word about what does not. */
      readonly holds: (value: JsonValue) => boolean
      /** All that does not fit, none where it holds. */
      readonly errorsIn: (value: JsonValue) => readonly ErrorObject[]
    }
  | {
      readonly type: 'cel'
      readonly expression: CompiledExpression
      readonly path: Template | undefined
      readonly expected: CompiledExpression | undefined
    }
  | { readonly type: 'check'; readonly check: Check }

export type CompiledFix =
  | { readonly set: Template; readonly value: JsonValue }
  | { readonly set: Template; readonly expression: CompiledExpression }
  | { readonly remove: Template }

export type CompiledLookup =
  | { readonly type: 'list'; readonly kind: GroupKind }
  | {
      readonly type: 'get'
      readonly kind: GroupKind
      readonly objectName: CompiledExpression
      readonly namespace: CompiledExpression | undefined
    }
  | { readonly type: Relation }

export interface CompiledException extends ExceptionSpec {
  /** The moment it stops holding, in milliseconds since 1970: the end of the day it names, UTC. */
  readonly until: number
}
