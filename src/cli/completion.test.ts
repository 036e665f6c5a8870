import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../test/support/command-line.ts'
import { renderers } from '../report/renderers.ts'
import { shells } from './completion.ts'

const policies = readdirSync(join(import.meta.dirname, '../../policies'))

/** What bash offers for the last word of each command line, which ends in a blank where that word is empty. */
function offers(script: string, lines: readonly string[]): readonly (readonly string[])[] {
  const asking = lines.map((line) => {
    // As readline has it: "=" is a word of its own.
    const words = line.replaceAll('=', ' = ').replace(/ = $/, ' =').split(/ +/)
    return `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _holdfast; echo "\${COMPREPLY[*]}"`
  })
  const input = `${script}\ncomplete -p holdfast\n${asking.join('\n')}\n`
  const out = execFileSync('bash', ['--noprofile', '--norc'], { input, encoding: 'utf8' })
  const [registered, ...answers] = out.trimEnd().split('\n')
  expect(registered).toBe('complete -o default -F _holdfast holdfast')
  return lines.map((_, index) => (answers[index] ?? '').split(' ').filter((word) => word !== ''))
}

describe('completion', () => {
  let script = ''
  beforeAll(async () => void (script = (await run(['completion', 'bash'])).out))

  const commands = ['init', 'check', 'fix', 'diff', 'explain', 'policies', 'test', 'serve', 'demo', 'review'].concat([
    'completion',
    'help',
  ])
  const formats = renderers.map(({ name }) => name)

  it.each<[string, readonly string[]]>([
    ['holdfast ', commands],
    ['holdfast ex', ['explain']],
    ['holdfast -', ['-V', '--version', '-h', '--help']],
    ['holdfast check --for', ['--format']],
    ['holdfast check deploy/ --fail', ['--fail-on']],
    ['holdfast check --format ', formats],
    ['holdfast check --format=', formats],
    ['holdfast check --format=j', formats.filter((name) => name.startsWith('j'))],
    ['holdfast explain ', policies],
    ['holdfast explain pod-no-', policies.filter((id) => id.startsWith('pod-no-'))],
    ['holdfast explain --format ', ['text', 'json', 'markdown']],
    ['holdfast help exp', ['explain']],
    ['holdfast completion ', shells],
    ['holdfast init --ci ', ['github', 'gitlab', 'none']],
    // Nothing: bash completes files then.
    ['holdfast check ', []],
    ['holdfast check --config ', []],
    ['holdfast nonsense ', []],
  ])('offers for "%s"', (line, expected) => {
    expect(offers(script, [line])).toEqual([expected])
  })

  it('leaves only places for files to bash', () => {
    // complete -o default completes files; compopt, which only works while somebody types, is made to tell.
    const told = `${script}\ncompopt() { COMPREPLY=("$*"); }\n`
    expect(
      offers(told, ['holdfast check --namespace ', 'holdfast check --policies ', 'holdfast check --context ']),
    ).toEqual([['+o', 'default'], ['+o', 'default', '-o', 'dirnames'], []])
  })
})
