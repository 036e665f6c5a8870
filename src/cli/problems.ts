import type { ManifestProblem } from '../manifest/manifest.ts'
import { printable } from '../report/printable.ts'
import type { Terminal } from './terminal.ts'

/** Tells what could not be read, and counts templates; whether anything but a template could not be. */
export function tellProblems(problems: readonly ManifestProblem[], terminal: Terminal): boolean {
  const unreadable = problems.filter(({ kind }) => kind !== 'template')
  for (const { file, line, column, message } of unreadable) {
    terminal.error(`${printable(file)}:${line}:${column}  problem  ${message}\n`)
  }
  const templates = problems.length - unreadable.length
  if (templates > 0) {
    const what = templates === 1 ? '1 template was passed over' : `${templates} templates were passed over`
    terminal.error(`${what}: only what is rendered from them can be judged\n`)
  }
  return unreadable.length > 0
}
