import type { CheckFinding } from '../../src/checks/check.ts'
import { manifestValid } from '../../src/checks/manifest-valid/check.ts'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import { checkContext } from './check-context.ts'

/** What the check finds in an object as it is written; undefined: at the API server. */
export function manifestFindings(
  written: JsonObject | undefined,
  object: JsonObject = written ?? {},
): readonly CheckFinding[] {
  return manifestValid.evaluate({}, object, checkContext({ carrier: object, written }))
}

/** A class that is right but for the given fields. */
export function storageClass(fields: JsonObject): JsonObject {
  return { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', provisioner: 'ebs.csi.aws.com', ...fields }
}

/** A claim with the given spec. */
export function claim(spec: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' }, spec }
}

/** A pod that is right but for the given part of its spec. */
export function pod(spec: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'web' }], ...spec } }
}

/** A ConfigMap with the given fields. */
export function configMap(fields: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', ...fields }
}
