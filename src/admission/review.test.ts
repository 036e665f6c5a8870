import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allowed, denied, patched } from './response.ts'
import { toReview } from './review.ts'

const head = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' }

describe('toReview', () => {
  test('allows', () => {
    expect(toReview('u1', allowed())).toEqual({ ...head, response: { uid: 'u1', allowed: true } })
  })

  test('warns in clean lines', () => {
    expect(toReview('u1', allowed(['a\nb', 'a b']))).toEqual({
      ...head,
      response: { uid: 'u1', allowed: true, warnings: ['a b'] },
    })
  })

  test('patches in base64, with its type', () => {
    const { response } = toReview('u1', patched([{ op: 'add', path: '/a', value: 'ü' }]))
    expect(response).toEqual({
      uid: 'u1',
      allowed: true,
      patchType: 'JSONPatch',
      patch: 'W3sib3AiOiJhZGQiLCJwYXRoIjoiL2EiLCJ2YWx1ZSI6IsO8In1d',
    })
  })

  test('an empty patch is none', () => {
    expect(toReview('u1', patched([]))).toEqual({ ...head, response: { uid: 'u1', allowed: true } })
  })

  test('denies with 403, clean lines and causes', () => {
    const cause = { reason: 'FieldValueInvalid', field: 'spec\n', message: 'a\tb' }
    expect(toReview('u1', denied('\na\tb\n  fix: c', [cause], ['w']))).toEqual({
      ...head,
      response: {
        uid: 'u1',
        warnings: ['w'],
        allowed: false,
        status: {
          status: 'Failure',
          code: 403,
          reason: 'Forbidden',
          message: 'a b\n  fix: c',
          details: { causes: [{ reason: 'FieldValueInvalid', field: 'spec', message: 'a b' }] },
        },
      },
    })
  })

  test('every denial is 403 and has at most 1,000 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000, minLength: 200 }), (message) => {
        const { response } = toReview('u1', denied(message, []))
        if (response.allowed) throw new Error('a denial must stay one')
        expect([response.status.code, response.status.reason]).toEqual([403, 'Forbidden'])
        expect(Buffer.byteLength(response.status.message)).toBeLessThanOrEqual(1000)
      }),
    )
  })
})
