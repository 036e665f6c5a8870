import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { reportedByHoldfast } from './detector.ts'
import { evaluate, figuresOf } from './figures.ts'
import { generateRows, isHeldOut, isNameHeldOut } from './generator/generate.ts'
import { provideGitleaks, reportedByGitleaks } from './gitleaks.ts'
import { type HeldOut, type Results, resultsJson, resultsText } from './output.ts'
import { CorpusError, readCorpus, type Row } from './row.ts'

const usage = 'usage: npm run -s eval:secrets [-- --corpus FILE.jsonl.gz] [--json] [--no-gitleaks]'

interface Arguments {
  readonly corpus?: string | undefined
  readonly json?: boolean | undefined
  readonly 'no-gitleaks'?: boolean | undefined
}

function readArguments(): Arguments {
  const options = { corpus: { type: 'string' }, json: { type: 'boolean' }, 'no-gitleaks': { type: 'boolean' } } as const
  return parseArgs({ options }).values
}

function heldOutOf(rows: readonly Row[], found: ReadonlySet<string>): HeldOut {
  const names = (field: 'type' | 'carrier'): readonly string[] =>
    [...new Set(rows.map((row) => row[field]))].filter((name) => isNameHeldOut(field, name)).sort()
  return { types: names('type'), carriers: names('carrier'), ...figuresOf(rows.filter(isHeldOut), found) }
}

async function runGitleaks(rows: readonly Row[], isGenerated: boolean): Promise<Results['gitleaks']> {
  let program: string
  try {
    program = await provideGitleaks()
  } catch (error) {
    return { skipped: error instanceof Error ? error.message : String(error) }
  }
  const found = await reportedByGitleaks(program, rows)
  const evaluation = evaluate(rows, found)
  return isGenerated ? { evaluation, heldOut: figuresOf(rows.filter(isHeldOut), found) } : { evaluation }
}

async function run({ corpus, json, 'no-gitleaks': withoutGitleaks }: Arguments): Promise<string> {
  const rows = corpus === undefined ? generateRows() : readCorpus(corpus)
  const start = performance.now()
  const found = reportedByHoldfast(rows)
  const seconds = (performance.now() - start) / 1000
  const results: Results = {
    set: corpus ?? 'the generated set',
    rows,
    found,
    seconds,
    holdfast: evaluate(rows, found),
    ...(corpus === undefined ? { heldOut: heldOutOf(rows, found) } : {}),
    gitleaks:
      withoutGitleaks === true ? { skipped: 'by --no-gitleaks' } : await runGitleaks(rows, corpus === undefined),
  }
  return json === true ? `${resultsJson(results)}\n` : resultsText(results)
}

try {
  process.stdout.write(await run(readArguments()))
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  if (!isUsage && !(error instanceof CorpusError)) throw error
  process.stderr.write(isUsage ? `${error.message}\n${usage}\n` : `${error.message}\n`)
  process.exitCode = 2
}
