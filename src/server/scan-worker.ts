import { parentPort } from 'node:worker_threads'
import type { ScanJob } from '../checks/secrets/deferred.ts'
import { scanEntries } from '../checks/secrets/scan.ts'

// A thread of its own: searches values for credentials, one job after the other. Started by ScanThread.
parentPort?.on('message', ({ entries, fingerprintKey }: ScanJob) => {
  parentPort?.postMessage(scanEntries(entries, fingerprintKey), [])
})
