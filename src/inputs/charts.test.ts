import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { testFolder } from '../../test/support/command-line.ts'
import { readingTerminal, readSource, writeTree } from '../../test/support/tree.ts'
import { sourcesOf } from './sources.ts'
import type { ToolRun } from './outside.ts'

const folder = testFolder()
const home = process.cwd()
afterAll(() => folder.remove())
afterEach(() => process.chdir(home))

const chart = { 'web/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\n', 'web/values.yaml': 'size: 1Gi\n' }
const object = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`
const template = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  a: b\n`
const rendered = (name: string, text: string): string => `---\n# Source: ${name}\n${text}`

interface Read {
  readonly objects: readonly string[]
  readonly problems: readonly string[]
  readonly ran: readonly string[]
}

/** What is read of a folder with these files, with a helm that gives this. */
async function read(
  files: Readonly<Record<string, string>>,
  helm?: string | Partial<ToolRun>,
  ...paths: readonly string[]
): Promise<Read> {
  const root = join(folder.path, String(Math.random()).slice(2))
  writeTree(root, files)
  process.chdir(root)
  const terminal = readingTerminal(helm === undefined ? {} : { 'helm template': helm })
  const { sources } = await sourcesOf(paths.length > 0 ? paths : ['.'], terminal, 'team')
  const contents = sources.map(readSource)
  return {
    objects: contents.flatMap(({ source, manifests }) =>
      manifests.map((manifest) => {
        const { file, line } = source.rendered?.place(manifest, '/metadata/name') ?? { file: source.file, line: 'raw' }
        return `${file}:${line}`
      }),
    ),
    problems: contents.flatMap(({ source, problems }) =>
      problems
        .filter(({ kind }) => !source.found || kind !== 'no-kind')
        .map(({ file, line, kind, message }) => `${file}:${line} ${kind} ${message}`),
    ),
    ran: terminal.ran,
  }
}

describe('charts', () => {
  it('are rendered with their own values, and placed in their templates', async () => {
    const files = { ...chart, 'web/templates/a.yaml': template, 'web/charts/db/templates/b.yaml': object('b') }
    const sub = { 'web/charts/db/Chart.yaml': 'apiVersion: v2\nname: db\n' }
    const output = [
      rendered('shop/templates/a.yaml', object('release-name')),
      rendered('shop/charts/db/templates/b.yaml', object('b')),
      rendered('shop/charts/packed/templates/c.yaml', object('c')),
    ].join('')
    expect(await read({ ...files, ...sub }, output)).toEqual({
      objects: ['web/templates/a.yaml:4', 'web/charts/db/templates/b.yaml:4', 'web/Chart.yaml:1'],
      problems: [],
      ran: ['helm template --namespace team -- web'],
    })
  })

  it('show the lines of the template', async () => {
    const root = join(folder.path, 'frame')
    writeTree(root, { ...chart, 'web/templates/a.yaml': template })
    process.chdir(root)
    const terminal = readingTerminal({ helm: rendered('shop/templates/a.yaml', object('release-name')) })
    const [source] = (await sourcesOf(['web'], terminal)).sources
    const [manifest] = source === undefined ? [] : readSource(source).manifests
    expect(manifest && source?.rendered?.place(manifest, '/metadata/name')).toEqual({
      file: 'web/templates/a.yaml',
      line: 4,
      column: 3,
      excerpt: { first: 3, lines: ['metadata:', '  name: {{ .Release.Name }}', 'data:'] },
    })
  })

  it('are counted as templates where there is no helm; what is a plain manifest is read as it is', async () => {
    const files = { ...chart, 'web/templates/a.yaml': `# plain\n${template}`, 'web/templates/b.yaml': object('b') }
    expect(await read(files)).toEqual({
      objects: ['web/templates/b.yaml:raw'],
      problems: [
        'web/templates/a.yaml:5 template is a template of the chart web, and there is no helm to render it: install helm, or helm template -f … | holdfast check -',
      ],
      ran: ['helm template --namespace team -- web'],
    })
  })

  it('that helm cannot render are a problem, in its own words without values', async () => {
    const stderr =
      'Error: yaml: cannot unmarshal !!str `hunter2` into int\n\nUse --debug flag to render out invalid YAML\n'
    const { problems, objects } = await read(
      { ...chart, 'web/templates/a.yaml': template, 'web/templates/b.yaml': object('b') },
      { status: 1, stderr, stdout: rendered('shop/templates/b.yaml', object('b')) },
    )
    expect(problems).toEqual([
      'web/Chart.yaml:1 unrendered helm cannot render the chart: yaml: cannot unmarshal !!str `…` into int; where it needs values, helm template -f … | holdfast check -',
      'web/templates/a.yaml:4 template was not rendered, because its chart cannot be',
    ])
    expect(objects).toEqual(['web/templates/b.yaml:raw'])
  })

  it.each<[string, Readonly<Record<string, string>>, string, readonly string[]]>([
    ['that stands beside the templates', { 'web/deploy.yaml': object('x') }, '', ['web/deploy.yaml:raw']],
    ['in the values', { 'web/values-x.yaml': object('x') }, '', ['web/values-x.yaml:raw']],
    ['in crds', { 'web/crds/x.yaml': object('x') }, '', ['web/crds/x.yaml:raw']],
    ['that helm leaves out', { 'web/templates/x.yaml': object('x') }, '', ['web/templates/x.yaml:raw']],
    ['in a chart that is none', { 'web/charts/x/x.yaml': object('x') }, '', ['web/charts/x/x.yaml:raw']],
    [
      'behind the chart',
      { 'web/Chart.yaml': `${chart['web/Chart.yaml']}---\n${object('x')}` },
      '',
      ['web/Chart.yaml:raw'],
    ],
    [
      'of which a comment says that it was rendered',
      { 'web/templates/x.yaml': object('x'), 'web/templates/y.yaml': object('y') },
      rendered('shop/templates/y.yaml', `${object('y')}# Source: shop/templates/x.yaml\n`),
      ['web/templates/y.yaml:4', 'web/templates/x.yaml:raw'],
    ],
    [
      'with a source that is elsewhere',
      { 'web/templates/x.yaml': object('x') },
      rendered('shop/../../outside.yaml', object('x')),
      ['web/Chart.yaml:1', 'web/templates/x.yaml:raw'],
    ],
    [
      'beside what only looks like a chart',
      { 'web/Chart.yaml': 'name: [\n', 'web/templates/x.yaml': object('x') },
      '',
      ['web/templates/x.yaml:raw'],
    ],
    [
      'of a library',
      { 'web/Chart.yaml': 'apiVersion: v2\nname: lib\ntype: library\n', 'web/templates/x.yaml': object('x') },
      '',
      ['web/templates/x.yaml:raw'],
    ],
  ])('hide no object %s', async (_where, files, helm, objects) => {
    expect((await read({ ...chart, ...files }, helm)).objects).toEqual(objects)
  })

  it('say which templates gave nothing', async () => {
    expect((await read({ ...chart, 'web/templates/a.yaml': template }, '')).problems).toEqual([
      'web/templates/a.yaml:4 template gave no manifest with the values of its chart; for others, helm template -f … | holdfast check -',
    ])
  })

  it('are found by globs too; a template that is named alone is read as it is', async () => {
    const files = { ...chart, 'web/templates/a.yaml': object('a') }
    const output = rendered('shop/templates/a.yaml', object('a'))
    expect((await read(files, output, '**/*.yaml')).objects).toEqual(['web/templates/a.yaml:4'])
    expect((await read(files, output, 'web/templates/a.yaml')).objects).toEqual(['web/templates/a.yaml:raw'])
  })
})
