import type { AdmissionResponse, StatusCause } from './response.ts'
import { cleanLines, oneLine, truncateUtf8 } from './text.ts'
import { toWarnings } from './warning.ts'

/** The only version of the AdmissionReview API that is spoken. */
export const reviewApiVersion = 'admission.k8s.io/v1'

/** The longest message of a denial: an event note that carries it ends at 1,024 bytes. */
export const maxMessageBytes = 1000

/** An AdmissionReview (admission.k8s.io/v1) as an answer. */
export interface AdmissionReviewBody {
  readonly apiVersion: typeof reviewApiVersion
  readonly kind: 'AdmissionReview'
  readonly response: ReviewResponse
}

type ReviewResponse = { readonly uid: string; readonly warnings?: readonly string[] } & (
  | { readonly allowed: true }
  // The API server refuses an answer that has one of the two alone. `patch` is the base64 of a JSON document.
  | { readonly allowed: true; readonly patchType: 'JSONPatch'; readonly patch: string }
  | { readonly allowed: false; readonly status: DenialStatus }
)

interface DenialStatus {
  readonly status: 'Failure'
  readonly code: 403
  readonly reason: 'Forbidden'
  readonly message: string
  readonly details: { readonly causes: readonly StatusCause[] }
}

/**
 * Writes a decision as the AdmissionReview that answers the request with this uid.
 * Texts are made fit for delivery: warnings by {@link toWarnings}, the denial's message as clean lines of at most
 * 1,000 bytes, causes as single lines.
 */
export function toReview(uid: string, response: AdmissionResponse): AdmissionReviewBody {
  return { apiVersion: reviewApiVersion, kind: 'AdmissionReview', response: toResponse(uid, response) }
}

function toResponse(uid: string, response: AdmissionResponse): ReviewResponse {
  const warnings = toWarnings(response.warnings)
  const common = warnings.length === 0 ? { uid } : { uid, warnings }
  if (!response.allowed) {
    return { ...common, allowed: false, status: denialStatus(response.message, response.causes) }
  }
  if (response.patch.length === 0) return { ...common, allowed: true }
  const patch = Buffer.from(JSON.stringify(response.patch)).toString('base64')
  return { ...common, allowed: true, patchType: 'JSONPatch', patch }
}

// Code and reason are constants: on 409 and 422 (Conflict, Invalid) Flux, `kubectl apply --force` and Argo CD's
// Force=true delete the live object and create it again, which for a claim may delete the data.
function denialStatus(message: string, causes: readonly StatusCause[]): DenialStatus {
  return {
    status: 'Failure',
    code: 403,
    reason: 'Forbidden',
    message: truncateUtf8(cleanLines(message), maxMessageBytes),
    details: {
      causes: causes.map(({ reason, field, message: text }) => ({
        reason: oneLine(reason),
        field: oneLine(field),
        message: oneLine(text),
      })),
    },
  }
}
