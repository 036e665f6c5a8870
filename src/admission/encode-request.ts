import { asString, type JsonObject } from '../kubernetes/json.ts'
import { groupVersion } from '../kubernetes/object.ts'
import type { AdmissionRequest } from './request.ts'
import { reviewApiVersion } from './review.ts'

/** Writes a request as the AdmissionReview that the API server would send: what `decodeReview` reads back. */
export function encodeRequest(request: AdmissionRequest): JsonObject {
  const { uid, operation, namespace, object, oldObject, subResource, userInfo, dryRun } = request
  const shown = object ?? oldObject ?? {}
  const kind = asString(shown['kind']) ?? ''
  return {
    apiVersion: reviewApiVersion,
    kind: 'AdmissionReview',
    request: {
      uid,
      kind: { ...groupVersion(asString(shown['apiVersion']) ?? ''), kind },
      operation,
      namespace,
      ...(subResource === '' ? {} : { subResource }),
      userInfo: { username: userInfo.username, groups: userInfo.groups },
      object: object ?? null,
      oldObject: oldObject ?? null,
      dryRun,
    },
  }
}
