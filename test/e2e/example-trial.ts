import { isDeepStrictEqual } from 'node:util'
import { applyPatch } from '../../src/admission/apply-patch.ts'
import type { AdmissionRequest } from '../../src/admission/request.ts'
import { toReview } from '../../src/admission/review.ts'
import { createProgram, type ProgramOptions } from '../../src/cli/program.ts'
import { watchedKinds } from '../../src/cluster/watched-kind.ts'
import { decide } from '../../src/engine/decide.ts'
import type { Example } from '../../src/examples/example.ts'
import { exampleFingerprintKey, exampleRequest } from '../../src/examples/run.ts'
import { type Inventory, inventoryOf } from '../../src/kubernetes/inventory.ts'
import {
  asArray,
  asObject,
  asString,
  at,
  deepEqual,
  isObject,
  type JsonObject,
  type JsonValue,
} from '../../src/kubernetes/json.ts'
import { fieldPath } from '../../src/kubernetes/pointer.ts'
import { referenceOf } from '../../src/kubernetes/object.ts'
import type { PolicySet } from '../../src/policy/compiled.ts'
import { type Api, type ApiAnswer, dryRun, textAt } from './api.ts'

/** What becomes of an object: refused with a text and causes, or stored; and what is said about it. */
export interface Outcome {
  readonly allowed: boolean
  readonly warnings: readonly string[]
  /** The text of the denial, from behind the webhook's name. */
  readonly denial?: string
  readonly causes?: JsonValue
  /** The object as it would be stored, without what differs at each try. */
  readonly stored?: JsonObject
}

/** The users of a trial: those whose requests are judged, by name, and one whose are not. */
export interface Users {
  /** Who makes the requests of examples; '' for those that name nobody. */
  readonly judged: ReadonlyMap<string, Api>
  readonly trusted: Api
}

