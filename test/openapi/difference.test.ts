import { expect, it } from 'vitest'
import { documentsOf } from '../../src/kubernetes/openapi/versions.ts'
import { differenceOf } from './difference.ts'

const newer = {
  kinds: { Pod: { v1: 'Pod' }, New: { v1: 'New' } },
  definitions: { Pod: { a: 'string', b: 'string!', same: 'any' }, New: { a: 'any' }, Same: { a: 'any' } },
}
const older = {
  kinds: { Pod: { v0: 'Pod', v1: 'Pod' } },
  definitions: { Pod: { b: 'string', c: 'Old', same: 'any' }, Old: { d: 'any' }, Same: { a: 'any' } },
}

it('says what an older version has otherwise, and nothing else', () => {
  expect(differenceOf(newer, older)).toEqual({
    kinds: { New: null, Pod: { v0: 'Pod' } },
    definitions: { New: null, Old: { d: 'any' }, Pod: { a: null, b: 'string', c: 'Old' } },
  })
  expect(differenceOf(newer, newer)).toEqual({ kinds: {}, definitions: {} })
})

it('is enough to build the older version from the newer one', () => {
  const [, built] = documentsOf({ version: '2', ...newer }, { '1': differenceOf(newer, older) })
  expect(built).toEqual({ version: '1', document: older })
})
