import { describe, expect, it } from 'vitest'
import { claim, configMap, manifestFindings, pod } from '../../../test/support/manifest-findings.ts'
import type { JsonObject, JsonValue } from '../../kubernetes/json.ts'

describe('a value', () => {
  const toString = '{{field}} is a number; it must be a string'
  it.each<[string, JsonObject, string, string, JsonValue | undefined]>([
    [
      '/spec/nodeName',
      pod({ nodeName: true }),
      '{{field}} is the boolean true; it must be a string',
      'put the value of {{field}} in quotes, as it is written: bare yes, no, on and off are booleans too',
      'true',
    ],
    ['/spec/nodeName', pod({ nodeName: 12 }), toString, 'put the value of {{field}} in quotes, as it is written', '12'],
    [
      '/data/V',
      configMap({ data: { V: 1.1 } }),
      toString,
      'put the value of {{field}} in quotes, as it is written',
      undefined,
    ],
    [
      '/data/V',
      configMap({ data: { V: false } }),
      '{{field}} is a boolean; it must be a string',
      'put the value of {{field}} in quotes, as it is written: bare yes, no, on and off are booleans too',
      'false',
    ],
    [
      '/data/V',
      configMap({ data: { V: { a: 1 } } }),
      '{{field}} is an object; it must be a string',
      'write {{field}} as a string',
      undefined,
    ],
    [
      '/data',
      configMap({ data: 'a=b' }),
      '{{field}} is a string; it must be an object',
      'write {{field}} as an object',
      undefined,
    ],
    [
      '/data',
      configMap({ data: ['a=b'] }),
      '{{field}} is a list; it must be an object',
      'write {{field}} as an object',
      undefined,
    ],
    [
      '/spec/hostPID',
      pod({ hostPID: 'true' }),
      '{{field}} is the string "true"; it must be true or false',
      'remove the quotes: true',
      true,
    ],
    [
      '/spec/hostPID',
      pod({ hostPID: 'yes' }),
      '{{field}} is the string "yes"; it must be true or false',
      'write {{field}} as true or false',
      undefined,
    ],
    [
      '/spec/priority',
      pod({ priority: '3' }),
      '{{field}} is the string "3"; it must be an integer',
      'remove the quotes: 3',
      3,
    ],
    [
      '/spec/priority',
      pod({ priority: '3.5' }),
      '{{field}} is the string "3.5"; it must be an integer',
      'write {{field}} as an integer',
      undefined,
    ],
    [
      '/spec/priority',
      pod({ priority: 1.5 }),
      '{{field}} is a number; it must be an integer',
      'write {{field}} as an integer',
      undefined,
    ],
    [
      '/spec/volumes',
      pod({ volumes: { name: 'data' } }),
      '{{field}} is an object; it must be a list',
      'write {{field}} as a list, each item after a hyphen',
      undefined,
    ],
    [
      '/spec/accessModes',
      claim({ accessModes: 'ReadWriteOnce' }),
      '{{field}} is the string "ReadWriteOnce"; it must be a list',
      'write {{field}} as a list: ["ReadWriteOnce"]',
      undefined,
    ],
    [
      '/spec/accessModes',
      claim({ accessModes: 'many' }),
      '{{field}} is a string; it must be a list',
      'write {{field}} as a list, each item after a hyphen',
      undefined,
    ],
    [
      '/binaryData/b',
      configMap({ binaryData: { b: 'plain text' } }),
      '{{field}} is not base64',
      'encode it in base64; plain text belongs in stringData of a Secret, or in data of a ConfigMap',
      undefined,
    ],
  ])('of a wrong type at %s is reported: %o', (path, written, problem, remedy, repair) => {
    expect(manifestFindings(written)).toMatchObject([{ path, problem, remedy }])
    expect(manifestFindings(written)[0]?.repair).toEqual(repair)
  })

  it.each<[string, JsonObject]>([
    ['null', pod({ nodeName: null, volumes: null, priority: null })],
    ['an integer or a string', pod({ containers: [{ name: 'web', livenessProbe: { httpGet: { port: 'http' } } }] })],
    ['a whole number written as a float', pod({ priority: 1e3 })],
    ['a quantity as a number', claim({ resources: { requests: { storage: 1_000_000 } } })],
    ['a quantity with spaces around', claim({ resources: { requests: { storage: ' 10Gi ' } } })],
    ['a variable for a number', pod({ priority: '${PRIORITY}' })],
    ['a variable for an object', pod({ affinity: '{{ .Values.affinity }}' })],
    ['an empty text for a default', pod({ restartPolicy: '' })],
    ['base64 in several lines', configMap({ binaryData: { b: 'aGVs\nbG8=\n' } })],
    ['what controllers write', { ...pod({}), status: { phase: 1 } }],
  ])('may be %s', (_what, written) => {
    expect(manifestFindings(written)).toEqual([])
  })
})

describe('privacy', () => {
  const value = 'c0rrect-h0rse'
  const number = 93_715_024
  it.each<[string, JsonObject]>([
    [
      'Secret',
      { apiVersion: 'v1', kind: 'Secret', data: { a: value, b: number }, stringData: { c: number, d: [value] } },
    ],
    ['misspelt Secret', { apiVersion: 'v1', kind: 'Secret', stringdata: { a: value }, dta: { b: value } }],
    ['Secret without keys', { apiVersion: 'v1', kind: 'Secret', data: value, stringData: [value] }],
    ['ConfigMap', configMap({ data: { a: [value], b: { c: number } }, binaryData: { d: value } })],
    ['variable', pod({ containers: [{ name: 'web', env: [{ name: 'a', value: { v: value } }, value, number] }] })],
    ['list of variables', pod({ containers: [{ name: 'web', env: value }] })],
  ])('of a %s is kept', (_what, written) => {
    const text = JSON.stringify(manifestFindings(written))
    expect(text).toContain('"path"')
    expect(text).not.toContain(value)
    expect(text).not.toContain(String(number))
  })
})
