import type { JsonObject, JsonValue } from '../../kubernetes/json.ts'
import type { Fields, Schemas } from '../../kubernetes/openapi/schemas.ts'
import type { Pointer } from '../../kubernetes/pointer.ts'
import type { CheckFinding } from '../check.ts'

/** An object being judged, with the objects it is in. */
export interface Surrounding {
  /** The name of its definition, `PodSpec`. */
  readonly name: string
  readonly fields: Fields
  readonly path: Pointer
  readonly object: JsonObject
  readonly parent: Surrounding | undefined
}

/** Where a value stands that is judged, and how much may be told of it. */
export interface Place {
  readonly path: Pointer
  /**
   * `shown`: messages may quote it. `hidden`: a repair may hold it, a message not (a ConfigMap's data). `secret`: it may
   * stand nowhere.
   */
  readonly privacy: 'shown' | 'hidden' | 'secret'
  /** The object that it is in; undefined for the whole object. */
  readonly parent: Surrounding | undefined
}

/** One judgement of one object. */
export interface Judgement {
  readonly schemas: Schemas
  readonly findings: CheckFinding[]
}

/**
 * Whether a text is to be filled in before it is applied: nobody knows yet what it will be. `${REPLICAS}` is a variable of
 * Flux (Kustomization, "Post build variable substitution"), `{{ .Values.replicas }}` one of templates.
 */
export function isVariable(value: JsonValue): boolean {
  return typeof value === 'string' && (isAround(value, '${', '}') || isAround(value, '{{', '}}'))
}

function isAround(text: string, opening: string, closing: string): boolean {
  const start = text.indexOf(opening)
  return start >= 0 && text.indexOf(closing, start) > start
}
