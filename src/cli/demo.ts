import { readFileSync } from 'node:fs'
import { request as httpsRequest } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { applyPatch } from '../admission/apply-patch.ts'
import { encodeRequest } from '../admission/encode-request.ts'
import type { PatchOperation } from '../admission/json-patch.ts'
import { asArray, asString, at, isObject, type JsonObject, type JsonValue } from '../kubernetes/json.ts'
import { groupKindOf } from '../kubernetes/kinds.ts'
import { referenceOf } from '../kubernetes/object.ts'
import { builtInPolicies } from '../load.ts'
import { readManifests } from '../manifest/read.ts'
import { requestFor } from '../manifest/request.ts'
import type { Webhook } from './serve.ts'
import type { Terminal } from './terminal.ts'

// Examples of the built-in pack: one that is patched, two that are refused, one that is left alone.
const examples = [
  'storageclass-wait-for-first-consumer/examples/fixed/immediate.yaml',
  'pod-no-host-path/examples/denied/runtime-socket.yaml',
  'configmap-no-secrets/examples/denied/database-url.yaml',
  'claim-rwop-when-sensitive/examples/allowed/one-pod.yaml',
]

/** Sends examples to a running webhook over TLS, as the API server would, and prints what a person would see. */
export async function showAtWork(webhook: Webhook, terminal: Terminal): Promise<void> {
  for (const example of examples) {
    const file = join(builtInPolicies, example)
    const { manifests } = readManifests(readFileSync(file, 'utf8'), { file })
    for (const { object } of manifests) {
      terminal.out(`\n$ kubectl apply -f policies/${example}\n${await apply(object, webhook)}`)
    }
  }
}

async function apply(object: JsonObject, webhook: Webhook): Promise<string> {
  const mutated = await ask('mutate', object, webhook)
  const patched = applyPatch(object, mutated.patch)
  const validated = await ask('validate', isObject(patched) ? patched : object, webhook)
  const warnings = [...mutated.warnings, ...validated.warnings].map((warning) => `Warning: ${warning}\n`)
  const end =
    validated.denial === undefined
      ? `${groupKindOf(object).toLowerCase()}/${referenceOf(object).name} created\n`
      : `Error from server (Forbidden): admission webhook "validate.holdfast.dev" denied the request: ${validated.denial}\n`
  return `${warnings.join('')}${end}`
}

interface Answer {
  readonly denial: string | undefined
  readonly warnings: readonly string[]
  readonly patch: readonly PatchOperation[]
}

async function ask(endpoint: 'mutate' | 'validate', object: JsonObject, { server, keyPair }: Webhook): Promise<Answer> {
  const body = JSON.stringify(encodeRequest({ ...requestFor(object, 'default'), uid: 'demo' }))
  const answer = await new Promise<string>((resolve, reject) => {
    const request = httpsRequest(`${server.url}/${endpoint}?timeout=10s`, {
      method: 'POST',
      ca: keyPair.cert,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    })
    request.on('response', (response) => void text(response).then(resolve, reject))
    request.on('error', reject)
    request.end(body)
  })
  const review: JsonValue = JSON.parse(answer)
  const response = at(review, 'response')
  const patch = asString(at(response, 'patch'))
  return {
    denial: at(response, 'allowed') === true ? undefined : (asString(at(response, 'status', 'message')) ?? answer),
    warnings: asArray(at(response, 'warnings')).filter((warning) => typeof warning === 'string'),
    patch: patch === undefined ? [] : JSON.parse(Buffer.from(patch, 'base64').toString()),
  }
}
