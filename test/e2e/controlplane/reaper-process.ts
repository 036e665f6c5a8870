// The process behind reaper.ts: `node reaper-process.ts FOLDER`, with the ids to watch on standard input.
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

const folder = process.argv[2]
const watched = new Set<number>()
for await (const line of createInterface({ input: process.stdin })) {
  const [verb, pid] = line.split(' ')
  if (verb === 'watch') watched.add(Number(pid))
  else watched.delete(Number(pid))
}

for (const pid of watched) kill(pid)
// Retried, because a dying process may still write. Its end cannot be awaited: where nobody collects orphans, as in many
// a container, a killed process keeps its id for good.
if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
