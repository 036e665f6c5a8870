import { describe, expect, test } from 'vitest'
import { referenceOf } from '../kubernetes/object.ts'
import { readManifests } from './read.ts'

const read = (text: string) => readManifests(text, { file: 'f.yaml' })
const head = (kind: string) => `apiVersion: v1\nkind: ${kind}\n`
/** Kind, name, document number and pointer of each object. */
const objects = (text: string) =>
  read(text).manifests.map(({ object, index, pointer }) => `${referenceOf(object).kind} ${index} ${pointer}`.trimEnd())
/** Each problem as `line:column kind message`. */
const problems = (text: string) =>
  read(text).problems.map(({ line, column, kind, message }) => `${line}:${column} ${kind} ${message}`)
/** The value of `spec` of a custom object. */
const spec = (text: string) => {
  const set = read(`${head('Foo')}spec:\n${text.replaceAll(/^/gm, '  ')}\n`)
  return set.problems.length > 0 ? set.problems.map(({ message }) => message) : set.manifests[0]?.object['spec']
}

describe('documents', () => {
  test.each<[string, string, string[]]>([
    ['several', `${head('A')}---\n${head('B')}`, ['A 0', 'B 1']],
    ['empty ones between', `---\n---\n# none\n---\nnull\n---\n${head('A')}---\n...\n---\n${head('B')}`, ['A 0', 'B 1']],
    ['a value on the marker', '--- {apiVersion: v1, kind: A}\n--- {apiVersion: v1, kind: B}', ['A 0', 'B 1']],
    ['an end marker between', `${head('A')}...\n${head('B')}`, ['A 0', 'B 1']],
    ['a directive', `%YAML 1.2\n---\n${head('A')}`, ['A 0']],
    ['CRLF and a byte order mark', `\uFEFF${head('A')}---\n${head('B')}`.replaceAll('\n', '\r\n'), ['A 0', 'B 1']],
    ['a block scalar ended by a marker', `${head('A')}x: |\n  y\n---\n${head('B')}`, ['A 0', 'B 1']],
    ['one JSON object', '{"apiVersion":"v1","kind":"A"}', ['A 0']],
    ['JSON indented with tabs', '{\n\t"apiVersion": "v1",\n\t"kind": "A"\n}', ['A 0']],
    ['JSON lines', '{"apiVersion":"v1","kind":"A"}\n{"apiVersion":"v1","kind":"B"}\n', ['A 0', 'B 1']],
    ['JSON in a row', '{"apiVersion":"v1","kind":"A"}{"apiVersion":"v1","kind":"B"}', ['A 0', 'B 1']],
    ['JSON between markers', '{"apiVersion":"v1","kind":"A"}\n---\n{"apiVersion":"v1","kind":"B"}', ['A 0', 'B 1']],
    ['a JSON array', '[{"apiVersion":"v1","kind":"A"},{"apiVersion":"v1","kind":"B"}]', ['A 0 /0', 'B 0 /1']],
    ['a flow mapping that is not JSON', '{apiVersion: v1, kind: A,}', ['A 0']],
    ['no text', '', []],
  ])('%s', (_, text, expected) => {
    expect([objects(text), problems(text)]).toEqual([expected, []])
  })

  test('know their text and where it begins', () => {
    expect(read(`\uFEFF${head('A')}---\n${head('B')}`).manifests.map(({ document }) => document)).toEqual([
      { text: head('A'), start: { line: 1, column: 1 }, offset: 1 },
      { text: `---\n${head('B')}`, start: { line: 3, column: 1 }, offset: 24 },
    ])
  })
})

