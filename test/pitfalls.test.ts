import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asArray, asString, at, type JsonValue } from '../src/kubernetes/json.ts'
import expectedFindings from './seeds/expected.json' with { type: 'json' }

const repository = join(import.meta.dirname, '..')
const text = readFileSync(join(repository, 'docs/pitfalls.md'), 'utf8')

interface BuiltIn {
  /** What happens in baseline and strict, as the table has it: `warn / deny`. */
  readonly actions: string
  /** Whether something is found in manifests that are applied for the first time, nothing configured. */
  readonly atWork: boolean
}

function builtIn(id: string): BuiltIn {
  const file = join(repository, 'policies', id, 'policy.json')
  const document: JsonValue = JSON.parse(readFileSync(file, 'utf8'))
  const spec = at(document, 'spec')
  const actions = ['baseline', 'strict'].map((profile) => asString(at(spec, 'action', profile)) ?? '')
  const operations = asArray(at(spec, 'match', 'operations'))
  const judgesCreate = operations.length === 0 || operations.includes('CREATE')
  return { actions: actions.join(' / '), atWork: judgesCreate && actions.some((action) => action !== 'off') }
}

const pack = new Map(
  readdirSync(join(repository, 'policies'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }): readonly [string, BuiltIn] => [name, builtIn(name)]),
)

const sections = text
  .split(/^## /m)
  .slice(1)
  .map((section) => ({ title: section.slice(0, section.indexOf('\n')), section }))
const documents = sections.filter(({ section }) => section.includes('| concern |'))

/** What the table links to: the name of each link, the file, and the actions after it. */
function links(section: string): readonly (readonly [string, string, string])[] {
  const found = section.matchAll(/\[([a-z-]+)\]\(policies\/([a-z-]+)\.md\) ([a-z]+ \/ [a-z]+)/g)
  return [...found].map(([, name = '', file = '', actions = '']) => [name, file, actions])
}

function rows(section: string): readonly (readonly string[])[] {
  const lines = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| concern |'))
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

/** The policies that find something in the manifests of a document. */
function foundIn(section: string): ReadonlySet<string> {
  const prefix = /`([a-z-]+)\*\.yaml`/.exec(section)?.[1] ?? ''
  expect(prefix).not.toBe('')
  const files = Object.entries(expectedFindings).filter(([file]) => file.startsWith(prefix))
  const findings = files.flatMap(([, { good, pitfalls, others }]) =>
    [good, pitfalls, others].flatMap((objects) => Object.values<readonly string[]>(objects).flat()),
  )
  return new Set(findings.map((finding) => finding.split(/[ /]/)[2] ?? ''))
}

describe('docs/pitfalls.md', () => {
  it('covers five documents', () => {
    expect(documents).toHaveLength(5)
  })

  it('links to policies there are, with what they do', () => {
    const all = links(text)
    expect(all.length).toBeGreaterThan(100)
    expect(text.match(/\]\(policies\//g)).toHaveLength(all.length)
    expect(all).toEqual(all.map(([name]) => [name, name, pack.get(name)?.actions]))
  })

  it('names every policy', () => {
    const named = new Set(links(text).map(([name]) => name))
    expect([...pack.keys()].filter((id) => !named.has(id))).toEqual([])
  })

  it.each(documents)('$title: answers each concern, or says what helps instead', ({ section }) => {
    const all = rows(section)
    expect(all.length).toBeGreaterThan(20)
    expect(all.filter((cells) => cells.length !== 3 || cells[0] === '')).toEqual([])
    expect(all.filter(([, answer = '', besides]) => links(answer).length === 0 && besides === '')).toEqual([])
    expect(all.filter(([, answer = '']) => links(answer).length === 0 && answer !== '–')).toEqual([])
  })

  it.each(documents)('$title: what is promised is found in its manifests', ({ section }) => {
    const found = foundIn(section)
    const promised = [...new Set(links(section).map(([name]) => name))].filter((id) => pack.get(id)?.atWork)
    expect(promised.filter((id) => !found.has(id))).toEqual([])
  })
})
