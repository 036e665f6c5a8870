import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load as parseYaml } from 'js-yaml'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { run, type TestFolder, testFolder } from '../../test/support/command-line.ts'
import { asArray, asString, at, type JsonValue } from '../kubernetes/json.ts'
import { load } from '../load.ts'
import { init, type InitOptions } from './init.ts'

const repository = join(import.meta.dirname, '../..')

let folder: TestFolder
beforeEach(() => void (folder = testFolder()))
afterEach(() => folder.remove())

interface Git {
  /** Where in its repository the folder is; undefined: it is in none. */
  readonly prefix?: string
  readonly remote?: string
}

/** Runs init in the folder, with what Git says there; undefined: there is no Git. */
function start(options: Partial<InitOptions> = {}, git?: Git): { readonly code: number; readonly out: string } {
  let out = ''
  const code = init(
    { folder: folder.path, profile: 'baseline', ci: undefined, version: '0.1.0', ...options },
    {
      out: (text) => void (out += text),
      error: (text) => void (out += text),
      readInput: () => Promise.resolve(''),
      run: (tool, [, , command]) => {
        if (git === undefined || tool !== 'git') return 'missing'
        if (git.prefix === undefined) return { status: 128, stdout: '', stderr: 'fatal: not a git repository' }
        return { status: 0, stdout: `${(command === 'remote' ? git.remote : git.prefix) ?? ''}\n`, stderr: '' }
      },
      colors: false,
      now: () => new Date('2026-06-01T00:00:00Z'),
    },
  )
  return { code, out: out.replaceAll(folder.path, 'F') }
}

function files(): readonly string[] {
  return readdirSync(folder.path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.path.length + 1))
    .sort()
}

function read(...path: readonly string[]): string {
  return readFileSync(join(folder.path, ...path), 'utf8')
}

function yamlOf(text: string): JsonValue {
  return JSON.parse(JSON.stringify(parseYaml(text)))
}

const github = { prefix: '', remote: 'origin\tgit@github.com:acme/shop.git (fetch)' }
const gitlab = { prefix: '', remote: 'origin\thttps://gitlab.acme.example/shop.git (fetch)' }
const always = ['.pre-commit-config.yaml', 'holdfast.json']
const workflow = '.github/workflows/holdfast.yml'

describe('init', () => {
  it.each<[string, Partial<InitOptions>, Git | undefined, readonly string[]]>([
    ['no Git', {}, undefined, always],
    ['no repository', {}, {}, always],
    ['no remote', {}, { prefix: '' }, always],
    ['another remote', {}, { prefix: '', remote: 'origin\tssh://git@git.acme.example/mygithubber (fetch)' }, always],
    ['GitHub', {}, github, [workflow, ...always]],
    ['GitLab', {}, gitlab, ['.gitlab-ci.yml', ...always]],
    ['--ci none', { ci: 'none' }, github, always],
    ['--ci gitlab', { ci: 'gitlab' }, github, ['.gitlab-ci.yml', ...always]],
    ['--ci github', { ci: 'github' }, undefined, [workflow, ...always]],
    ['a folder of a repository', {}, { ...github, prefix: 'deploy/' }, ['holdfast.json']],
  ])('writes for %s', (_, options, git, expected) => {
    const { code, out } = start(options, git)
    expect(files()).toEqual(expected)
    for (const file of expected) expect(out).toContain(`wrote F/${file}\n`)
    expect(out).toContain('\nNext, in F:\n  holdfast check ')
    expect(out.includes('belong to the root of the repository')).toBe(git?.prefix === 'deploy/')
    expect(code).toBe(0)
  })

  it('takes a folder .github as a sign', () => {
    mkdirSync(join(folder.path, '.github'))
    start()
    expect(files()).toContain(workflow)
  })

  it('changes nothing the second time', () => {
    start({}, github)
    const before = files().map((file) => read(file))
    const { code, out } = start({ profile: 'strict', ci: 'github' }, github)
    expect(files().map((file) => read(file))).toEqual(before)
    expect(out).not.toMatch(/wrote|add this/)
    expect(out).toContain('left F/holdfast.json as it is\n')
    expect(code).toBe(0)
  })

  it('prints what a file that is there needs', () => {
    folder.file('.pre-commit-config.yaml', 'repos: [] # ours\n')
    folder.file('.gitlab-ci.yml', 'build:\n  script: [make]\n')
    const { out } = start()
    expect(read('.pre-commit-config.yaml')).toBe('repos: [] # ours\n')
    expect(read('.gitlab-ci.yml')).toBe('build:\n  script: [make]\n')
    expect(out).toContain('left F/.pre-commit-config.yaml as it is; add this to it:\n\n  - repo: https://')
    expect(out).toContain('left F/.gitlab-ci.yml as it is; add this to it:\n\ninclude:\n  - remote: https://')
  })

  it('refuses a folder that is not there', () => {
    expect(() => start({ folder: join(folder.path, 'absent') })).toThrow(/absent is no folder$/)
    expect(() => start({ folder: folder.file('file', 'x') })).toThrow(/file is no folder$/)
  })
})

