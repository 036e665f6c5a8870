import type { JsonObject } from '../kubernetes/json.ts'

/** What parameters are where nobody sets them, by their JSON Schemas; null where a schema says nothing. */
export function defaultParameters(schemas: Readonly<Record<string, JsonObject>>): JsonObject {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schema['default'] ?? null]))
}

/** How to set a policy in `holdfast.json`: its action and its parameters. */
export function settingsSample(id: string, action: string, parameters: JsonObject): JsonObject {
  const settings = Object.keys(parameters).length === 0 ? { action } : { action, parameters }
  return { policies: { [id]: settings } }
}

/** What an exception is for. */
export interface ExceptionTarget {
  readonly policy: string
  /** Undefined: every rule. */
  readonly rule: string | undefined
  /** '' for cluster-scoped objects. */
  readonly namespace: string
  readonly name: string
  /** The last day, as YYYY-MM-DD. */
  readonly expires: string
}

/** How to except an object from a policy in `holdfast.json`, until a day. */
export function exceptionSample({ policy, rule, namespace, name, expires }: ExceptionTarget): JsonObject {
  const match = { ...(namespace === '' ? {} : { namespaces: [namespace] }), names: [name] }
  const what = rule === undefined ? { policy } : { policy, rule }
  return {
    exceptions: [{ ...what, match, reason: 'why it has to be so', owner: 'who answers for it', expires }],
  }
}
