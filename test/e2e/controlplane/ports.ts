import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { PortTakenError } from './daemon.ts'

const ATTEMPTS = 5

/**
 * Starts something on ports of 127.0.0.1 that were free a moment ago. Between the look and the start another process can
 * take one; then it tries again with others.
 */
export async function onFreePorts<T>(
  count: number,
  start: (...ports: readonly [number, ...number[]]) => Promise<T>,
): Promise<T> {
  return retryWhileTaken(async () => {
    const ports: number[] = []
    while (ports.length < count) {
      const port = await freePort()
      if (!ports.includes(port)) ports.push(port)
    }
    const [first = 0, ...others] = ports
    return start(first, ...others)
  })
}

/** Starts something again on the port it had: a connection of somebody else may hold that port for a moment. */
export async function retryWhileTaken<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start()
    } catch (error) {
      if (!(error instanceof PortTakenError) || attempt === ATTEMPTS) throw error
      await sleep(250)
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('the operating system gave no port')
  return address.port
}
