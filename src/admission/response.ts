import type { PatchOperation } from './json-patch.ts'

/** One entry of `status.details.causes`: what a machine reads of a denial. */
export interface StatusCause {
  readonly reason: string
  readonly field: string
  readonly message: string
}

/** What the engine decided on one request; {@link toReview} writes it as an AdmissionReview. */
export type AdmissionResponse =
  | {
      readonly allowed: true
      /** Empty: nothing to change. */
      readonly patch: readonly PatchOperation[]
      readonly warnings: readonly string[]
    }
  | {
      readonly allowed: false
      /** Several lines; the first stands alone. */
      readonly message: string
      readonly causes: readonly StatusCause[]
      readonly warnings: readonly string[]
    }

/** Admits the object as it is. */
export function allowed(warnings: readonly string[] = []): AdmissionResponse {
  return { allowed: true, patch: [], warnings }
}

/** Admits the object with changes. */
export function patched(patch: readonly PatchOperation[], warnings: readonly string[] = []): AdmissionResponse {
  return { allowed: true, patch, warnings }
}

/** Refuses the object. Always answered as 403 Forbidden: GitOps tools delete the live object on 409 and 422. */
export function denied(
  message: string,
  causes: readonly StatusCause[],
  warnings: readonly string[] = [],
): AdmissionResponse {
  return { allowed: false, message, causes, warnings }
}
