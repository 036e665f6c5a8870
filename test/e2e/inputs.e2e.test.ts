import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testFolder } from '../support/command-line.ts'
import { writeTree } from '../support/tree.ts'
import { buildControlPlane, provide, recipe } from './controlplane/build.ts'
import { type Checked, checked } from './checked.ts'
import { type CommandResult, runCommand } from './controlplane/command.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const folder = testFolder()
const tools = join(folder.path, 'tools')
let kubectl = ''

beforeAll(async () => {
  const helm = await provide(recipe('helm', '../helm', 'helm.sh/helm/v4/cmd/helm'))
  kubectl = (await buildControlPlane()).kubectl
  mkdirSync(tools)
  symlinkSync(helm, join(tools, 'helm'))
  symlinkSync(kubectl, join(tools, 'kubectl'))
  // What runs `check` in a pipe.
  symlinkSync(process.execPath, join(tools, 'node'))
})
afterAll(() => folder.remove())

/** Makes a folder with these files, and nothing that was there before. */
function tree(name: string, files: Readonly<Record<string, string>>): string {
  const root = join(folder.path, name)
  rmSync(root, { recursive: true, force: true })
  writeTree(root, files)
  return root
}

/** Runs `check` on a folder's paths, with the tools on the PATH. */
async function check(cwd: string, ...paths: readonly string[]): Promise<Checked> {
  const run = await holdfast(cwd, [process.execPath, main, 'check', '--format', 'json', ...paths])
  return checked(run)
}

async function holdfast(cwd: string, [file = '', ...args]: readonly string[]): Promise<CommandResult> {
  const options = { cwd, env: { PATH: `${tools}:/usr/bin:/bin` } }
  try {
    return await runCommand(file, args, options)
  } catch {
    return await runCommand(file, args, { ...options, expectFailure: true })
  }
}

