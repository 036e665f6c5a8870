import { at, isArray, isObject, type JsonObject, type JsonValue, member } from '../kubernetes/json.ts'
import { formatPointer, type Pointer } from '../kubernetes/pointer.ts'
import { type AdmissionRequest, type Operation, operations } from './request.ts'
import { reviewApiVersion } from './review.ts'

/** What is wrong with a body that is no AdmissionReview. */
export type ReviewErrorCode = 'not-a-review' | 'missing-field' | 'wrong-type' | 'wrong-value' | 'unexpected-field'

/** A body that is no AdmissionReview we can judge. The message is one line and holds nothing of the object. */
export class ReviewError extends Error {
  override readonly name = 'ReviewError'
  readonly code: ReviewErrorCode
  /** Where in the body. */
  readonly path: Pointer

  constructor(code: ReviewErrorCode, path: Pointer, problem: string) {
    super(`${path === '' ? 'the body' : path} ${problem}`)
    this.code = code
    this.path = path
  }
}

/**
 * Reads the body of an admission webhook call: an AdmissionReview of admission.k8s.io/v1 with a request.
 * As the API server does it, CREATE carries the object, DELETE the old object, UPDATE both.
 *
 * @throws {ReviewError} on anything else.
 */
export function decodeReview(body: unknown): AdmissionRequest {
  if (!isObject(body)) {
    throw new ReviewError('not-a-review', '', `is ${typeName(body)}; it must be an AdmissionReview object`)
  }
  expectConstant(body, 'kind', 'AdmissionReview')
  expectConstant(body, 'apiVersion', reviewApiVersion)
  const request = fieldsOf(member(body, 'request'), ['request'])
  const uid = request.string('uid')
  if (uid === '') throw new ReviewError('missing-field', '/request/uid', 'is absent; it must be a non-empty string')
  const operation = toOperation(request.string('operation'))
  const userInfo = fieldsOf(request.value('userInfo') ?? {}, ['request', 'userInfo'])
  return {
    uid,
    operation,
    namespace: request.string('namespace'),
    object: carried(request, 'object', carriedObjects[operation].object),
    written: undefined,
    oldObject: carried(request, 'oldObject', carriedObjects[operation].oldObject),
    subResource: request.string('subResource'),
    userInfo: { username: userInfo.string('username'), groups: userInfo.strings('groups') },
    dryRun: request.boolean('dryRun'),
  }
}

/** The uid a body's request has, '' where there is none: what an answer to a faulty review can still say. */
export function uidOf(body: unknown): string {
  const uid = isObject(body) ? at(body, 'request', 'uid') : undefined
  return typeof uid === 'string' ? uid : ''
}

type Presence = 'required' | 'optional' | 'absent'

// admission/v1 AdmissionRequest. CONNECT carries the options of the connection where the subresource has any.
const carriedObjects: Readonly<Record<Operation, { readonly object: Presence; readonly oldObject: Presence }>> = {
  CREATE: { object: 'required', oldObject: 'absent' },
  UPDATE: { object: 'required', oldObject: 'required' },
  DELETE: { object: 'absent', oldObject: 'required' },
  CONNECT: { object: 'optional', oldObject: 'absent' },
}

function carried(request: Fields, key: 'object' | 'oldObject', presence: Presence): JsonObject | undefined {
  const value = request.value(key)
  if (value === undefined) {
    if (presence !== 'required') return undefined
    throw new ReviewError('missing-field', `/request/${key}`, 'is absent; this operation must carry an object there')
  }
  if (presence === 'absent') {
    throw new ReviewError('unexpected-field', `/request/${key}`, 'must be null for this operation')
  }
  if (isObject(value)) return value
  throw wrongType(['request', key], value, 'an object')
}

function toOperation(value: string): Operation {
  const operation = operations.find((candidate) => candidate === value)
  if (operation !== undefined) return operation
  throw new ReviewError('wrong-value', '/request/operation', `must be one of ${operations.join(', ')}`)
}

function expectConstant(body: JsonObject, key: string, expected: string): void {
  if (member(body, key) === expected) return
  throw new ReviewError('not-a-review', formatPointer(key), `must be "${expected}"`)
}

/** Reads fields as Go decodes them: absent, null and the zero value are the same. */
interface Fields {
  value(key: string): JsonValue | undefined
  string(key: string): string
  boolean(key: string): boolean
  strings(key: string): readonly string[]
}

function fieldsOf(object: JsonValue | undefined, steps: readonly string[]): Fields {
  if (object === undefined || object === null) {
    throw new ReviewError('missing-field', formatPointer(...steps), 'is absent; it must be an object')
  }
  if (!isObject(object)) throw wrongType(steps, object, 'an object')
  const value = (key: string): JsonValue | undefined => member(object, key) ?? undefined
  return {
    value,
    string(key) {
      const field = value(key) ?? ''
      if (typeof field === 'string') return field
      throw wrongType([...steps, key], field, 'a string')
    },
    boolean(key) {
      const field = value(key) ?? false
      if (typeof field === 'boolean') return field
      throw wrongType([...steps, key], field, 'a boolean')
    },
    strings(key) {
      const field = value(key) ?? []
      if (!isArray(field)) throw wrongType([...steps, key], field, 'an array of strings')
      return field.map((item, index) => {
        if (typeof item === 'string') return item
        throw wrongType([...steps, key, index], item, 'a string')
      })
    },
  }
}

function wrongType(steps: readonly (string | number)[], value: unknown, expected: string): ReviewError {
  return new ReviewError('wrong-type', formatPointer(...steps), `is ${typeName(value)}; it must be ${expected}`)
}

function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
