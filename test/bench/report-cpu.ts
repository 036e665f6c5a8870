import { type Listening, onOrder, tell } from './messages.ts'

/** Tells the parent that a server listens, and then, whenever it is asked, what CPU time it has used (µs). */
export function reportCpu(listening: Listening): void {
  onOrder(() => {
    const { user, system } = process.cpuUsage()
    tell({ cpu: user + system })
  })
  tell(listening)
}