// Put together here, so that no scanner of this repository takes it for real.
const url = ['postgres://app', 'Tr0ub4dor3x@db/app'].join(':')
const configMap = (name: string): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  url: ${url}
`

const chart = {
  'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\n',
  'values.yaml': 'enabled: true\nextra: false\nvolume:\n  hostPath: {path: /etc}\n',
  'templates/deployment.yaml': `{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: app
          image: "app:{{ .Chart.Version }}"
      volumes:
        - name: data
          {{- toYaml .Values.volume | nindent 10 }}
        - name: more
          hostPath:
            path: /root
---
${configMap('{{ .Release.Name }}-settings')}{{- end }}
`,
  'templates/extra.yaml': `{{- if .Values.extra }}\n${configMap('extra')}{{- end }}\n`,
}

const below = (name: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(files).map(([file, text]) => [join(name, file), text]))

describe('helm charts', () => {
  const found = [
    'configmap-no-secrets deploy/shop/templates/deployment.yaml:26',
    'pod-no-host-path deploy/shop/templates/deployment.yaml:14',
    'pod-no-host-path deploy/shop/templates/deployment.yaml:19',
  ]

  it('are rendered, and what is found is shown in the templates', async () => {
    const root = tree('chart', below('deploy/shop', chart))
    expect(await check(root, 'deploy')).toEqual({
      code: 1,
      results: found,
      problems: [
        'template deploy/shop/templates/extra.yaml:1 gave no manifest with the values of its chart; for others, helm template -f … | holdfast check -',
      ],
    })
  })

  it('are rendered with their own charts, which are not rendered again', async () => {
    const sub = below('deploy/shop/charts/db', {
      'Chart.yaml': 'apiVersion: v2\nname: db\nversion: 0.1.0\n',
      'templates/settings.yaml': configMap('{{ .Chart.Name }}'),
    })
    const root = tree('subchart', { ...below('deploy/shop', chart), ...sub })
    const { results } = await check(root, '.')
    expect(results).toEqual(['configmap-no-secrets deploy/shop/charts/db/templates/settings.yaml:6', ...found])
  })

  it('that cannot be rendered make the input unusable, in helm’s words', async () => {
    const missing = `${chart['Chart.yaml']}dependencies: [{name: db, version: 1.0.0, repository: "https://example.com"}]\n`
    const root = tree('broken', { 'Chart.yaml': missing, 'templates/a.yaml': configMap('a') })
    const { code, results, problems } = await check(root, '.')
    expect({ code, results }).toEqual({ code: 2, results: ['configmap-no-secrets templates/a.yaml:6'] })
    expect(problems).toEqual([
      expect.stringMatching(
        /^unrendered Chart\.yaml:1 helm cannot render the chart: .*missing in charts\/ directory: db/,
      ),
    ])
  })

  it('hide no manifest that helm is told to leave out', async () => {
    const files = { ...chart, '.helmignore': 'templates/plain.yaml\n', 'templates/plain.yaml': configMap('plain') }
    const { results } = await check(tree('hidden', files), '.')
    expect(results).toContain('configmap-no-secrets templates/plain.yaml:6')
  })

  it('can be piped, and given as a file that can be read once', async () => {
    const root = tree('piped', chart)
    const command = `node ${main} check --format json`
    const piped = checked(await holdfast(root, ['bash', '-c', `helm template . | ${command} -`]))
    const substituted = checked(await holdfast(root, ['bash', '-c', `${command} <(helm template .)`]))
    expect(piped).toMatchObject({ code: 1, problems: [] })
    expect(piped.results).toHaveLength(3)
    expect(substituted.results.map((result) => result.replace(/\/dev\/fd\/\d+/, '<stdin>'))).toEqual(piped.results)
  })
})

describe('kustomizations', () => {
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: app
          image: app:1
      volumes:
        - name: first
          emptyDir: {}
`
  const patch = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      volumes:
        - name: data
          hostPath:
            path: /etc
`
  const files = {
    'base/kustomization.yaml': 'resources: [web.yaml, settings.yaml]\nnamePrefix: my-\n',
    'base/web.yaml': deployment,
    'base/settings.yaml': configMap('settings'),
    'prod/kustomization.yaml': `resources: [../base]
nameSuffix: -prod
patches: [{path: patch.yaml}]
configMapGenerator: [{name: more, files: [app.env]}]
`,
    'prod/patch.yaml': patch,
    'prod/app.env': `URL=${url}\n`,
  }

  it('are rendered as a whole, and what is found is shown where it is written', async () => {
    expect(await check(tree('overlay', files), '.')).toEqual({
      code: 1,
      results: [
        'configmap-no-secrets base/settings.yaml:6',
        'configmap-no-secrets prod/kustomization.yaml:1',
        'pod-no-host-path prod/patch.yaml:11',
      ],
      problems: [],
    })
  })

  it('hide no object that they name as a patch of nothing', async () => {
    const evil = deployment.replace('emptyDir: {}', 'hostPath: {path: /}').replace('name: web', 'name: evil')
    const kustomization = 'resources: [../base]\npatches: [{path: evil.yaml, target: {kind: Nothing}}]\n'
    const { 'prod/patch.yaml': _patch, ...rest } = files
    const root = tree('evil', { ...rest, 'prod/kustomization.yaml': kustomization, 'prod/evil.yaml': evil })
    const { results } = await check(root, '.')
    expect(results).toEqual(['configmap-no-secrets base/settings.yaml:6', 'pod-no-host-path prod/evil.yaml:15'])
  })

  it('that cannot be rendered make the input unusable, and nothing is fetched', async () => {
    const remote = { ...files, 'base/kustomization.yaml': 'resources: [web.yaml, "https://example.com/x.yaml"]\n' }
    expect((await check(tree('remote', remote), '.')).problems).toEqual([
      'unrendered prod/kustomization.yaml:1 names "https://example.com/x.yaml", which is not here and is not fetched: kustomize build prod | holdfast check -',
    ])
    const wrong = { ...files, 'prod/patch.yaml': patch.replace('name: web', 'name: wob') }
    const { code, problems } = await check(tree('wrong', wrong), '.')
    expect(code).toBe(2)
    expect(problems).toEqual([
      expect.stringMatching(/^unrendered prod\/kustomization\.yaml:1 kustomize cannot render it: .*no matches for Id/),
    ])
  })
})

describe('files', () => {
  it.each<[string, (text: string) => Buffer]>([
    ['UTF-16', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, big end first', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['Latin-1', (text) => Buffer.from(`# café\n${text}`, 'latin1')],
  ])('in %s are read as kubectl reads them', async (_name, encoded) => {
    const root = tree('encoded', { 'a.txt': '' })
    writeFileSync(join(root, 'a.yaml'), encoded(`${configMap('a')}---\n${configMap('b')}`))
    const { stdout } = await runCommand(kubectl, ['label', '--local', '-f', 'a.yaml', 'a=b', '-o', 'name'], {
      cwd: root,
    })
    expect(stdout.trim().split('\n')).toEqual(['configmap/a', 'configmap/b'])
    expect((await check(root, '.')).results).toHaveLength(2)
  })

  it('are found by globs, and left out by an ignore file', async () => {
    const files = { 'a/b/x.yaml': configMap('x'), 'a/y.yaml': configMap('y'), '.holdfastignore': 'a/y.*\n' }
    const root = tree('globs', files)
    expect((await check(root, 'a/**/*.yaml', 'a/y.yaml')).results).toEqual(['configmap-no-secrets a/b/x.yaml:6'])
  })
})
