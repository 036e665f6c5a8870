import { describe, expect, test } from 'vitest'
import { classFinding, renderedText } from '../../test/support/rendered-text.ts'
import type { Finding } from '../engine/finding.ts'

describe('what a manifest says cannot act on the terminal', () => {
  test('in messages, fixes, names of files and lines of source', () => {
    const evil = 'a\u001B[2Jb\u202Ec\u0007\nd'
    const text = renderedText(
      { [evil]: `apiVersion: v1\nkind: A\nspec: "x\u202Ey\u0085"\n` },
      [
        {
          file: evil,
          path: '/spec',
          actual: undefined,
          problem: evil,
          fix: { text: evil, patch: undefined },
          links: [evil],
        },
      ],
      { excerpt: { first: 2, lines: ['kind: A\u001B[2J', 'spec: "x\u202Ey\u0085"'] } },
    )
    const escaped = 'a\\u001b[2Jb\\u202ec\\u0007\\u000ad'
    expect(text).toBe(`${escaped}  1 denied

${escaped}:3:1  deny  high  claim-storage-class
  PersistentVolumeClaim shop/db: ${escaped}.
     2 │ kind: A\\u001b[2J
     3 │ spec: "x\\u202ey\\u0085"
       │ ^^^^
  fix   ${escaped}
  docs  ${escaped}

1 file, 1 object: 1 denied
`)
  })
})

describe('what may be a secret is not shown', () => {
  const frame = (text: string, finding: Partial<Finding>) => {
    const lines = renderedText({ 'claim.yaml': text }, [{ ...finding, problem: 'm', links: [] }]).split('\n')
    return lines.slice(4, lines.indexOf('  fix   set spec.storageClassName to "gold"'))
  }

  test('a value that the finding only describes', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  - name: A\n    value: hunter2\n    other: hunter3\n'
    expect(frame(pod, { path: '/spec/0/value', actual: 'a password' })).toEqual([
      '     5 │     value: …',
      '       │     ^^^^^',
    ])
  })

  test('an item of a list of arguments', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nargs:\n  - --password=hunter2\n'
    expect(frame(pod, { path: '/args/0', actual: 'a password' })).toEqual(['     4 │   - …', '       │     ^'])
  })

  test('anything of a Secret', () => {
    const secret = 'apiVersion: v1\nkind: Secret\nstringData: {a: hunter2, b: hunter3}\n'
    const resource = { ...classFinding.resource, kind: 'Secret' }
    expect(frame(secret, { path: '/stringData/b', actual: 'hunter3', resource })).toEqual([
      '     3 │ … b: …',
      '       │   ^',
    ])
  })

  test('the context of another finding', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  password: hunter2\n  size: 1\n  value: hunter3\n'
    expect(frame(pod, { path: '/spec/size', actual: 1 })).toEqual([
      '     4 │   password: …',
      '     5 │   size: 1',
      '       │   ^^^^',
      '     6 │   value: …',
    ])
  })

  test('the line of a document that cannot be read', () => {
    expect(renderedText({ 'claim.yaml': 'kind: Secret\ndata:\n  a: "hunter2\n  b: "hunter3"\n' }, [])).not.toContain(
      'hunter',
    )
  })
})

test('a long line is shown around its caret', () => {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'A', pad: 'x'.repeat(500), spec: 1, rest: 'y'.repeat(500) })
  const lines = renderedText({ 'claim.yaml': text }, [{ path: '/spec', actual: 1 }]).split('\n')
  expect(lines.slice(4, 6)).toEqual([
    `     1 │ …${'x'.repeat(48)}","spec":1,"rest":"${'y'.repeat(33)}…`,
    `       │ ${' '.repeat(51)}^^^^^^`,
  ])
})
