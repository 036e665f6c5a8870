import { isDeepStrictEqual } from 'node:util'
import { applyPatch } from '../../src/admission/apply-patch.ts'
import type { AdmissionRequest } from '../../src/admission/request.ts'
import { toReview } from '../../src/admission/review.ts'
import type { ProgramOptions } from '../../src/cli/command-flags.ts'
import { fix } from '../../src/cli/fix.ts'
import { createProgram } from '../../src/cli/program.ts'
import type { Terminal } from '../../src/cli/terminal.ts'
import { decide } from '../../src/engine/decide.ts'
import { exampleFingerprintKey } from '../../src/examples/run.ts'
import type { Inventory } from '../../src/kubernetes/inventory.ts'
import {
  asArray,
  asObject,
  asString,
  at,
  isObject,
  type JsonObject,
  type JsonValue,
} from '../../src/kubernetes/json.ts'
import { fieldPath } from '../../src/kubernetes/pointer.ts'
import type { PolicySet } from '../../src/policy/compiled.ts'
import { type Api, type ApiAnswer, dryRun, textAt } from './api.ts'
import { manifestRules, type Users } from './example-trial.ts'

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

/**
 * Runs a command on standard input, with the cluster's inventory, and gives what it writes to standard output.
 * What it says besides, on standard error, is for people.
 */
export async function runHoldfast(
  command: readonly string[],
  input: string,
  configFile: string,
  inventory: Inventory,
): Promise<string> {
  const { terminal, text } = recorded(input)
  const options: ProgramOptions = {
    terminal,
    environment: { ownNamespace: 'holdfast-system', colors: false, fingerprintKey: exampleFingerprintKey },
    version: '0.0.0',
    readCluster: () => Promise.resolve(inventory),
    openInventory: unused,
    serve: unused,
    demo: unused,
  }
  const flags = ['--cluster', '--config', configFile, '-']
  await createProgram(options, () => undefined).parseAsync([...command, ...flags], { from: 'user' })
  return text()
}

/** A terminal that keeps what is written to standard output. */
function recorded(input: string): { readonly terminal: Terminal; readonly text: () => string } {
  let output = ''
  const terminal: Terminal = {
    out: (text) => void (output += text),
    error: () => undefined,
    readInput: () => Promise.resolve(input),
    run: () => 'missing',
    colors: false,
    now: () => new Date(),
  }
  return { terminal, text: () => output }
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

/**
 * What the live webhook changes in a manifest that `holdfast fix --write` has repaired: the object as it would be stored
 * through it and past it. `allowed` says whether it is admitted as it was written. Undefined for an update, which a manifest cannot show, and where something is left to deny.
 */
export async function storedAfterFix(
  { judged, trusted }: Users,
  request: AdmissionRequest,
  { policies, inventory, allowed }: { policies: PolicySet; inventory: Inventory; allowed: boolean },
): Promise<{ readonly judged: JsonObject; readonly unjudged: JsonObject } | undefined> {
  const user = judged.get(request.userInfo.username)
  if (request.operation !== 'CREATE' || user === undefined) return undefined
  const output = recorded(JSON.stringify(request.object))
  const repairs = { paths: ['-'], policies, namespace: 'default', cluster: inventory, ignoreUnknown: false } as const
  await fix({ ...repairs, mode: 'write' }, output.terminal)
  const fixed = parse(output.text())
  const [through, past] = [await user.create(fixed, dryRun), await trusted.create(fixed, dryRun)]
  // What was admitted before it was repaired is so afterwards.
  if (through.code >= 300 && allowed) throw new Error(`repaired, it is denied: ${textAt(through.body, 'message')}`)
  if (through.code >= 300 || past.code >= 300) return undefined
  return { judged: comparable(through.body), unjudged: comparable(past.body) }
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
  throw new Error('what reads manifests does not serve')
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
