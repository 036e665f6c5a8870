import { expect, it } from 'vitest'
import { foldedJson } from './folded-json.ts'

it.each([
  [{}, 20, '{}'],
  [[], 20, '[]'],
  [{ a: [1, 'x'], b: null }, 30, '{ "a": [1, "x"], "b": null }'],
  [{ a: [1, 'x'], b: null }, 27, '{\n  "a": [1, "x"],\n  "b": null\n}'],
  [['a text longer than the line'], 5, '[\n  "a text longer than the line"\n]'],
  // A key takes room on the first line of its value, but not on the lines below.
  [{ longKey: { a: 1, b: [1, 2, 3, 4] } }, 24, '{\n  "longKey": {\n    "a": 1,\n    "b": [1, 2, 3, 4]\n  }\n}'],
])('folds %j to %i characters', (value, width, text) => {
  expect(foldedJson(value, width)).toBe(text)
  expect(JSON.parse(text)).toEqual(value)
})
