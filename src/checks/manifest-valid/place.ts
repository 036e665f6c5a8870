import type { JsonObject } from '../../kubernetes/json.ts'
import type { Fields } from '../../kubernetes/openapi/schemas.ts'
import type { KubernetesSchemas } from '../../kubernetes/openapi/versions.ts'
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
  readonly schemas: KubernetesSchemas
  readonly findings: CheckFinding[]
}
