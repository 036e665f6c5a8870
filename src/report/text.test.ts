import { describe, expect, test } from 'vitest'
import { claim, classFinding, renderedText } from '../../test/support/rendered-text.ts'
import { renderers } from './renderers.ts'

describe('renderText', () => {
  test('a denial', () => {
    expect(renderedText({ 'claim.yaml': claim }, [{}], { duration: 0.1234 })).toBe(
      `claim.yaml  1 denied

claim.yaml:6:3  deny  high  claim-storage-class
  PersistentVolumeClaim shop/db: spec.storageClassName is "fast"; classes here are "gold".
     5 │ spec:
     6 │   storageClassName: fast
       │   ^^^^^^^^^^^^^^^^
     7 │   accessModes: [ReadWriteOnce]
  fix   set spec.storageClassName to "gold"
  docs  https://example.com/classes

1 file, 1 object: 1 denied (0.12 s)
`,
    )
  })

  test('several files, every level, a document that cannot be read, and templates', () => {
    const template = 'kind: {{ .Values.kind }}\n'
    const files = {
      'claim.yaml': claim,
      'b.yaml': `${claim}---\na: b: c\n---\n${[1, 2, 3, 4].map(() => template).join('---\n')}`,
    }
    const small = {
      policy: 'p',
      problem: 'm',
      fix: { text: 'f', patch: undefined },
      links: [],
      severity: 'low',
    } as const
    const text = renderedText(files, [
      { ...small, path: '/kind', actual: 'PersistentVolumeClaim', action: 'fix' },
      { ...small, file: 'b.yaml', path: '', actual: undefined, result: 'warn', note: 'was there before' },
      { ...small, path: '/spec', actual: undefined, result: 'skip', note: 'excepted until 2027-06-30' },
      { ...small, path: '/spec', actual: undefined, result: 'error', why: 'w' },
      { ...small, path: '/metadata', actual: undefined, action: 'audit' },
    ])
    expect(text).toBe(`claim.yaml  1 to fix, 1 error, 1 audited, 1 excepted

claim.yaml:2:1  fix  low  p
  PersistentVolumeClaim shop/db: m.
     1 │ apiVersion: v1
     2 │ kind: PersistentVolumeClaim
       │ ^^^^
     3 │ metadata:
  fix   f

claim.yaml:3:1  note  low  p
  PersistentVolumeClaim shop/db: m.
     2 │ kind: PersistentVolumeClaim
     3 │ metadata:
       │ ^^^^^^^^
     4 │   name: db
  fix   f

claim.yaml:5:1  skip  low  p
  PersistentVolumeClaim shop/db: m.
  note  excepted until 2027-06-30

claim.yaml:5:1  error  low  p
  PersistentVolumeClaim shop/db: m.
     4 │   name: db
     5 │ spec:
       │ ^^^^
     6 │   storageClassName: fast
  why   w
  fix   f

b.yaml  1 warning, 1 problem

b.yaml:1:1  warn  low  p
  PersistentVolumeClaim shop/db: m.
     1 │ apiVersion: v1
       │ ^^^^^^^^^^
     2 │ kind: PersistentVolumeClaim
  fix   f
  note  was there before

b.yaml:9:5  problem
  cannot be read as YAML: bad indentation of a mapping entry; correct it.
     9 │ a: …
       │ ^

4 templates passed over (b.yaml:11:7, b.yaml:13:7, b.yaml:15:7 and 1 more): not YAML (a template?): render it first, e.g. helm template … | holdfast check -
2 files, 2 objects: 1 to fix, 1 warning, 1 error, 1 audited, 1 excepted, 1 problem, 4 templates passed over
`)
  })

  test('shows what two findings have in common once: the lines, and the documentation', () => {
    const text = renderedText({ 'claim.yaml': claim }, [
      {},
      { policy: 'other', path: '/spec/storageClassName' },
      { path: '/kind' },
    ])
    expect(text.split('\n\n').map((block) => block.split('\n').map((line) => line.slice(0, 15)))).toEqual([
      ['claim.yaml  3 d'],
      expect.arrayContaining(['  docs  https:/']),
      expect.arrayContaining(['     6 │   stor']),
      ['claim.yaml:6:3 ', '  PersistentVol', '  fix   set spe'],
      ['1 file, 1 objec', ''],
    ])
  })

  test('counts what can be repaired, exceptions left out', () => {
    const fix = { text: 'f', patch: [{ op: 'remove', path: '/spec/storageClassName' }] } as const
    const text = renderedText({ 'claim.yaml': claim }, [{ fix }, { fix, result: 'skip' }, { fix, action: 'audit' }])
    expect(text).toContain('\n\n2 can be repaired: holdfast fix --diff\n1 file, ')
  })

  test('breaks lines between words where a terminal has an end, and cuts those of the source', () => {
    const long = `${claim}  description: ${'x'.repeat(100)}\n`
    const text = renderedText({ 'claim.yaml': long }, [{ path: '/spec/description', actual: 'x' }], { width: 60 })
    expect(text.split('\n').slice(2, 10)).toEqual([
      'claim.yaml:8:3  deny  high  claim-storage-class',
      '  PersistentVolumeClaim shop/db: spec.storageClassName is',
      '  "fast"; classes here are "gold".',
      '     7 │   accessModes: [ReadWriteOnce]',
      `     8 │   description: ${'x'.repeat(34)}…`,
      '       │   ^^^^^^^^^^^',
      '  fix   set spec.storageClassName to "gold"',
      '  docs  https://example.com/classes',
    ])
    expect(renderedText({ 'claim.yaml': claim }, [{}], { width: 30 })).toContain(
      '\n  fix   set\n        spec.storageClassName\n        to "gold"\n',
    )
  })

  test.each([
    [{}, '0 objects in 0 files: no violations\n'],
    [{ 'claim.yaml': claim }, '1 object in 1 file: no violations\n'],
    [{ a: claim, b: `${claim}---\n${claim}` }, '3 objects in 2 files: no violations\n'],
  ])('a run without findings is one line', (files, line) => expect(renderedText(files, [])).toBe(line))

  test('says how long a run without findings took', () => {
    expect(renderedText({}, [], { duration: 2 })).toBe('0 objects in 0 files: no violations (2.00 s)\n')
  })

  test('does without the source', () => {
    expect(renderedText({ 'claim.yaml': claim }, [{ links: [] }], { excerpt: 'none' })).toBe(
      `claim.yaml  1 denied

claim.yaml:6:3  deny  high  claim-storage-class
  PersistentVolumeClaim shop/db: ${classFinding.problem}.
  fix   ${classFinding.fix.text}

1 file, 1 object: 1 denied
`,
    )
  })

  test('has colours only where they are asked for', () => {
    const codes = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]+m`, 'g')
    const painted = renderedText({ 'claim.yaml': claim }, [{}], { colors: true })
    const plain = renderedText({ 'claim.yaml': claim }, [{}])
    expect(painted.startsWith('\u001B[1;4mclaim.yaml\u001B[0m  \u001B[2m1 denied\u001B[0m\n')).toBe(true)
    expect(painted.replaceAll(codes, '')).toBe(plain)
    expect(plain.includes('\u001B')).toBe(false)
  })
})

test('the formats have names of their own, text first', () => {
  const names = renderers.map(({ name }) => name)
  expect([names[0], new Set(names).size]).toEqual(['text', names.length])
})
