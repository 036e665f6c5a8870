import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asArray, asObject, asString, at } from '../src/kubernetes/json.ts'
import { type Ended, type Machine, newFolder, newMachine, parsed, repository, textOf } from './support/machine.ts'

const sample = textOf('docs/guide/samples/class.yaml')
const guide = textOf('docs/guide/ci.md')
const version = asString(at(parsed(textOf('package.json')), 'version')) ?? ''

describe('ci/gitlab/holdfast.yml', () => {
  const template = asObject(parsed(textOf('ci/gitlab/holdfast.yml')))
  const hidden = asObject(template['.holdfast'])
  const variables = Object.fromEntries(
    Object.entries(asObject(hidden['variables'])).map(([name, value]) => [name, asString(value) ?? '']),
  )
  const lines = [...asArray(hidden['before_script']), ...asArray(hidden['script'])].map((line) => asString(line) ?? '')

  it('names this version and has a job for it', () => {
    expect(variables['HOLDFAST_VERSION']).toBe(`v${version}`)
    expect(template['holdfast']).toEqual({ extends: '.holdfast' })
    expect(guide).toContain(`/v${version}/ci/gitlab/holdfast.yml`)
  })

  it('clones the version, and writes the reports it keeps', () => {
    const { work, program, run } = newMachine()
    // Stands for git: the folder it is to clone into becomes this repository.
    program('git', `echo "git $*"; for name in ${repository}/*; do ln -s "$name" "\${!#}"; done`)
    work.file('class.yaml', sample)
    const { code, out } = run('bash', ['-eo', 'pipefail', '-c', lines.join('\n')], {
      ...variables,
      HOLDFAST_PATHS: 'cl*.yaml\n',
      TMPDIR: newFolder().path,
    })
    expect(out).toContain(`--branch v${version} https://github.com/holdfast-dev/holdfast.git `)
    expect(out).toContain('class.yaml:11:1  fix  high  storageclass-wait-for-first-consumer')
    expect(code).toBe(1)
    const written = readdirSync(work.path).filter((name) => name !== 'class.yaml')
    const { paths, reports } = asObject(hidden['artifacts'])
    expect(written.sort()).toEqual(paths)
    expect(Object.values(asObject(reports))).toEqual(paths)
    const [quality = '', junit = ''] = written.map((name) => readFileSync(join(work.path, name), 'utf8'))
    expect(asArray(parsed(quality))).toHaveLength(1)
    expect(junit).toContain('<testsuites ')
  })

  it('has every variable of ci/check, and its guide names all of its own', () => {
    const named = textOf('ci/check').match(/HOLDFAST_\w+/g) ?? []
    expect([...new Set(named)].filter((name) => !(name in variables))).toEqual([])
    expect(Object.keys(variables).filter((name) => !guide.includes(`\`${name}\``))).toEqual([])
  })
})

describe('.pre-commit-hooks.yaml', () => {
  const hooks = asArray(parsed(textOf('.pre-commit-hooks.yaml'))).map(asObject)

  /** What pre-commit does with a hook of language "script": the entry's words, the first below its checkout, then files. */
  function hook({ run }: Machine, id: string, files: readonly string[]): Ended {
    const found = hooks.find((one) => one['id'] === id)
    const [command = '', ...args] = (asString(found?.['entry']) ?? '').split(' ')
    expect(found?.['language']).toBe('script')
    return run(join(repository, command), [...args, ...files])
  }

  it('judges and repairs the files of a commit, whatever else is in it', () => {
    const machine = newMachine()
    const { work } = machine
    work.file('package.json', { name: 'web' })
    work.file('a class.yaml', sample)
    const files = ['package.json', 'a class.yaml']
    const before = hook(machine, 'holdfast-check', files)
    expect(before.out).toContain('a class.yaml:11:1  fix  high  storageclass-wait-for-first-consumer')
    expect(before.code).toBe(1)
    const fixed = hook(machine, 'holdfast-fix', files)
    expect(fixed.code).toBe(0)
    const [, shown = ''] = /^(deploy\/class\.yaml.*fixed.*)…$/m.exec(guide) ?? []
    expect(fixed.out).toContain(shown.replace('deploy/', 'a '))
    expect(readFileSync(join(work.path, 'a class.yaml'), 'utf8')).toContain(
      'volumeBindingMode: WaitForFirstConsumer # as',
    )
    expect(hook(machine, 'holdfast-check', files).code).toBe(0)
  })

  it('has the hooks of the guide', () => {
    const named = [...guide.matchAll(/- id: (holdfast-\w+)/g)].map(([, id = '']) => id)
    expect(named.sort()).toEqual(hooks.map(({ id }) => id))
  })
})

