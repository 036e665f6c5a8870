import { claimCanBind } from '../../src/checks/can-bind/check.ts'
import type { CheckContext, CheckFinding } from '../../src/checks/check.ts'
import { type Inventory, inventoryOf } from '../../src/kubernetes/inventory.ts'
import type { JsonObject } from '../../src/kubernetes/json.ts'
import { checkContext } from './check-context.ts'

/** What kind of object a claim is. */
export const claimKind = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' }

/** Claim shop/db: 50Gi, ReadWriteOnce, of the class "manual", for which nothing is provisioned. */
export function claim(spec: JsonObject = {}, more: JsonObject = {}): JsonObject {
  const asked = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '50Gi' } } }
  return {
    ...claimKind,
    metadata: { name: 'db', namespace: 'shop' },
    spec: { storageClassName: 'manual', ...asked, ...spec },
    ...more,
  }
}

/** Volume disk-1, which is just what that claim asks for. */
export function volume(spec: JsonObject = {}, more: JsonObject = {}, name = 'disk-1'): JsonObject {
  const offered = { storageClassName: 'manual', capacity: { storage: '50Gi' }, accessModes: ['ReadWriteOnce'] }
  return { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name }, spec: { ...offered, ...spec }, ...more }
}

/** A StorageClass. */
export function storageClass(name: string, provisioner: string, annotations: JsonObject = {}): JsonObject {
  return { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name, annotations }, provisioner }
}

/** The class of volumes that people prepare. */
export const manual = storageClass('manual', 'kubernetes.io/no-provisioner')
const gold = storageClass('gold', 'ebs.csi.aws.com')
/** A cluster of which all volumes, claims and classes (manual, gold) are known. */
export const cluster = (...objects: readonly JsonObject[]): Inventory =>
  inventoryOf([manual, gold, ...objects], ['StorageClass', 'PersistentVolume', 'PersistentVolumeClaim'])

/** What the check finds in an object. */
export function evaluate(
  object: JsonObject,
  inventory: Inventory,
  more: Partial<CheckContext> = {},
): readonly CheckFinding[] {
  return claimCanBind.evaluate({}, object, checkContext({ carrier: object, inventory, ...more }))
}

/** Where something was found, and what. */
export const places = (findings: readonly CheckFinding[]): readonly (readonly [string, string])[] =>
  findings.map(({ path, problem }) => [path, problem])

/** A volume's spec by which it is reserved for a claim. */
export const ref = (name: string, namespace = 'shop', more: JsonObject = {}): JsonObject => ({
  claimRef: { name, namespace, ...more },
})
/** The status by which an object is in a phase. */
export const phase = (name: string): JsonObject => ({ status: { phase: name } })
/** Where the claim asks for a size. */
export const size = '/spec/resources/requests/storage'
/** Where the claim names its class. */
export const className = '/spec/storageClassName'
