import type { Operation } from '../admission/request.ts'
import type { DriverTable } from '../kubernetes/drivers.ts'
import type { Inventory } from '../kubernetes/inventory.ts'
import type { JsonObject, JsonValue } from '../kubernetes/json.ts'
import type { KubernetesSchemas } from '../kubernetes/openapi/versions.ts'
import type { PodClaim } from '../kubernetes/pod-claims.ts'
import type { Pointer } from '../kubernetes/pointer.ts'
import type { BoundScanner } from './secrets/scanner.ts'

/** What a check may read besides the object it judges. All of it is given; a check reads nothing by itself. */
export interface CheckContext {
  readonly inventory: Inventory
  /** What each CSI driver can do: the built-in table with the operator's corrections on top. */
  readonly drivers: DriverTable
  /** The fields of the kinds known here, in the version of Kubernetes that manifests are for. */
  readonly schemas: KubernetesSchemas
  /** The namespace the object is in, '' where it is cluster-scoped. An embedded claim is in its carrier's. */
  readonly namespace: string
  readonly operation: Operation
  /** The applied object with the API's defaults: the judged object itself, or what the judged claim or pod hides in. */
  readonly carrier: JsonObject
  /** The applied object as it stands in a manifest, before any default; undefined at the API server. */
  readonly written: JsonObject | undefined
  /** The claims of a pod that the applied object is or holds; several policies ask for the same. */
  readonly claimsOf: (pod: JsonObject) => readonly PodClaim[]
  /** Searches values for credentials. Given, as it may be done elsewhere, with an installation's own fingerprints. */
  readonly scanSecrets: BoundScanner
}

/**
 * One violation a check found. Texts are one line, end without a full stop, and never hold a secret's value.
 *
 * The engine makes `PersistentVolumeClaim shop/db: ` + problem + ` [policy]` of it.
 */
export interface CheckFinding {
  /** Where in the judged object (an embedded object's own root is ''): the field a person has to change. */
  readonly path: Pointer
  /** What is wrong, beginning with the field: `{{field}} is "x"; …`. `{{field}}` becomes the field's real path. */
  readonly problem: string
  /** The value found, or a description of it where the value must not be shown. */
  readonly actual?: JsonValue
  /** What would be accepted. */
  readonly expected?: JsonValue
  /** What to do, an imperative sentence. */
  readonly remedy: string
  /** The value to put at `path` (null: remove it), where the repair needs no guess. */
  readonly repair?: JsonValue
  /** The name that the field at `path` should have, where renaming needs no guess: its value moves there. */
  readonly rename?: string
  /** What the finding rests on, for where there is room: a denial's details and reports. One line. */
  readonly why?: string
  /** It is too uncertain to refuse anything: it warns at most, and is left out where the action is audit. */
  readonly advice?: true
  /** The name of the Secret that the value at `path` belongs into; absent where it is no credential for sure. */
  readonly secretName?: string
  /** What tells the values it is about from others, of which exceptions may name all; absent where there are none. */
  readonly fingerprints?: readonly string[]
}

/** A deep analyser that rules name in `assert.check`: what neither a JSON Schema nor CEL says well. */
export interface Check {
  /** The name rules use, lower camel case. */
  readonly name: string
  /** One sentence for the reference. */
  readonly description: string
  /** JSON Schema of the parameters it takes: every policy that names it must declare these. */
  readonly parameters: JsonObject
  /**
   * Judges one object in its canonical form (`kind` of the rule), already defaulted.
   * Pure: the same arguments give the same findings, in the same order. Never throws on a malformed object.
   */
  evaluate(parameters: JsonObject, object: JsonObject, context: CheckContext): readonly CheckFinding[]
}
