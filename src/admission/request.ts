import type { JsonObject } from '../kubernetes/json.ts'

/** The operations an admission webhook is called for (admission/v1 Operation). */
export const operations = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'] as const
export type Operation = (typeof operations)[number]

/** One object to be judged: an AdmissionRequest (admission.k8s.io/v1), reduced to what the engine reads and checked. */
export interface AdmissionRequest {
  /** Echoed in the answer. */
  readonly uid: string
  readonly operation: Operation
  /** The namespace of the request; '' for cluster-scoped objects. */
  readonly namespace: string
  /** The object as it is to be stored. Absent on DELETE. */
  readonly object: JsonObject | undefined
  /** The object as it stands in a manifest, nulls and all; undefined at the API server, which has normalized it. */
  readonly written: JsonObject | undefined
  /** The object as it is stored. Absent on CREATE. */
  readonly oldObject: JsonObject | undefined
  /** The subresource the request is for ("ephemeralcontainers"), '' for the object itself. */
  readonly subResource: string
  readonly userInfo: { readonly username: string; readonly groups: readonly string[] }
  readonly dryRun: boolean
}

/** The object that is judged: what is deleted arrives only as the old one (admission/v1 AdmissionRequest). */
export function judgedObject({ operation, object, oldObject }: AdmissionRequest): JsonObject | undefined {
  return operation === 'DELETE' ? oldObject : object
}
