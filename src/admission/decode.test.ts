import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeReview, ReviewError, uidOf } from './decode.ts'

const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' } }
const request = { uid: 'u1', operation: 'CREATE', object, oldObject: null }

function review(fields: object = {}): object {
  return { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request: { ...request, ...fields } }
}

function errorOf(body: unknown): ReviewError | undefined {
  try {
    decodeReview(body)
    return undefined
  } catch (error) {
    if (error instanceof ReviewError) return error
    throw error
  }
}

describe('decodeReview', () => {
  test('reads all fields', () => {
    const fields = {
      operation: 'UPDATE',
      namespace: 'shop',
      oldObject: { kind: 'Pod' },
      subResource: 'ephemeralcontainers',
      userInfo: { username: 'jane', groups: ['a', 'b'], extra: { scopes: ['x'] } },
      dryRun: true,
    }
    expect(decodeReview(review(fields))).toEqual({
      uid: 'u1',
      operation: 'UPDATE',
      namespace: 'shop',
      object,
      oldObject: { kind: 'Pod' },
      subResource: 'ephemeralcontainers',
      userInfo: { username: 'jane', groups: ['a', 'b'] },
      dryRun: true,
    })
  })

  test('fields that Go leaves out are empty', () => {
    expect(decodeReview(review())).toEqual({
      uid: 'u1',
      operation: 'CREATE',
      namespace: '',
      object,
      written: undefined,
      oldObject: undefined,
      subResource: '',
      userInfo: { username: '', groups: [] },
      dryRun: false,
    })
  })

  test.each([
    ['DELETE has the old object only', { operation: 'DELETE', object: null, oldObject: object }, [undefined, object]],
    ['UPDATE has both', { operation: 'UPDATE', oldObject: object }, [object, object]],
    ['CONNECT may have options', { operation: 'CONNECT' }, [object, undefined]],
    ['CONNECT may have none', { operation: 'CONNECT', object: null }, [undefined, undefined]],
  ])('%s', (_name, fields, expected) => {
    const decoded = decodeReview(review(fields))
    expect([decoded.object, decoded.oldObject]).toEqual(expected)
  })

  const v1beta1 = { apiVersion: 'admission.k8s.io/v1beta1', kind: 'AdmissionReview', request }
  const operationIs = 'must be one of CREATE, UPDATE, DELETE, CONNECT'
  test.each([
    [null, 'not-a-review', 'the body is null; it must be an AdmissionReview object'],
    [[], 'not-a-review', 'the body is an array; it must be an AdmissionReview object'],
    ['x', 'not-a-review', 'the body is a string; it must be an AdmissionReview object'],
    [{}, 'not-a-review', '/kind must be "AdmissionReview"'],
    [v1beta1, 'not-a-review', '/apiVersion must be "admission.k8s.io/v1"'],
    [{ ...review(), request: null }, 'missing-field', '/request is absent; it must be an object'],
    [{ ...review(), request: [] }, 'wrong-type', '/request is an array; it must be an object'],
    [review({ uid: '' }), 'missing-field', '/request/uid is absent; it must be a non-empty string'],
    [review({ uid: 7 }), 'wrong-type', '/request/uid is a number; it must be a string'],
    [review({ operation: 'create' }), 'wrong-value', `/request/operation ${operationIs}`],
    [review({ operation: 'constructor' }), 'wrong-value', `/request/operation ${operationIs}`],
    [review({ object: null }), 'missing-field', '/request/object is absent; this operation must carry an object there'],
    [review({ object: 's3cret' }), 'wrong-type', '/request/object is a string; it must be an object'],
    [review({ oldObject: object }), 'unexpected-field', '/request/oldObject must be null for this operation'],
    [
      review({ operation: 'DELETE', oldObject: object }),
      'unexpected-field',
      '/request/object must be null for this operation',
    ],
    [
      review({ operation: 'UPDATE' }),
      'missing-field',
      '/request/oldObject is absent; this operation must carry an object there',
    ],
    [review({ dryRun: 'yes' }), 'wrong-type', '/request/dryRun is a string; it must be a boolean'],
    [review({ userInfo: 'jane' }), 'wrong-type', '/request/userInfo is a string; it must be an object'],
    [
      review({ userInfo: { groups: 'a' } }),
      'wrong-type',
      '/request/userInfo/groups is a string; it must be an array of strings',
    ],
    [
      review({ userInfo: { groups: ['a', 1] } }),
      'wrong-type',
      '/request/userInfo/groups/1 is a number; it must be a string',
    ],
  ])('refuses %j', (body, code, message) => {
    const error = errorOf(body)
    expect([error?.code, error?.message]).toEqual([code, message])
  })

  test('throws nothing but ReviewError, and never shows a value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('uid', 'operation', 'object', 'userInfo'), (value, key) => {
        const error = errorOf(review({ [key]: value, secret: 's3cret' }))
        expect(error?.message ?? '').not.toMatch(/s3cret|\n/)
      }),
    )
  })
})

describe('uidOf', () => {
  test.each([
    [review(), 'u1'],
    [review({ operation: 'x' }), 'u1'],
    [{ request: { uid: 1 } }, ''],
    [{ request: null }, ''],
    [null, ''],
    ['x', ''],
  ])('%j', (body, expected) => expect(uidOf(body)).toBe(expected))
})