describe('lists', () => {
  test.each<[string, string, string[]]>([
    [
      'a List',
      `${head('List')}items:\n- {apiVersion: v1, kind: A}\n- {apiVersion: v1, kind: B}`,
      ['A 0 /items/0', 'B 0 /items/1'],
    ],
    [
      'items that take their type from the list',
      `${head('ConfigMapList')}items: [{metadata: {}}]`,
      ['ConfigMap 0 /items/0'],
    ],
    ['items with a type of their own', `${head('ConfigMapList')}items: [{apiVersion: v1, kind: B}]`, ['B 0 /items/0']],
    ['any kind with items (kubectl does so)', `${head('Foo')}items: [{apiVersion: v1, kind: B}]`, ['B 0 /items/0']],
    [
      'a List in a List',
      `${head('List')}items: [{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: A}]}]`,
      ['A 0 /items/0/items/0'],
    ],
    ['an empty List', `${head('List')}items: []`, []],
    ['a kind whose items are no list', `${head('Foo')}items: {a: 1}`, ['Foo 0']],
  ])('%s', (_, text, expected) => {
    expect([objects(text), problems(text)]).toEqual([expected, []])
  })

  test('give their items the apiVersion', () => {
    const text = 'apiVersion: storage.k8s.io/v1\nkind: StorageClassList\nitems:\n- provisioner: x\n'
    expect(read(text).manifests[0]?.object).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      provisioner: 'x',
    })
  })

  test('end at a depth of four', () => {
    const nested = (depth: number): object =>
      depth === 0 ? { apiVersion: 'v1', kind: 'A' } : { apiVersion: 'v1', kind: 'List', items: [nested(depth - 1)] }
    expect(objects(JSON.stringify(nested(4)))).toEqual(['A 0 /items/0/items/0/items/0/items/0'])
    expect(problems(JSON.stringify(nested(5)))).toEqual([
      '1:202 too-large has Lists in Lists more than 4 deep; flatten them',
    ])
  })
})

describe('values', () => {
  test.each<[string, string, unknown]>([
    ['an alias', 'a: &x {p: 1}\nb: *x', { a: { p: 1 }, b: { p: 1 } }],
    ['a merge before a key', 'a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3', { a: { p: 1, q: 2 }, b: { p: 1, q: 3 } }],
    ['a merge after a key wins, as in kubectl', 'a: &x {p: 1}\nb: {p: 9, <<: *x}', { a: { p: 1 }, b: { p: 1 } }],
    [
      'a merge of several: the first wins',
      'a: &x {p: 1}\nb: {<<: [*x, {p: 2, r: 4}]}',
      { a: { p: 1 }, b: { p: 1, r: 4 } },
    ],
    ['a quoted << is a key', '"<<": {a: 1}', { '<<': { a: 1 } }],
    ['keys become text', '1: a\nyes: b\n1.5: d\n0x1f: f', { '1': 'a', true: 'b', '1.5': 'd', '31': 'f' }],
    ['an alias as a key', 'a: &x b\n*x : 1', { a: 'b', b: 1 }],
    ['quoted text stays text', 'a: "yes"\nb: \'1\'\nc: "null"', { a: 'yes', b: '1', c: 'null' }],
    [
      'unknown tags are ignored',
      'a: !foo 1\nb: !foo {c: 1}\nd: ! 1\ne: !!bar 3',
      { a: '1', b: { c: 1 }, d: '1', e: '3' },
    ],
    [
      'known tags',
      'a: !!str 1\nb: !!int "2"\nc: !!binary aGk=\nd: !!float 1\ne: !!null ""',
      { a: '1', b: 2, c: 'hi', d: 1, e: null },
    ],
    ['a tag in full', 'a: !<tag:yaml.org,2002:int> "2"', { a: 2 }],
    ['a tab before a value', 'a:\t1', { a: 1 }],
    ['nothing after the colon', 'a:\nb: ~', { a: null, b: null }],
  ])('%s', (_, text, expected) => expect(spec(text)).toEqual(expected))

  test.each<[string, string, string]>([
    ['a null key', '~: 1', 'has a key that is not text; quote it'],
    ['a sequence as a key', '? [a]\n: 1', 'has a key that is not text; quote it'],
    ['an infinity', 'a: .inf', 'has a number that JSON cannot hold (infinity or NaN); quote it'],
    ['an alias inside its anchor', 'a: &x {b: *x}', 'has an alias inside its own anchor; write the value out'],
    ['a merge of a number', '<<: 3', 'merges (<<) what is not a mapping; name a mapping'],
    ['a tag that lies', 'a: !!int yes', 'has a value that is not what its tag !!int says; drop the tag'],
    ['bad base64', "a: !!binary '%%%'", 'has a !!binary value that is not base64; correct it'],
  ])('%s is refused, as by kubectl', (_, text, message) => expect(spec(text)).toEqual([message]))

  test.each(['__proto__: {polluted: 1}', '"__proto__": {polluted: 1}', '<<: {__proto__: {polluted: 1}}'])(
    '%s is an own key',
    (text) => {
      const value = spec(text)
      expect(Object.keys(value ?? {})).toEqual(['__proto__'])
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      expect('polluted' in Object.prototype).toBe(false)
    },
  )
})

