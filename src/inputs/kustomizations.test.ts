import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { testFolder } from '../../test/support/command-line.ts'
import { readingTerminal, readSource, writeTree } from '../../test/support/tree.ts'
import { sourcesOf } from './sources.ts'
import { type Read, readFolder, type Tools } from '../../test/support/read-folder.ts'
import type { Pointer } from '../kubernetes/pointer.ts'
import { locator } from '../manifest/locate.ts'

const folder = testFolder()
const home = process.cwd()
afterAll(() => folder.remove())
afterEach(() => process.chdir(home))

const deployment = (name: string, volumes = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector: {matchLabels: {app: web}}
  template:
    spec:
      containers:
        - name: app
          image: app:1
${volumes}`

const volumes = (path: string): string => `      volumes:
        - name: data
          hostPath:
            path: ${path}
`

const patch = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
${volumes('/data')}`

const config = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`

const overlay = {
  'base/kustomization.yaml': 'resources: [web.yaml]\nnamePrefix: my-\n',
  'base/web.yaml': deployment('web'),
  'prod/kustomization.yaml': 'resources: [../base]\npatches: [{path: patch.yaml}]\n',
  'prod/patch.yaml': patch,
}

/** What is read of a folder with these files. */
const read = (
  files: Readonly<Record<string, string>>,
  tools: Tools,
  options: { readonly pointer?: Pointer; readonly path?: string } = {},
): Promise<Read> => readFolder(join(folder.path, String(Math.random()).slice(2)), files, tools, options)

const kustomize = (output: string): Tools => ({ kustomize: output })
const rendered = `---\n${deployment('my-web', volumes('/data'))}`

describe('kustomizations', () => {
  it.each<[string, Tools, readonly string[]]>([
    ['kustomize', kustomize(rendered), ['kustomize version', 'kustomize build -- prod']],
    ['kubectl', { kubectl: rendered }, ['kustomize version', 'kubectl version --client', 'kubectl kustomize -- prod']],
  ])('are rendered by %s, those that no other one names', async (_tool, tools, ran) => {
    expect(await read(overlay, tools)).toEqual({ objects: ['base/web.yaml:1 Deployment'], problems: [], ran })
  })

  it.each<[string, Pointer, string]>([
    ['a resource', '/spec/template/spec/containers/0/image', 'base/web.yaml:11'],
    ['a resource of another name', '/metadata/name', 'base/web.yaml:4'],
    ['a patch', '/spec/template/spec/volumes/0/hostPath/path', 'prod/patch.yaml:11'],
    ['a resource, where something is missing', '/spec/template/spec/securityContext', 'base/web.yaml:8'],
  ])('place in %s what comes from there', async (_what, pointer, where) => {
    expect((await read(overlay, kustomize(rendered), { pointer })).objects).toEqual([`${where} Deployment`])
  })

  it('are rendered however they are named', async () => {
    const ran = ['kustomize version', 'kustomize build -- prod']
    expect(await read(overlay, kustomize(rendered), { path: './prod/kustomization.yaml' })).toMatchObject({ ran })
    const { ran: byGlob } = await read(overlay, kustomize(rendered), { path: 'p*' })
    expect(byGlob).toEqual(['kustomize version', 'kustomize build -- prod'])
  })

  it.each<[string, Partial<Read>]>([
    [
      'prod/patch.yaml',
      {
        objects: [],
        problems: [
          'prod/patch.yaml:1 template is no object, but part of a kustomization: name the folder of that to have it judged',
        ],
      },
    ],
    ['prod/whole.yaml', { objects: ['prod/whole.yaml raw Deployment'], problems: [] }],
    ['base/web.yaml', { objects: ['base/web.yaml raw Deployment'], problems: [] }],
  ])('are not rendered for %s alone', async (path, expected) => {
    const patches = 'patches: [{path: patch.yaml}, {path: whole.yaml}]\n'
    const files = { ...overlay, 'prod/kustomization.yaml': patches, 'prod/whole.yaml': deployment('web') }
    expect(await read(files, kustomize(rendered), { path })).toEqual({ ...expected, ran: [] })
  })

  it('that are links to one file are each rendered', async () => {
    const root = join(folder.path, 'links')
    writeTree(root, {
      'all.txt': 'resources: [web.yaml]\n',
      'a/web.yaml': deployment('a'),
      'b/web.yaml': deployment('b'),
    })
    process.chdir(root)
    for (const name of ['a', 'b']) symlinkSync('../all.txt', join(name, 'kustomization.yaml'))
    const terminal = readingTerminal(kustomize(rendered))
    await sourcesOf(['.'], terminal)
    expect(terminal.ran.slice(1)).toEqual(['kustomize build -- a', 'kustomize build -- b'])
  })

  it('that cannot be read are a problem', async () => {
    const { problems } = await read({ ...overlay, 'broken/kustomization.yaml': 'a: b: c\n' }, kustomize(rendered))
    expect(problems).toEqual([expect.stringMatching(/^broken\/kustomization\.yaml:1 syntax /)])
  })

  it('may hold patches in place', async () => {
    const inline = `patchesStrategicMerge: ['{"apiVersion": "v1", "kind": "ConfigMap"}', "a: b\\nc: d"]\n`
    const files = { ...overlay, 'prod/kustomization.yaml': `resources: [../base]\n${inline}` }
    expect((await read(files, kustomize(rendered))).ran).toContain('kustomize build -- prod')
  })

  it('place what comes from no file in the kustomization', async () => {
    const files = { 'kustomization.yaml': 'configMapGenerator: [{name: cfg, literals: [a=b]}]\n' }
    expect((await read(files, kustomize(config('cfg-x1')))).objects).toEqual(['kustomization.yaml:1 ConfigMap'])
  })

  it('are read as they are without tools, but for patches and what they say themselves', async () => {
    const files = { ...overlay, 'prod/other.yaml': config('other') }
    expect(await read(files, {})).toEqual({
      objects: ['base/web.yaml raw Deployment', 'prod/other.yaml raw ConfigMap'],
      problems: [
        'prod/kustomization.yaml:1 template there is no kustomize and no kubectl to render it: its resources are read as they are, without its patches and generators',
      ],
      ran: ['kustomize version', 'kubectl version --client'],
    })
  })

  it('that kustomize cannot render are a problem, and their resources are read as they are', async () => {
    const tools = { 'kustomize version': '', 'kustomize build': { status: 1, stderr: 'Error: no matches for Id\n' } }
    expect(await read(overlay, tools)).toMatchObject({
      objects: ['base/web.yaml raw Deployment'],
      problems: ['prod/kustomization.yaml:1 unrendered kustomize cannot render it: no matches for Id'],
    })
  })

  it('fetch nothing', async () => {
    const files = { ...overlay, 'base/kustomization.yaml': 'resources: [web.yaml, "https://me:pw@example.com/x"]\n' }
    expect(await read(files, kustomize(rendered))).toEqual({
      objects: ['base/web.yaml raw Deployment'],
      problems: [
        'prod/kustomization.yaml:1 unrendered names "https://…@example.com/x", which is not here and is not fetched: kustomize build prod | holdfast check -',
      ],
      ran: ['kustomize version'],
    })
  })

  it('that name one another in a circle are each rendered', async () => {
    const files = { 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources: [../a]\n' }
    const { ran } = await read(files, kustomize(''))
    expect(ran.slice(1)).toEqual(['kustomize build -- a', 'kustomize build -- b'])
  })

  it('that are components are rendered as part of others only', async () => {
    const files = { 'kustomization.yaml': 'kind: Component\nresources: [web.yaml]\n', 'web.yaml': deployment('web') }
    expect(await read(files, kustomize(rendered))).toEqual({
      objects: ['web.yaml raw Deployment'],
      problems: [
        'kustomization.yaml:1 template is a Component that no kustomization here uses: its resources are read as they are, without its patches',
      ],
      ran: [],
    })
  })

  const evil = deployment('evil', volumes('/'))

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['as a patch that changes nothing', { 'kustomization.yaml': 'patches: [{path: evil.yaml}]\n' }, config('a')],
    [
      'as a patch, beside something that only looks like it',
      { 'kustomization.yaml': 'patchesStrategicMerge: [evil.yaml]\n' },
      deployment('evil', volumes('/data')),
    ],
    ['as data', { 'kustomization.yaml': 'configMapGenerator: [{name: a, files: [k=evil.yaml]}]\n' }, config('a-1')],
    ['as a configuration', { 'kustomization.yaml': 'configurations: [evil.yaml]\ncrds: [evil.yaml]\n' }, config('a')],
    ['as a resource that is deleted', { 'kustomization.yaml': 'resources: [evil.yaml]\n' }, config('a')],
    [
      'as a resource that is deleted, beside one of its name',
      { 'kustomization.yaml': 'resources: [evil.yaml, good.yaml]\n', 'good.yaml': deployment('evil') },
      deployment('evil'),
    ],
    ['in a kustomization that holds more', { 'kustomization.yaml': `resources: []\n---\n${evil}` }, config('a')],
    ['beside a kustomization', { 'kustomization.yaml': 'resources: []\n' }, config('a')],
  ])('hide no object %s', async (_how, files, output) => {
    const { objects } = await read({ 'evil.yaml': evil, ...files }, kustomize(output))
    expect(objects.filter((object) => object.includes('raw Deployment'))).toContain(
      `${files['kustomization.yaml']?.includes('---') === true ? 'kustomization.yaml' : 'evil.yaml'} raw Deployment`,
    )
  })

  it('leave what is judged as rendered where it is not, line by line', async () => {
    const files = {
      'kustomization.yaml': 'resources: [all.yaml]\npatches: [{path: patch.yaml}]\n',
      'all.yaml': `${deployment('web')}---\n${config('deleted')}`,
      'patch.yaml': `${patch}---\n${config('more')}`,
    }
    const root = join(folder.path, 'lines')
    writeTree(root, files)
    process.chdir(root)
    const { sources } = await sourcesOf(['.'], readingTerminal(kustomize(rendered)))
    const raw = sources
      .filter((source) => source.rendered === undefined)
      .map((source) => {
        const [manifest, ...more] = readSource(source).manifests
        return [
          source.file,
          manifest?.object['metadata'],
          manifest && locator(manifest.document)('/metadata').line,
          more.length,
        ]
      })
    expect(raw).toEqual([
      ['all.yaml', { name: 'deleted' }, 15, 0],
      ['patch.yaml', { name: 'more' }, 15, 0],
    ])
  })
})
