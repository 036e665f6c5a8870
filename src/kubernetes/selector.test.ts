import { describe, expect, test } from 'vitest'
import { labelSelectorMatches } from './selector.ts'

const labels = { app: 'db', tier: 'gold' }
const expression = (key: string, operator: string, values?: readonly string[]) => ({
  matchExpressions: [{ key, operator, ...(values && { values }) }],
})

describe('labelSelectorMatches', () => {
  test.each([
    ['an empty selector', {}, true],
    ['no selector', undefined, false],
    ['null', null, false],
    ['empty parts', { matchLabels: {}, matchExpressions: [] }, true],
    ['null parts', { matchLabels: null, matchExpressions: null }, true],
    ['a label', { matchLabels: { app: 'db' } }, true],
    ['all labels', { matchLabels: { app: 'db', tier: 'gold' } }, true],
    ['one wrong label', { matchLabels: { app: 'db', tier: 'silver' } }, false],
    ['an absent label', { matchLabels: { zone: 'a' } }, false],
    ["an object's own property name", { matchLabels: { constructor: 'x' } }, false],
    ['In', expression('app', 'In', ['web', 'db']), true],
    ['In without it', expression('app', 'In', ['web']), false],
    ['In of an absent label', expression('zone', 'In', ['a']), false],
    ['In without values', expression('app', 'In', []), false],
    ['NotIn', expression('app', 'NotIn', ['web']), true],
    ['NotIn with it', expression('app', 'NotIn', ['db']), false],
    ['NotIn of an absent label', expression('zone', 'NotIn', ['a']), true],
    ['NotIn without values', expression('zone', 'NotIn', []), false],
    ['Exists', expression('app', 'Exists'), true],
    ['Exists of an absent label', expression('zone', 'Exists'), false],
    ['Exists of a prototype key', expression('constructor', 'Exists'), false],
    ['Exists with values', expression('app', 'Exists', ['db']), false],
    ['DoesNotExist', expression('zone', 'DoesNotExist'), true],
    ['DoesNotExist of a label that is there', expression('app', 'DoesNotExist'), false],
    ['an unknown operator', expression('app', 'Gt', ['1']), false],
    ['an expression without a key', { matchExpressions: [{ operator: 'Exists' }] }, false],
    ['both parts, one wrong', { matchLabels: { app: 'db' }, ...expression('zone', 'Exists') }, false],
    ['a list', [], false],
    ['a text', 'app=db', false],
    ['an unknown part', { app: 'db' }, false],
    ['matchLabels that are no object', { matchLabels: ['app'] }, false],
    ['a value that is no text', { matchLabels: { app: 1 } }, false],
    ['expressions that are no list', { matchExpressions: {} }, false],
    ['values that are no texts', { matchExpressions: [{ key: 'app', operator: 'In', values: [1] }] }, false],
  ])('%s', (_, selector, expected) => {
    expect(labelSelectorMatches(selector, labels)).toBe(expected)
  })
})
