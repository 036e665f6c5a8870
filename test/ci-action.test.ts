import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asArray, asObject, asString, at } from '../src/kubernetes/json.ts'
import { type Machine, newFolder, newMachine, parsed, repository, textOf } from './support/machine.ts'

const sample = textOf('docs/guide/samples/class.yaml')
const guide = textOf('docs/guide/ci.md')

describe('action.yml', () => {
  const action = parsed(textOf('action.yml'))
  const inputs = asObject(at(action, 'inputs'))
  const [step = null, ...otherSteps] = asArray(at(action, 'runs', 'steps'))
  const script = asString(at(step, 'run')) ?? ''
  const environment = asObject(at(step, 'env'))

  /** What GitHub does with the step of a composite action: inputs or their defaults, in variables; bash as documented. */
  function act({ run }: Machine, given: Readonly<Record<string, string>>, path = repository) {
    const runner = newFolder()
    const values = Object.entries(environment).map(([name, value]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(asString(value) ?? '')?.[1] ?? ''
      return [name, given[input] ?? asString(at(inputs, input, 'default')) ?? ''] as const
    })
    const ended = run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', runner.file('step.sh', script)], {
      ...Object.fromEntries(values),
      GITHUB_ACTION_PATH: path,
      GITHUB_OUTPUT: runner.file('output', ''),
      GITHUB_STEP_SUMMARY: runner.file('summary', 'What was there.\n'),
      RUNNER_TEMP: runner.path,
    })
    const read = (name: string) => readFileSync(join(runner.path, name), 'utf8')
    return { ...ended, outputs: read('output').trim().split('\n').sort(), summary: read('summary') }
  }

  it('has one step, which is given every input as a variable and nothing in its text', () => {
    expect(otherSteps).toEqual([])
    expect(Object.values(environment)).toEqual(
      expect.arrayContaining(Object.keys(inputs).map((name) => `\${{ inputs.${name} }}`)),
    )
    expect(Object.keys(environment)).toHaveLength(Object.keys(inputs).length)
    expect(script).not.toContain('${{')
    const read = script + textOf('ci/check')
    expect(Object.keys(environment).filter((name) => !new RegExp(`\\$\\{?${name}\\b`).test(read))).toEqual([])
  })

  it('sets the outputs it names', () => {
    const outputs = Object.entries(asObject(at(action, 'outputs')))
    expect(outputs.map(([name, output]) => [name, at(output, 'value')])).toEqual(
      ['exit-code', 'sarif-file'].map((name) => [name, `\${{ steps.${asString(at(step, 'id'))}.outputs.${name} }}`]),
    )
  })

  it('annotates, fails, and writes what was asked for and nothing else', () => {
    const machine = newMachine()
    const { work } = machine
    work.file('a class.yaml', sample)
    const ended = act(machine, {
      paths: '\n  a class.yaml  \n',
      'sarif-file': 'out.sarif',
      'comment-file': 'comment.md',
    })
    expect(ended.out).toMatch(/^::error file=a class\.yaml,line=11,/)
    expect(ended.code).toBe(1)
    expect(ended.outputs).toEqual(['exit-code=1', 'sarif-file=out.sarif'])
    const comment = readFileSync(join(work.path, 'comment.md'), 'utf8')
    expect(comment).toMatch(/^<!-- holdfast -->\n/)
    expect(ended.summary).toBe(`What was there.\n${comment}`)
    expect(at(parsed(readFileSync(join(work.path, 'out.sarif'), 'utf8')), 'version')).toBe('2.1.0')
    expect(readdirSync(work.path).sort()).toEqual(['a class.yaml', 'comment.md', 'out.sarif'])
  })

  it('passes on every other input', () => {
    const machine = newMachine()
    machine.work.file('class.yaml', sample)
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' }, spec: {} }
    machine.work.file('claim.json', claim)
    const audited = { 'storageclass-wait-for-first-consumer': { action: 'audit' } }
    const ended = act(machine, {
      config: machine.work.file('other.json', { policies: audited }),
      profile: 'strict',
      'fail-on': 'never',
      format: 'json',
      args: '  --namespace shop\t--kubernetes-version 1.34 ',
    })
    const summary = at(parsed(ended.out), 'summary')
    expect(at(summary, 'audited')).toBe(1)
    // Only warnings in the profile that holds by default.
    expect(at(summary, 'fail')).toBeGreaterThan(0)
    expect(ended.out).toContain('"namespace": "shop"')
    expect(ended).toMatchObject({ code: 0, outputs: ['exit-code=0'] })
  })

  it('runs nothing that an input says, and writes no report where there is none', () => {
    const hostile = '$(touch stolen)`touch stolen`\'"; touch stolen #*.yaml'
    const args = '--namespace $(touch${IFS}stolen) ; touch stolen'
    const machine = newMachine()
    const ended = act(machine, { paths: hostile, args, 'sarif-file': 'out.sarif' })
    expect(ended.out).toContain('cannot be read (ENOENT)')
    expect(ended).toMatchObject({ code: 2, outputs: ['exit-code=2'], summary: 'What was there.\n' })
    expect(readdirSync(machine.work.path)).toEqual([])
  })

  it('fails where a report cannot be written', () => {
    const machine = newMachine()
    mkdirSync(join(machine.work.path, 'ci'))
    copyFileSync(join(repository, 'ci/check'), join(machine.work.path, 'ci/check'))
    writeFileSync(join(machine.work.path, 'ci/holdfast'), '#!/bin/sh\necho report\n', { mode: 0o755 })
    const ended = act(machine, { 'sarif-file': 'missing/out.sarif' }, machine.work.path)
    expect(ended.out).toContain('holdfast: the sarif report ended with exit code 1, not 0')
    expect(ended.outputs).toEqual(['exit-code=2'])
  })

  it('is in the guide with its defaults', () => {
    const rows = [...guide.matchAll(/^\| `([\w-]+)` \| (?:`(.*?)` )?\|/gm)].map(([, name, value = '']) => [name, value])
    expect(rows).toEqual(Object.entries(inputs).map(([name, input]) => [name, at(input, 'default')]))
  })
})
