import { readFileSync } from 'node:fs'
import { decodeReview } from '../admission/decode.ts'
import { toReview } from '../admission/review.ts'
import { decide } from '../engine/decide.ts'
import type { Surroundings } from '../engine/evaluate.ts'
import type { PolicySet } from '../policy/compiled.ts'
import { parseJson } from '../policy/parse.ts'
import { exitCodes, type Terminal } from './terminal.ts'
import { UsageError } from '../inputs/usage-error.ts'

/**
 * `holdfast review`: answers one AdmissionReview as the two webhooks together would, with a patch or a denial.
 * Throws a UsageError on input that is none.
 */
export async function review(
  file: string,
  policies: PolicySet,
  inventory: Surroundings['inventory'],
  terminal: Terminal,
): Promise<number> {
  const text = file === '-' ? await terminal.readInput() : readFile(file)
  const request = decodeReview(parseJson(text, file === '-' ? '<stdin>' : file))
  const { response } = decide(policies, request, { inventory, now: terminal.now() })
  terminal.out(`${JSON.stringify(toReview(request.uid, response), null, 2)}\n`)
  return exitCodes.clean
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`${file} cannot be read: name a file with an AdmissionReview, or - for standard input`)
  }
}
