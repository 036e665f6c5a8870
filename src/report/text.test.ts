import { describe, expect, test } from 'vitest'
import type { Finding } from '../engine/finding.ts'
import { locate } from '../manifest/locate.ts'
import { readManifests } from '../manifest/read.ts'
import type { RenderOptions } from './renderer.ts'
import { renderers } from './renderers.ts'
import { checkReport, checkResult } from './result.ts'
import { renderText } from './text.ts'

const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: db
spec:
  storageClassName: fast
  accessModes: [ReadWriteOnce]
`
const base: Finding = {
  policy: 'claim-storage-class',
  rule: 'allowed',
  action: 'deny',
  effect: 'deny',
  result: 'fail',
  severity: 'high',
  resource: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'db' },
  path: '/spec/storageClassName',
  message:
    'PersistentVolumeClaim shop/db: spec.storageClassName is "fast"; classes here are "gold". [claim-storage-class]',
  problem: 'spec.accessModes[0] is "ReadWriteMany"',
  actual: 'fast',
  expected: ['gold'],
  fix: { text: 'set spec.storageClassName to "gold"', patch: undefined },
  why: undefined,
  note: undefined,
  links: ['https://example.com/classes', 'https://example.com/other'],
}

/** Renders findings, each in the first object of the text of its file. */
function render(
  files: Readonly<Record<string, string>>,
  findings: readonly (Partial<Finding> & { readonly file?: string })[],
  options: Partial<RenderOptions> = {},
): string {
  const sets = new Map(Object.entries(files).map(([file, text]) => [file, readManifests(text, { file })]))
  const results = findings.flatMap(({ file = 'claim.yaml', ...finding }) => {
    const manifest = sets.get(file)?.manifests[0]
    const whole = { ...base, ...finding }
    return manifest === undefined ? [] : [checkResult(whole, manifest, locate(manifest, whole.path))]
  })
  const problems = [...sets.values()].flatMap((set) => set.problems)
  const objects = [...sets.values()].flatMap((set) => set.manifests).length
  const report = checkReport(results, problems, { files: sets.size, documents: objects, objects })
  return renderText(report, { colors: false, sources: (file) => files[file], ...options })
}

describe('renderText', () => {
  test('a denial', () => {
    expect(render({ 'claim.yaml': claim }, [{}], { duration: 0.1234 })).toBe(
      `claim.yaml:6:3  deny  high  PersistentVolumeClaim shop/db: spec.storageClassName is "fast"; classes here are "gold". [claim-storage-class]
  5 │ spec:
  6 │   storageClassName: fast
    │   ^^^^^^^^^^^^^^^^
  7 │   accessModes: [ReadWriteOnce]
  fix:  set spec.storageClassName to "gold"
  docs: https://example.com/classes

1 file, 1 object: 1 denied (0.12 s)
`,
    )
  })

  test('several files, every level, and a document that cannot be read', () => {
    const files = { 'claim.yaml': claim, 'b.yaml': `${claim}---\nkind: {{ .Values.kind }}\n` }
    const small = { message: 'm', fix: { text: 'f', patch: undefined }, links: [], severity: 'low' } as const
    const text = render(files, [
      { ...small, path: '/kind', actual: 'PersistentVolumeClaim', action: 'fix' },
      { ...small, file: 'b.yaml', path: '', actual: undefined, result: 'warn', note: 'was there before' },
      { ...small, path: '/spec', actual: undefined, result: 'skip', note: 'excepted until 2027-06-30' },
      { ...small, path: '/spec', actual: undefined, result: 'error' },
      { ...small, path: '/metadata', actual: undefined, action: 'audit' },
    ])
    expect(text).toBe(`claim.yaml:2:1  fix  low  m
  1 │ apiVersion: v1
  2 │ kind: PersistentVolumeClaim
    │ ^^^^
  3 │ metadata:
  fix:  f

claim.yaml:3:1  note  low  m
  2 │ kind: PersistentVolumeClaim
  3 │ metadata:
    │ ^^^^^^^^
  4 │   name: db
  fix:  f

claim.yaml:5:1  skip  low  m
  note: excepted until 2027-06-30

claim.yaml:5:1  error  low  m
  4 │   name: db
  5 │ spec:
    │ ^^^^
  6 │   storageClassName: fast
  fix:  f

b.yaml:1:1  warn  low  m
  1 │ apiVersion: v1
    │ ^^^^^^^^^^
  2 │ kind: PersistentVolumeClaim
  fix:  f
  note: was there before

b.yaml:9:7  problem  not YAML (a template?): render it first, e.g. helm template … | holdfast check -
  9 │ kind: …
    │ ^^^^

