import { isDeepStrictEqual } from 'node:util'
import type { AdmissionRequest } from '../../src/admission/request.ts'
import { watchedKinds } from '../../src/cluster/watched-kind.ts'
import type { Example } from '../../src/examples/example.ts'
import { exampleRequest } from '../../src/examples/run.ts'
import { type Inventory, inventoryOf } from '../../src/kubernetes/inventory.ts'
import { asArray, asObject, at, deepEqual, type JsonObject, type JsonValue } from '../../src/kubernetes/json.ts'
import { referenceOf } from '../../src/kubernetes/object.ts'
import { type Api, textAt } from './api.ts'

/** The users of a trial: those whose requests are judged, by name, and one whose are not. */
export interface Users {
  /** Who makes the requests of examples; '' for those that name nobody. */
  readonly judged: ReadonlyMap<string, Api>
  readonly trusted: Api
}

/** Rules about what stands in a manifest: the API server has dropped or refused it before a webhook is asked. */
export const manifestRules: ReadonlySet<string> = new Set([
  'manifest-valid/valid',
  'secret-not-from-git/sealed',
  'storageclass-reclaim-policy/stated',
])

/** Whether an example can be tried live and offline: whether no rule about what stands in a manifest speaks in it. */
export function isForClusters(example: Example): boolean {
  const { policy, expected } = example
  const isOfManifests = expected?.findings?.some(({ rule }) => manifestRules.has(`${policy}/${rule}`)) === true
  return !isOfManifests && isJudgedInClusters(example)
}

/** Whether an object reaches the webhook, and the webhook knows all that the example's look-ups find. */
export function isJudgedInClusters({ policy, context, object }: Example): boolean {
  // Some look-ups, of ConfigMaps and Secrets, work for manifests only: the webhook does not follow these kinds.
  const seen = new Set(['Namespace', referenceOf(object).kind, ...watchedKinds.map(({ kind }) => kind)])
  return policy !== 'manifest-valid' && context.every((other) => seen.has(referenceOf(other).kind))
}

/** Creates what an example stands on: its context and, for an update, the stored object. None of it is judged. */
export async function prepare({ trusted }: Users, example: Example): Promise<void> {
  for (const object of underlying(example)) {
    const { code, body } = await trusted.create(object)
    if (code !== 201) throw new Error(`${example.policy}/${example.name}: ${code} ${textAt(body, 'message')}`)
    // The status of a new object is not taken over.
    if (object['status'] !== undefined) await trusted.update({ ...body, status: object['status'] }, {}, 'status')
  }
}

/** Deletes what {@link prepare} created, finalizers or not. */
export async function clear({ trusted }: Users, example: Example): Promise<void> {
  for (const object of underlying(example)) {
    await trusted.delete(object)
    await trusted.merge(object, { metadata: { finalizers: null } })
  }
}

function underlying({ context, oldObject: stored, object, expected }: Example): readonly JsonObject[] {
  const oldObject = expected?.operation === 'DELETE' ? object : stored
  if (oldObject === undefined || context.some((other) => isSame(other, oldObject))) return context
  return [...context, oldObject]
}

function isSame(left: JsonObject, right: JsonObject): boolean {
  return isDeepStrictEqual(referenceOf(left), referenceOf(right))
}

/** What the cluster's inventory holds right now, read without the webhook. */
export async function readInventory({ trusted }: Users): Promise<Inventory> {
  const objects: JsonObject[] = []
  for (const { apiVersion, kind } of watchedKinds) {
    const { body } = await trusted.list({ apiVersion, kind })
    for (const item of asArray(body['items'])) objects.push({ apiVersion, kind, ...asObject(item) })
  }
  return inventoryOf(
    objects,
    watchedKinds.map(({ kind }) => kind),
  )
}

/**
 * The request an example makes on the API server: an update where its context holds the object itself. An ephemeral
 * container is added through a subresource.
 */
export function requestOf(example: Example): AdmissionRequest {
  const oldObject = example.oldObject ?? example.context.find((object) => isSame(object, example.object))
  const request = { ...exampleRequest({ ...example, oldObject }), uid: 'example', written: undefined }
  const isDebug = !deepEqual(debuggers(request.object), debuggers(request.oldObject))
  return oldObject !== undefined && isDebug ? { ...request, subResource: 'ephemeralcontainers' } : request
}

function debuggers(object: JsonObject | undefined): JsonValue | undefined {
  return at(object, 'spec', 'ephemeralContainers')
}
