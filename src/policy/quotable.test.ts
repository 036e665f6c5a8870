import { expect, it } from 'vitest'
import type { JsonValue } from '../kubernetes/json.ts'
import { quotable } from './quotable.ts'

it.each<[JsonValue, JsonValue]>([
  ['text', 'text'],
  [5, 5],
  [null, null],
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [{}, {}],
  [
    { sizeLimit: '1Gi', count: 2, on: true },
    { sizeLimit: '…', count: 2, on: true },
  ],
  [
    { driver: 'x', options: { password: 'p', list: ['q', { r: 's' }] } },
    { driver: '…', options: { password: '…', list: ['…', { r: '…' }] } },
  ],
  [
    [{ key: 'k', values: ['v'] }, 'plain'],
    [{ key: '…', values: ['…'] }, 'plain'],
  ],
])('of %j messages may quote %j', (value, shown) => expect(quotable(value)).toEqual(shown))
