import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { violationLine } from '../engine/message.ts'
import { applyEdits } from '../manifest/text-edit.ts'
import { placer } from '../offline/place.ts'
import type { Repairing } from '../offline/repairs.ts'
import { printable } from '../report/printable.ts'
import { count } from '../report/summary.ts'
import { tellProblems } from './problems.ts'
import { type RepairedDocument, type RepairOptions, readForRepair } from './repairs.ts'
import { type Source, standardInput } from '../inputs/source.ts'
import { exitCodes, type Terminal } from './terminal.ts'

/** What to do with repairs: show them, or write them into the files. */
export type FixMode = 'diff' | 'write'

/** How many violations were repaired, in how many files, and how many could not be. */
interface Totals {
  repaired: number
  files: number
  refused: number
}

/**
 * `holdfast fix`: puts every repair that needs no guess into the text of the manifests, and touches nothing else. Says
 * what it repaired, and what it could not, and why. What is read from standard input is written to standard output.
 * Returns the exit code: 1 where a repair is not made.
 */
export async function fix(options: RepairOptions & { readonly mode: FixMode }, terminal: Terminal): Promise<number> {
  const { mode } = options
  // Rendered, a manifest stands in no file: what a chart or a kustomization is made of is repaired as it is written.
  const repairs = await readForRepair(options, { ...terminal, run: () => 'missing' })
  const totals: Totals = { repaired: 0, files: 0, refused: 0 }
  let inputEdits: readonly Repairing[] = []
  for (const found of repairs.repaired('everything')) {
    const documents = found.map(inItsFile)
    const [source] = documents.map((document) => document.source)
    const edits = documents.flatMap((document) => document.edits)
    if (mode === 'diff') terminal.out(repairs.diff(documents))
    else if (source?.file === standardInput) inputEdits = edits
    else if (source !== undefined && edits.length > 0) writeFileSync(source.file, edited(source, edits))
    for (const document of documents) tell(mode === 'diff' ? { ...document, repaired: [] } : document, terminal)
    addTo(totals, documents)
  }
  const input = repairs.sources.find(({ file }) => file === standardInput)
  if (mode === 'write' && input !== undefined) terminal.out(edited(input, inputEdits))
  terminal.error(summary(totals, mode))
  if (tellProblems(repairs.manifests.problems, terminal)) return exitCodes.unusable
  const open = mode === 'diff' ? totals.repaired + totals.refused : totals.refused
  return open > 0 ? exitCodes.findings : exitCodes.clean
}

/** Repairs are written where they can be: into files, whose text is what was read. */
function inItsFile(document: RepairedDocument): RepairedDocument {
  const reason = document.repaired.length === 0 ? undefined : reasonNotToWrite(document.source)
  if (reason === undefined) return document
  const refusals = document.repaired.map((repaired) => ({ ...repaired, reason }))
  return { ...document, edits: [], repaired: [], refusals: [...refusals, ...document.refusals] }
}

function reasonNotToWrite({ file }: Source): string | undefined {
  if (file === standardInput) return undefined
  if (!statSync(file).isFile()) return 'it is no file that could be written to'
  const bytes = readFileSync(file)
  // Written back, what is not UTF-8 would be something else.
  return Buffer.from(bytes.toString('utf8')).equals(bytes) ? undefined : 'the file is not in UTF-8; save it as UTF-8'
}

function edited(source: Source, edits: readonly Repairing[]): string {
  const text = source.file === standardInput ? [...source.chunks()].join('') : readFileSync(source.file, 'utf8')
  return applyEdits(text, edits)
}

function tell({ repaired, refusals }: RepairedDocument, terminal: Terminal): void {
  const where = placer()
  const lines = [
    ...repaired.map((one) => ({ ...one, label: 'fixed', reason: '' })),
    ...refusals.map((one) => ({ ...one, label: 'not fixed', reason: `  ${one.reason}` })),
  ]
  for (const { manifest, finding, label, reason } of lines) {
    const { file, line, column } = where(manifest, finding.path)
    const told = violationLine(finding.resource, finding.fix.text, finding.policy)
    terminal.error(`${printable(file)}:${line}:${column}  ${label}  ${told}\n${reason === '' ? '' : `${reason}\n`}`)
  }
}

function addTo(totals: Totals, documents: readonly RepairedDocument[]): void {
  const repaired = documents.reduce((sum, document) => sum + document.repaired.length, 0)
  totals.repaired += repaired
  totals.files += repaired > 0 ? 1 : 0
  totals.refused += documents.reduce((sum, { refusals }) => sum + refusals.length, 0)
}

function summary({ repaired, files, refused }: Totals, mode: FixMode): string {
  if (repaired + refused === 0) return 'nothing to fix\n'
  const what = `${count(repaired, 'violation')} in ${count(files, 'file')}`
  const left = refused === 0 ? '' : `, ${refused} not`
  return mode === 'write' ? `fixed ${what}${left}\n` : `${what} can be fixed${left}: holdfast fix --write\n`
}
