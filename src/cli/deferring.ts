import { DeferredScans } from '../checks/secrets/deferred.ts'
import type { SecretScanner } from '../checks/secrets/scanner.ts'
import type { Decision } from '../engine/decide.ts'
import type { ScanThread } from '../server/scan-thread.ts'

// For what follows the last scan: another evaluation, the answer, and its way back to the API server.
const marginMs = 500

/**
 * Judges a review. Where it holds more than is searched for credentials at once, another thread searches it while others
 * are served, and the review is judged again with what was found; what is not found in time counts as not searched.
 *
 * @param left milliseconds until the answer has to be there.
 */
export function judgeDeferring(
  judge: (scanSecrets: SecretScanner) => Decision,
  thread: Pick<ScanThread, 'scan'>,
  left: () => number,
): Decision | Promise<Decision> {
  const scans = new DeferredScans()
  const decision = judge(scans.scan)
  return scans.pending().length === 0 ? decision : judgeAgain(judge, thread, left, scans)
}

async function judgeAgain(
  judge: (scanSecrets: SecretScanner) => Decision,
  thread: Pick<ScanThread, 'scan'>,
  left: () => number,
  scans: DeferredScans,
): Promise<Decision> {
  let decision: Decision
  do {
    const jobs = scans.pending()
    const found = await Promise.all(jobs.map((job) => thread.scan(job, left() - marginMs)))
    for (const [index, job] of jobs.entries()) scans.settle(job, found[index])
    decision = judge(scans.scan)
  } while (scans.pending().length > 0)
  return decision
}
