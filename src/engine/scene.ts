import type { AdmissionRequest } from '../admission/request.ts'
import type { CheckContext } from '../checks/check.ts'
import { boundScanner, type SecretScanner } from '../checks/secrets/scanner.ts'
import type { Inventory } from '../kubernetes/inventory.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { type PodClaim, podClaims } from '../kubernetes/pod-claims.ts'
import { statedPart } from '../kubernetes/written.ts'
import type { PolicySet } from '../policy/compiled.ts'

/** What is the same for all rules that judge one object: the request's, or the stored one of an update. */
export interface Scene {
  readonly policies: PolicySet
  readonly request: AdmissionRequest
  readonly inventory: Inventory
  /** The whole object with the API's defaults: what embedded claims and pods hide in. */
  readonly carrier: JsonObject
  /** What people stated of it, before defaults; undefined where that cannot be told. */
  stated(): JsonObject | undefined
  readonly claimsOf: CheckContext['claimsOf']
  readonly checkContext: CheckContext
}

/** What a scene is set from. */
type SceneParts = Omit<Scene, 'stated' | 'claimsOf' | 'checkContext'> & { readonly scanSecrets: SecretScanner }

/** Sets the scene. `written` is the object as it stands in a manifest, where it is from one. */
export function sceneOf(parts: SceneParts, written: JsonObject | undefined): Scene {
  const { policies, request, inventory, carrier } = parts
  const { namespace, operation } = request
  let stated: JsonObject | undefined | 'unread' = 'unread'
  let claims: { readonly pod: JsonObject; readonly found: readonly PodClaim[] } | undefined
  const claimsOf = (pod: JsonObject): readonly PodClaim[] => {
    if (claims?.pod !== pod) claims = { pod, found: podClaims(pod, carrier, namespace, inventory) }
    return claims.found
  }
  return {
    ...parts,
    stated() {
      if (stated === 'unread') stated = written ?? statedPart(carrier)
      return stated
    },
    claimsOf,
    checkContext: {
      inventory,
      drivers: policies.drivers,
      schemas: policies.schemas,
      namespace,
      operation,
      carrier,
      written,
      claimsOf,
      scanSecrets: boundScanner(parts.scanSecrets, policies.fingerprintKey),
    },
  }
}