/** Rules about what stands in a manifest: the API server has dropped or refused it before a webhook is asked. */
const manifestRules: ReadonlySet<string> = new Set([
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

/**
 * The request as the webhook gets it: with the API server's defaults and those of its own admission plugins.
 * Undefined where the API server refuses the object until it is repaired.
 */
export async function admittedRequest(
  { trusted }: Users,
  request: AdmissionRequest,
): Promise<AdmissionRequest | undefined> {
  const { code, body } = await send(trusted, request)
  if (code >= 300) return undefined
  const oldObject = request.oldObject === undefined ? undefined : (await trusted.get(request.oldObject)).body
  return { ...request, object: request.operation === 'DELETE' ? undefined : body, oldObject }
}

/** What the live webhook's verdict comes to, as a client of the API server sees it. */
export async function liveOutcome({ judged, trusted }: Users, request: AdmissionRequest): Promise<Outcome> {
  // The API server warns by itself as well, of deprecated fields.
  const own = new Set((await send(trusted, request)).warnings)
  const user = judged.get(request.userInfo.username)
  if (user === undefined) throw new Error(`nobody is connected as ${request.userInfo.username}`)
  const { code, body, warnings: all } = await send(user, request)
  const warnings = all.filter((warning) => !own.has(warning))
  if (code < 300) return { allowed: true, warnings, ...storedBy(request, body) }
  const message = textAt(body, 'message')
  const [, denial] = /^admission webhook "[a-z.]+" denied the request: ([^]*)$/.exec(message) ?? []
  if (denial === undefined) throw new Error(`the API server answers ${code}: ${message}`)
  return { allowed: false, warnings, denial, causes: at(body, 'details', 'causes') ?? [] }
}

/** What the engine says of the manifest as it was written; the API server only adds its defaults to the result. */
export function offlineOutcome(
  users: Users,
  request: AdmissionRequest,
  policies: PolicySet,
  inventory: Inventory,
): Promise<Outcome> {
  const { response } = decide(policies, request, { inventory, now: new Date() })
  return reviewedOutcome(users, request, JSON.stringify(toReview(request.uid, response)))
}

/** Runs `holdfast review` or `check` on standard input, with the cluster's inventory, and gives what it prints. */
export async function runHoldfast(
  command: readonly string[],
  input: string,
  configFile: string,
  inventory: Inventory,
): Promise<string> {
  let output = ''
  const options: ProgramOptions = {
    terminal: {
      out: (text) => void (output += text),
      error: (text) => void (output += text),
      readInput: () => Promise.resolve(input),
      colors: false,
      now: () => new Date(),
    },
    environment: { ownNamespace: 'holdfast-system', colors: false, fingerprintKey: exampleFingerprintKey },
    version: '0.0.0',
    readCluster: () => Promise.resolve(inventory),
    openInventory: unused,
    serve: unused,
    demo: unused,
  }
  const flags = ['--cluster', '--config', configFile, '-']
  await createProgram(options, () => undefined).parseAsync([...command, ...flags], { from: 'user' })
  return output
}

/**
 * What `holdfast check` says of the manifest other than the live webhook: the policies that speak are the same, and it
 * finds fault with every place that the webhook refuses. A line each; none for an update, which a manifest cannot show.
 */
export async function differencesOfCheck(
  { operation, object }: AdmissionRequest,
  live: Outcome,
  configFile: string,
  inventory: Inventory,
): Promise<readonly string[]> {
  if (operation !== 'CREATE') return []
  const report = parse(await runHoldfast(['check', '--format=json'], JSON.stringify(object), configFile, inventory))
  const results = asArray(report['results']).filter(
    (result) =>
      // What is only recorded reaches no client of the API server.
      textAt(result, 'action') !== 'audit' &&
      !manifestRules.has(`${textAt(result, 'policy')}/${textAt(result, 'rule')}`),
  )
  const places = new Set(results.map((result) => `${textAt(result, 'policy')} ${fieldPath(textAt(result, 'path'))}`))
  const policies = unique(results.map((result) => textAt(result, 'policy')))
  const missed = placesOf(live).filter((place) => !places.has(place))
  const spoke = speakersOf(live)
  return isDeepStrictEqual(policies, spoke)
    ? missed
    : [...missed, `${policies.join(' ')} instead of ${spoke.join(' ')}`]
}

/** The policies that speak in an outcome, once each, in order. */
export function speakersOf({ warnings, causes }: Outcome): readonly string[] {
  const warning = warnings.map((text) => / \[([a-z0-9-]+)\]/.exec(text)?.[1] ?? text)
  return unique([...warning, ...asArray(causes).map((cause) => textAt(cause, 'reason'))])
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort()
}

function unused(): never {
  throw new Error('neither "review" nor "check" serves')
}

/** What an AdmissionReview, as text, comes to when the API server gets it in answer to the request. */
export async function reviewedOutcome({ trusted }: Users, request: AdmissionRequest, review: string): Promise<Outcome> {
  const response = asObject(at(parse(review), 'response'))
  const warnings = asArray(response['warnings']).filter((warning) => typeof warning === 'string')
  if (response['allowed'] !== true) {
    const denial = textAt(response, 'status', 'message')
    return { allowed: false, warnings, denial, causes: at(response, 'status', 'details', 'causes') ?? [] }
  }
  if (request.operation === 'DELETE') return { allowed: true, warnings }
  const patch = JSON.parse(Buffer.from(asString(response['patch']) ?? 'W10=', 'base64').toString())
  const patched = applyPatch(request.object ?? {}, patch)
  const { code, body } = await send(trusted, { ...request, object: asObject(patched) })
  if (code >= 300) throw new Error(`the API server answers ${code} to the repaired object: ${textAt(body, 'message')}`)
  return { allowed: true, warnings, stored: comparable(body) }
}

function parse(text: string): JsonObject {
  const value: unknown = JSON.parse(text)
  return isObject(value) ? value : {}
}

function storedBy({ operation }: AdmissionRequest, body: JsonObject): Pick<Outcome, 'stored'> {
  return operation === 'DELETE' ? {} : { stored: comparable(body) }
}

async function send(
  api: Api,
  { operation, object = {}, oldObject = {}, subResource }: AdmissionRequest,
): Promise<ApiAnswer> {
  if (operation === 'DELETE') return api.delete(oldObject, dryRun)
  if (operation === 'CREATE') return api.create(object, dryRun)
  // Custom resources are not updated without one.
  const resourceVersion = textAt((await api.get(object)).body, 'metadata', 'resourceVersion')
  const metadata = { ...asObject(object['metadata']), resourceVersion }
  return api.update({ ...object, metadata }, dryRun, subResource)
}

function comparable(object: JsonObject): JsonObject {
  const {
    uid: _uid,
    creationTimestamp: _time,
    resourceVersion: _version,
    managedFields: _managers,
    ...metadata
  } = asObject(object['metadata'])
  const { lastPhaseTransitionTime: _changed, ...status } = asObject(object['status'])
  return { ...object, metadata, ...(object['status'] === undefined ? {} : { status }) }
}

/**
 * The part of an outcome that is the verdict: who complains, and where. The words may differ where the API server has
 * filled in a field: then it is the class that is wrong, and not its absence.
 */
export function verdictOf(outcome: Outcome): object {
  return { allowed: outcome.allowed, stored: outcome.stored, speakers: speakersOf(outcome), places: placesOf(outcome) }
}

/** The places that a denial names: `policy field`, once each, in order. */
export function placesOf({ causes }: Outcome): readonly string[] {
  return unique(asArray(causes).map((cause) => `${textAt(cause, 'reason')} ${textAt(cause, 'field')}`))
}
