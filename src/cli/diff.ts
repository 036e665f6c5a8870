import { type RepairOptions, readForRepair } from './repairs.ts'
import { tellProblems } from './problems.ts'
import { exitCodes, type Terminal } from './terminal.ts'

/**
 * `holdfast diff`: shows what the mutating webhook would change in manifests, as a diff of their text. Returns the exit
 * code, as `kubectl diff` has it: 1 where there is a difference.
 */
export async function diff(options: RepairOptions, terminal: Terminal): Promise<number> {
  const repairs = await readForRepair(options, terminal)
  let code: number = exitCodes.clean
  for (const documents of repairs.repaired('webhook')) {
    code = exitCodes.findings
    terminal.out(repairs.diff(documents))
    for (const { refusals } of documents) {
      for (const { manifest, finding, reason } of refusals) {
        terminal.error(
          `${manifest.file}: ${finding.message} The webhook repairs it; it cannot be shown here: ${reason}.\n`,
        )
      }
    }
  }
  return tellProblems(repairs.manifests.problems, terminal) ? exitCodes.unusable : code
}
