import type { Operation } from '../admission/request.ts'
import type { JsonObject, JsonValue } from '../kubernetes/json.ts'
import type { Pointer } from '../kubernetes/pointer.ts'
import type { ViewPart } from '../kubernetes/views.ts'
import type { Action, Profile, Severity } from './action.ts'

/** A Kubernetes label selector (metav1.LabelSelector). */
export type LabelSelector = JsonObject

/** A policy as it is written; policy.schema.json says the same to editors and at load. */
export interface PolicyDocument {
  readonly apiVersion: 'policy.holdfast.dev/v1alpha1'
  readonly kind: 'StoragePolicy'
  readonly metadata: { readonly name: string }
  readonly spec: PolicySpec
}

export interface PolicySpec {
  readonly title: string
  readonly why: string
  readonly severity: Severity
  readonly action: { readonly baseline: Action; readonly strict: Action }
  readonly match: MatchSpec
  /** JSON Schemas with `description` and `default`, by parameter name. */
  readonly parameters?: Readonly<Record<string, JsonObject>>
  readonly lookup?: Readonly<Record<string, LookupSpec>>
  readonly variables?: readonly { readonly name: string; readonly expression: string }[]
  readonly rules: readonly RuleSpec[]
  readonly controls?: Readonly<Record<string, readonly string[]>>
  readonly links?: readonly string[]
}

export interface MatchSpec {
  readonly kinds: readonly string[]
  /** Whether only what hides in another object is judged. */
  readonly embedded?: boolean
  readonly operations?: readonly Operation[]
  readonly namespaces?: readonly string[]
  readonly excludeNamespaces?: readonly string[]
  readonly namespaceSelector?: LabelSelector
  readonly objectSelector?: LabelSelector
  readonly users?: readonly string[]
  readonly excludeUsers?: readonly string[]
  readonly groups?: readonly string[]
  readonly excludeGroups?: readonly string[]
}

/** Look-ups that follow what Kubernetes itself follows from one object to another. */
export type Relation = 'storageClass' | 'driver' | 'claims'

export type LookupSpec =
  | { readonly kind: string; readonly list: true }
  | { readonly kind: string; readonly name: string; readonly namespace?: string }
  | { readonly relation: Relation }

export interface RuleSpec {
  readonly name: string
  /** Judge every match of these pointers (`*` stands for any step) by itself, as `item`. */
  readonly each?: readonly Pointer[]
  /** Judge only objects in which one of these pointers (`*` stands for any step) leads somewhere. */
  readonly given?: readonly Pointer[]
  readonly when?: string
  /** Whether it only tells: it warns where the action is deny or fix, and is left out where it is audit. */
  readonly advice?: boolean
  readonly assert: { readonly schema: JsonObject } | { readonly cel: string } | { readonly check: string }
  readonly path?: string
  readonly message?: string
  readonly expected?: string
  readonly remedy?: string
  readonly fix?: readonly FixSpec[]
}

export type FixSpec =
  | { readonly set: Pointer; readonly value: JsonValue }
  | { readonly set: Pointer; readonly expression: string }
  | { readonly remove: Pointer }

/** holdfast.json as it is written; config.schema.json says the same. */
export interface ConfigDocument {
  readonly profile?: Profile
  readonly policies?: Readonly<Record<string, PolicySettings>>
  readonly policyDirectories?: readonly string[]
  readonly exceptions?: readonly ExceptionSpec[]
  readonly exemptNamespaces?: readonly string[]
  readonly fingerprintKeyFile?: string
  readonly kubernetesVersion?: string
  readonly drivers?: JsonObject
  readonly inTreePlugins?: JsonObject
  readonly views?: readonly ViewSpec[]
  readonly host?: string
  readonly port?: number
  readonly healthPort?: number
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly selfManagedCertificate?: SelfManagedCertificate
  readonly clientCa?: string
  readonly clientNames?: readonly string[]
  readonly maxInFlight?: number
  readonly cluster?: boolean
  readonly customResources?: boolean
  readonly context?: readonly string[]
  readonly events?: boolean
  readonly decisionLog?: boolean
  readonly logLevel?: 'debug' | 'info' | 'warn' | 'error'
}

/** A serving certificate that Holdfast looks after itself; names of objects, the first two in its own namespace. */
export interface SelfManagedCertificate {
  readonly secret: string
  readonly service: string
  readonly webhookConfigurations: readonly string[]
}

export interface PolicySettings {
  readonly action?: Action
  readonly templates?: 'warn' | 'fix'
  readonly parameters?: JsonObject
  readonly namespaces?: Readonly<Record<string, { readonly action?: Action; readonly parameters?: JsonObject }>>
  readonly kinds?: readonly string[]
  readonly objectSelector?: LabelSelector
  readonly namespaceSelector?: LabelSelector
  readonly excludeUsers?: readonly string[]
  readonly excludeGroups?: readonly string[]
}

export interface ExceptionSpec {
  readonly policy: string
  readonly rule?: string
  readonly match: {
    readonly kinds?: readonly string[]
    readonly namespaces?: readonly string[]
    readonly names?: readonly string[]
    readonly paths?: readonly string[]
    readonly fingerprints?: readonly string[]
  }
  readonly reason: string
  readonly owner: string
  readonly ticket?: string
  readonly expires: string
}

export interface ViewSpec {
  readonly in: string
  readonly kind: string
  readonly path: Pointer
  readonly template?: boolean
  readonly part?: ViewPart
}
