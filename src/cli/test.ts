import { writeFileSync } from 'node:fs'
import { checks } from '../checks/registry.ts'
import { coverageOf } from '../examples/coverage.ts'
import type { Example } from '../examples/example.ts'
import { type ExampleResult, runExample } from '../examples/run.ts'
import { policyFiles, readPolicy } from '../load.ts'
import type { PolicySource } from '../policy/compile.ts'
import { expectedFile, readExamples } from './example-files.ts'
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
    terminal.out(`${broken.length === 0 ? 'ok  ' : 'FAIL'} ${source.document.metadata.name}: ${ran.length} examples\n`)
    for (const result of broken) terminal.out(describe(result))
  }
  const { neverFailed, neverPassed } = coverageOf(sources, results)
  const failures = results.filter(({ failures: found }) => found.length > 0).length
  terminal.out(
    `coverage: rules never seen to fail: ${list(neverFailed)}; rules never seen to pass: ${list(neverPassed)}\n`,
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

function describe({ example, failures }: ExampleResult): string {
  return failures.map((failure) => `     ${example.side}/${example.name}: ${failure}\n`).join('')
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}