describe('ci/holdfast', () => {
  const script = textOf('ci/holdfast')

  /** A checkout of nothing but the script, on a machine with a Node of this version and an npm that notes what it is told. */
  function checkout({ program }: Machine, nodeVersion: number): string {
    const home = newFolder().path
    mkdirSync(join(home, 'ci'))
    writeFileSync(join(home, 'ci/holdfast'), script, { mode: 0o755 })
    symlinkSync(join(repository, 'package.json'), join(home, 'package.json'))
    program(
      'node',
      `case "$*" in
        "--print process.versions"*) echo ${nodeVersion} ;;
        --print*) exec "${process.execPath}" "$@" ;;
        *) echo "own $*" ;;
      esac`,
    )
    program(
      'npm',
      `echo "$*" >>npm.log
      case "$*" in
        *" ci "*) mkdir -p ${home}/node_modules && touch ${home}/node_modules/.package-lock.json ;;
        *node@*)
          brought=${home}/.cache/node/node_modules/.bin/node
          mkdir -p "$(dirname "$brought")"
          printf '#!/bin/sh\necho "brought $*"\n' >"$brought"
          chmod +x "$brought" ;;
      esac`,
    )
    return home
  }

  const pinned = asString(at(parsed(textOf('package.json')), 'devDependencies', 'node')) ?? ''

  it.each([
    {
      nodeVersion: 20,
      node: 'brought',
      installs: ['ci --prefix HOME ', `install --prefix HOME/.cache/node --no-save node@${pinned}`],
    },
    { nodeVersion: 24, node: 'own', installs: ['ci --prefix HOME '] },
    { nodeVersion: 26, node: 'own', installs: ['ci --prefix HOME '] },
  ])('installs once what a machine with Node $nodeVersion lacks', ({ nodeVersion, node, installs }) => {
    const machine = newMachine()
    const home = checkout(machine, nodeVersion)
    for (const _ of [1, 2]) {
      const { code, out } = machine.run(join(home, 'ci/holdfast'), ['check', 'a b'])
      expect(out).toBe(`${node} ${home}/src/main.ts check a b\n`)
      expect(code).toBe(0)
    }
    const log = readFileSync(join(machine.work.path, 'npm.log'), 'utf8').replaceAll(home, 'HOME').trim().split('\n')
    expect(log).toEqual(installs.map((install) => expect.stringContaining(install)))
  })
})

describe('docs/guide/ci.md', () => {
  it('names this version', () => {
    const named = [...guide.matchAll(/(?:@|rev: |--branch |holdfast\/)v(\d+\.\d+\.\d+)/g)].map(([, found]) => found)
    expect(named.length).toBeGreaterThan(3)
    expect(new Set(named)).toEqual(new Set([version]))
  })

  it('shows YAML that names inputs of the action and variables of the template', () => {
    const blocks = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block = '']) => parsed(block))
    const [workflow, , pipeline] = blocks.map(asObject)
    const uses = asArray(at(workflow, 'jobs', 'check', 'steps')).find((step) => at(step, 'id') === 'holdfast')
    const inputs = asObject(at(parsed(textOf('action.yml')), 'inputs'))
    const used = Object.keys(asObject(at(uses, 'with')))
    expect(used.length).toBeGreaterThan(0)
    expect(used.filter((input) => !(input in inputs))).toEqual([])
    const set = Object.keys(asObject(at(pipeline, 'holdfast', 'variables')))
    expect(set).toEqual(['HOLDFAST_PATHS'])
  })
})