describe('problems', () => {
  test.each<[string, string, string]>([
    [
      'a tab as indentation',
      `${head('A')}a:\n\tb: 1\n`,
      '4:1 syntax cannot be read as YAML: a tab is used for indentation; use spaces',
    ],
    [
      'an alias without an anchor',
      `${head('A')}a: *x\n`,
      '3:4 syntax has an alias without an anchor; define it before it is used',
    ],
    [
      'a key twice',
      `${head('A')}a: 1\na: 2\n`,
      '4:1 duplicate-key has the key a twice, and only the last one counts; remove one',
    ],
    [
      'a key twice, deep inside',
      `${head('A')}a:\n- b: 1\n- x: {c.d: [{e: 1, e: 2}]}\n`,
      '5:20 duplicate-key has the key a[1].x["c.d"][0].e twice, and only the last one counts; remove one',
    ],
    [
      'a long key twice',
      `${head('A')}${'a'.repeat(200)}: 1\n${'a'.repeat(200)}: 2\n`,
      '4:1 duplicate-key has the same key twice, and only the last one counts; remove one',
    ],
    [
      'no kind',
      '# c\napiVersion: v1\n',
      '2:1 no-kind has no kind, so it is not a Kubernetes object; add what is missing',
    ],
    [
      'an apiVersion that is a number',
      'apiVersion: 1\nkind: A',
      '1:1 no-kind has no text as its apiVersion, so it is not a Kubernetes object; write one apiVersion',
    ],
    [
      'neither',
      '---\na: 1',
      '2:1 no-kind has no apiVersion and no kind, so it is not a Kubernetes object; add what is missing',
    ],
    [
      'an item without a kind',
      `${head('List')}items:\n- a: 1\n  kind: B`,
      '4:3 no-kind has no apiVersion, so it is not a Kubernetes object; add what is missing',
    ],
    [
      'text',
      'hello',
      '1:1 not-an-object is not a Kubernetes object (a mapping with apiVersion and kind); remove it or correct it',
    ],
    [
      'an item that is text',
      `${head('List')}items: [x]`,
      '3:9 not-an-object is not a Kubernetes object (a mapping with apiVersion and kind); remove it or correct it',
    ],
    [
      'a template',
      'apiVersion: v1\nkind: A\nname: {{ .Values.name }}\n',
      '3:7 template not YAML (a template?): render it first, e.g. helm template … | holdfast check -',
    ],
    [
      'a template that begins with an action',
      '{{- if .Values.on }}\nkind: A\n{{- end }}\n',
      '1:1 template not YAML (a template?): render it first, e.g. helm template … | holdfast check -',
    ],
    [
      'a JSON number out of range',
      '{"apiVersion":"v1","kind":"A","n":1e400}',
      '1:1 syntax has a number that is out of range; quote it',
    ],
  ])('%s', (_, text, expected) => expect(problems(text)).toEqual([expected]))

  test('of one document leave the others', () => {
    const text = `${head('A')}---\na: [\n---\n${head('B')}---\n{{ x }}\n---\n${head('C')}`
    expect(objects(text)).toEqual(['A 0', 'B 2', 'C 4'])
    expect(read(text).problems.map(({ line, kind }) => [line, kind])).toEqual([
      [5, 'syntax'],
      [9, 'template'],
    ])
  })

  test('a repeated key is read as kubectl does: the last one', () => {
    expect(read(`${head('A')}a: 1\na: 2\n`).manifests[0]?.object['a']).toBe(2)
  })

  test('a key that was merged in may be written again', () => {
    expect(problems(`${head('A')}a: &x {p: 1}\nb: {<<: *x, p: 2}\n`)).toEqual([])
    expect(problems(`${head('A')}a: &x {p: 1}\nb: {<<: *x, p: 2, p: 3}\n`).length).toBe(1)
  })

  test.each([
    'a: hunter2\n b: hunter2: x',
    'a: !hunter2{',
    'a: !hunter2!x y',
    'a: "hunter2',
    'a: @hunter2',
    'a: *hunter2',
  ])('never hold a value of the document: %s', (text) => {
    const [problem, ...others] = problems(`${head('Secret')}${text}\n`)
    expect([problem?.includes('hunter2'), others]).toEqual([false, []])
  })
})
