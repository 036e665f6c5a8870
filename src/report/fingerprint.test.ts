import { describe, expect, test } from 'vitest'
import { checkResultOf, problemOf } from '../../test/support/check-report.ts'
import type { JsonObject } from '../kubernetes/json.ts'
import { fingerprinted, fingerprintedProblems } from './fingerprint.ts'
import { type CheckResult, checkResult } from './result.ts'

const of = (more: Partial<CheckResult> = {}): string => all([more])[0] ?? ''
const all = (results: readonly Partial<CheckResult>[]): readonly string[] =>
  fingerprinted(results.map(checkResultOf)).map(([, fingerprint]) => fingerprint)
const { resource } = checkResultOf()

/** The fingerprint of a finding at a path of an object. */
function at(object: JsonObject, path: string, actual = checkResultOf().actual): string {
  const result = checkResultOf({ path, actual })
  return fingerprinted([checkResult(result, { pointer: '', object }, result)])[0]?.[1] ?? ''
}

describe('a fingerprint', () => {
  test('is 64 hex digits', () => expect(of()).toMatch(/^[0-9a-f]{64}$/))

  // Once a release is out, a change here opens every alert of every user anew.
  test('never changes', () => {
    expect(of()).toBe('4fa6f343044b8f54e1fc19912645284c3e1caae6b7d25f971465acbbbb4dad62')
  })

  test.each<[string, Partial<CheckResult>]>([
    ['the line', { line: 70, column: 9, excerpt: undefined }],
    ['the place in a List', { pointer: '/items/3' }],
    ['how the file is named', { file: './claim.yaml' }],
    ['the version of the API', { resource: { ...resource, apiVersion: 'v2' } }],
    ['the action', { action: 'warn', effect: 'warn', result: 'warn' }],
    ['the words', { message: 'm', problem: 'p', why: 'w', note: 'n', fix: { text: '', patch: undefined }, links: [] }],
    ['the value of a field', { actual: 'faster', expected: 'silver' }],
  ])('stays with %s', (_what, more) => expect(of(more)).toBe(of()))

  test.each<[string, Partial<CheckResult>]>([
    ['the file', { file: 'other.yaml' }],
    ['the policy', { policy: 'claim-size' }],
    ['the rule', { rule: 'other' }],
    ['the group', { resource: { ...resource, apiVersion: 'apps/v1' } }],
    ['the kind', { resource: { ...resource, kind: 'Pod' } }],
    ['the namespace', { resource: { ...resource, namespace: 'other' } }],
    ['the name', { resource: { ...resource, name: 'other' } }],
    ['the field', { path: '/spec/resources' }],
  ])('changes with %s', (_what, more) => expect(of(more)).not.toBe(of()))

  test('stays when other findings come and go', () => {
    const other = { path: '/spec/resources' }
    expect(all([other, {}, { file: 'b.yaml' }])[1]).toBe(of())
  })

  test('is numbered where findings are alike', () => {
    const [first, second, third] = all([{}, { line: 9 }, { line: 12 }])
    expect(new Set([first, second, third]).size).toBe(3)
    expect(first).toBe(of())
  })

  test('stays when something is inserted in front of a named item', () => {
    const web = { name: 'web' }
    const image = '/spec/containers/0/image'
    expect(at({ spec: { containers: [{ name: 'new' }, web] } }, '/spec/containers/1/image')).toBe(
      at({ spec: { containers: [web] } }, image),
    )
    expect(at({ spec: { containers: [{ name: 'other' }] } }, image)).not.toBe(
      at({ spec: { containers: [web] } }, image),
    )
  })

  test('stays when something is inserted in front of a plain item, and tells such items apart', () => {
    const modes = (...accessModes: string[]) => ({ spec: { accessModes } })
    const one = at(modes('ReadWriteMany'), '/spec/accessModes/0', 'ReadWriteMany')
    expect(at(modes('ReadWriteOnce', 'ReadWriteMany'), '/spec/accessModes/1', 'ReadWriteMany')).toBe(one)
    expect(at(modes('ReadWriteOnce'), '/spec/accessModes/0', 'ReadWriteOnce')).not.toBe(one)
  })

  test('does not depend on a credential', () => {
    const args = (secret: string) => at({ args: [`--password=${secret}`] }, '/args/0', 'a password, not shown')
    expect(args('hunter2')).toBe(args('hunter3'))
  })
})

test('of problems, by file and kind', () => {
  const problems = [problemOf(), problemOf({ line: 20, message: 'm' }), problemOf({ kind: 'template' })]
  const [first, second, third] = fingerprintedProblems(problems).map(([, fingerprint]) => fingerprint)
  expect(new Set([first, second, third]).size).toBe(3)
  expect(fingerprintedProblems([problemOf({ line: 1 })])[0]?.[1]).toBe(first)
})
