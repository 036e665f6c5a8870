import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { checks } from '../checks/registry.ts'
import { coverageOf } from '../examples/coverage.ts'
import type { Example, Side } from '../examples/example.ts'
import { type ExampleResult, runExample } from '../examples/run.ts'
import { policyFiles, readPolicy } from '../load.ts'
import type { PolicySource } from '../policy/compile.ts'
import { exampleFile, expectedFile, readExamples } from './example-files.ts'
import { exitCodes, type Terminal } from './terminal.ts'

/**
 * `holdfast test`: judges every example of the policies in folders and compares the answers. Returns the exit code.
 * @param update writes the answers that are not written down yet, and tells which: they are to be read, then committed.
 */
export function test(
  directories: readonly string[],
  options: { readonly update: boolean },
  terminal: Terminal,
): number {
  const sources: PolicySource[] = []
  const results: ExampleResult[] = []
  for (const file of directories.flatMap(policyFiles)) {
    const source = readPolicy(file)
    sources.push(source)
    const ran = readExamples(file, source).map((example) => runOne(example, file, source, options, terminal))
    results.push(...ran)
    const broken = ran.filter(({ failures }) => failures.length > 0)
    terminal.out(`${broken.length === 0 ? 'ok  ' : 'FAIL'} ${source.document.metadata.name}: ${counted(ran.length)}\n`)
    if (ran.length === 0) terminal.out(`     ${howToBegin(file)}\n`)
    for (const result of broken) terminal.out(describe(result, file))
  }
  const { neverFailed, neverPassed } = coverageOf(sources, results)
  const failures = results.filter(({ failures: found }) => found.length > 0).length
  terminal.out(
    `rules that no example breaks: ${list(neverFailed)}\nrules that no example keeps: ${list(neverPassed)}\n`,
  )
  terminal.out(`${results.length - failures} passed, ${failures} failed\n`)
  return failures === 0 ? exitCodes.clean : exitCodes.findings
}

function runOne(
  example: Example,
  policyFile: string,
  source: PolicySource,
  { update }: { readonly update: boolean },
  terminal: Terminal,
): ExampleResult {
  const result = runExample(example, source, checks)
  if (!update || example.expected?.findings !== undefined) return result
  const file = expectedFile(policyFile, example)
  const expected = { ...example.expected, ...result.answer }
  writeFileSync(file, `${JSON.stringify(expected, null, 2)}\n`)
  terminal.out(`wrote ${file}\n`)
  return runExample({ ...example, expected }, source, checks)
}

function describe({ example, failures }: ExampleResult, policyFile: string): string {
  const lines = failures.flatMap((failure) => failure.split('\n'))
  const differs = example.expected?.findings !== undefined && lines.some((line) => line.startsWith('  got '))
  const advice = differs ? [`if this is right, delete ${expectedFile(policyFile, example)} and run with --update`] : []
  const told = [...lines, ...advice].map((line) => `       ${line}\n`)
  return `     ${exampleFile(policyFile, example)}\n${told.join('')}`
}

function howToBegin(policyFile: string): string {
  if (basename(policyFile) !== 'policy.json') return `examples go beside a file of the name ID/policy.json`
  const file = (side: Side): string => exampleFile(policyFile, { side, name: 'NAME' })
  return `write ${file('denied')} and ${file('allowed')}, a manifest each`
}

function counted(examples: number): string {
  return examples === 1 ? '1 example' : `${examples} examples`
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}