describe('what it writes', () => {
  it.each(['baseline', 'strict', 'observe'] as const)('is a configuration in profile %s', (profile) => {
    start({ profile })
    const configFile = join(folder.path, 'holdfast.json')
    const options = { policyDirectories: [], ownNamespace: 'holdfast-system' }
    const { config, policies } = load({ ...options, configFile, profile: undefined })
    const asItWas = load({ ...options, configFile: undefined, profile })
    expect(config.profile).toBe(profile)
    // Nothing but the profile differs from what holds anyway.
    const settings = (set: typeof policies) => set.policies.map((policy) => ({ ...policy.settingsFor(''), rules: [] }))
    expect(settings(policies)).toEqual(settings(asItWas.policies))
    expect(policies.isExempt('kube-system')).toBe(true)
  })

  it('names what this repository has', () => {
    start({ ci: 'github' })
    start({ ci: 'gitlab' })
    const job = at(yamlOf(read(workflow)), 'jobs', 'check')
    const step = asArray(at(job, 'steps')).find((one) => asString(at(one, 'uses'))?.startsWith('holdfast-dev/'))
    expect(at(step, 'uses')).toBe('holdfast-dev/holdfast@v0.1.0')
    const action = at(yamlOf(readFileSync(join(repository, 'action.yml'), 'utf8')), 'inputs')
    for (const input of Object.keys(at(step, 'with') ?? {})) expect(at(action, input)).toBeDefined()

    const hooks = yamlOf(readFileSync(join(repository, '.pre-commit-hooks.yaml'), 'utf8'))
    const [hook] = asArray(at(yamlOf(read('.pre-commit-config.yaml')), 'repos'))
    expect(at(hook, 'rev')).toBe('v0.1.0')
    expect(asArray(hooks).map((one) => at(one, 'id'))).toContain(at(asArray(at(hook, 'hooks'))[0], 'id'))

    const published = 'https://raw.githubusercontent.com/holdfast-dev/holdfast/v0.1.0/'
    const [template] = asArray(at(yamlOf(read('.gitlab-ci.yml')), 'include'))
    const addresses = [at(template, 'remote'), JSON.parse(read('holdfast.json')).$schema]
    for (const address of addresses) {
      expect(address).toContain(published)
      expect(existsSync(join(repository, String(address).slice(published.length)))).toBe(true)
    }
  })

  it('leaves a folder that check can judge', async () => {
    start({ ci: 'github' })
    start({ ci: 'gitlab' })
    folder.file('class.yaml', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 'b' } })
    const { code, out } = await run(['check', folder.path, '--config', join(folder.path, 'holdfast.json')])
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('1 object') })
    expect(out).not.toMatch(/problem/)
  })
})