2 files, 2 objects: 1 to fix, 1 warning, 1 error, 1 audited, 1 excepted, 1 problem
`)
  })

  test.each([
    [{}, '0 objects in 0 files: no violations\n'],
    [{ 'claim.yaml': claim }, '1 object in 1 file: no violations\n'],
    [{ a: claim, b: `${claim}---\n${claim}` }, '3 objects in 2 files: no violations\n'],
  ])('a run without findings is one line', (files, line) => expect(render(files, [])).toBe(line))

  test('says how long a run without findings took', () => {
    expect(render({}, [], { duration: 2 })).toBe('0 objects in 0 files: no violations (2.00 s)\n')
  })

  test('does without the source', () => {
    expect(render({ 'claim.yaml': claim }, [{ links: [] }], { sources: () => undefined })).toBe(
      `claim.yaml:6:3  deny  high  ${base.message}\n  fix:  ${base.fix.text}\n\n1 file, 1 object: 1 denied\n`,
    )
  })

  test('has colours only where they are asked for', () => {
    const codes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')
    const painted = render({ 'claim.yaml': claim }, [{}], { colors: true })
    const plain = render({ 'claim.yaml': claim }, [{}])
    expect(painted.startsWith('\u001B[1mclaim.yaml:6:3\u001B[0m  \u001B[31mdeny\u001B[0m  high')).toBe(true)
    expect(painted.replaceAll(codes, '')).toBe(plain)
    expect(plain.includes('\u001B')).toBe(false)
  })
})

describe('what a manifest says cannot act on the terminal', () => {
  test('in messages, fixes, names of files and lines of source', () => {
    const evil = 'a\u001B[2Jb\u202Ec\u0007\nd'
    const text = render(
      { [evil]: `apiVersion: v1\nkind: A\nspec: "x\u202Ey\u0085"\n` },
      [
        {
          file: evil,
          path: '/spec',
          actual: undefined,
          message: evil,
          fix: { text: evil, patch: undefined },
          links: [evil],
        },
      ],
      { sources: () => 'apiVersion: v1\nkind: A\u001B[2J\nspec: "x\u202Ey\u0085"\n' },
    )
    const escaped = 'a\\u001b[2Jb\\u202ec\\u0007\\u000ad'
    expect(text).toBe(`${escaped}:3:1  deny  high  ${escaped}
  2 │ kind: A\\u001b[2J
  3 │ spec: "x\\u202ey\\u0085"
    │ ^^^^
  fix:  ${escaped}
  docs: ${escaped}

1 file, 1 object: 1 denied
`)
  })
})

describe('what may be a secret is not shown', () => {
  const frame = (text: string, finding: Partial<Finding>) => {
    const lines = render({ 'claim.yaml': text }, [{ ...finding, message: 'm', links: [] }]).split('\n')
    return lines.slice(1, lines.indexOf('  fix:  set spec.storageClassName to "gold"'))
  }

  test('a value that the finding only describes', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  - name: A\n    value: hunter2\n    other: hunter3\n'
    expect(frame(pod, { path: '/spec/0/value', actual: 'a password' })).toEqual([
      '  5 │     value: …',
      '    │     ^^^^^',
    ])
  })

  test('an item of a list of arguments', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nargs:\n  - --password=hunter2\n'
    expect(frame(pod, { path: '/args/0', actual: 'a password' })).toEqual(['  4 │   - …', '    │     ^'])
  })

  test('anything of a Secret', () => {
    const secret = 'apiVersion: v1\nkind: Secret\nstringData: {a: hunter2, b: hunter3}\n'
    const resource = { ...base.resource, kind: 'Secret' }
    expect(frame(secret, { path: '/stringData/b', actual: 'hunter3', resource })).toEqual(['  3 │ … b: …', '    │   ^'])
  })

  test('the context of another finding', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  password: hunter2\n  size: 1\n  value: hunter3\n'
    expect(frame(pod, { path: '/spec/size', actual: 1 })).toEqual([
      '  4 │   password: …',
      '  5 │   size: 1',
      '    │   ^^^^',
      '  6 │   value: …',
    ])
  })

  test('the line of a document that cannot be read', () => {
    expect(render({ 'claim.yaml': 'kind: Secret\ndata:\n  a: "hunter2\n  b: "hunter3"\n' }, [])).not.toContain('hunter')
  })
})

test('a long line is shown around its caret', () => {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'A', pad: 'x'.repeat(500), spec: 1, rest: 'y'.repeat(500) })
  const lines = render({ 'claim.yaml': text }, [{ path: '/spec', actual: 1 }]).split('\n')
  expect(lines.slice(1, 3)).toEqual([
    `  1 │ …${'x'.repeat(48)}","spec":1,"rest":"${'y'.repeat(33)}…`,
    `    │ ${' '.repeat(51)}^^^^^^`,
  ])
})

test('the formats have names of their own, text first', () => {
  expect(renderers.map(({ name }) => name)).toEqual(['text', 'json'])
})
