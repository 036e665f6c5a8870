import { setTimeout as sleep } from 'node:timers/promises'

/** How long to wait (milliseconds), for what (words that finish "gave up waiting for …"), and how often to look. */
export interface WaitOptions {
  readonly timeoutMs: number
  readonly what: string
  readonly intervalMs?: number
}

/**
 * Asks again and again until the condition answers something other than false or undefined, and returns that answer.
 * A condition that throws counts as "not yet", so a test can simply read an object that is still to come.
 *
 * @throws Error after `timeoutMs`, naming `what`; its cause is the last error that the condition threw, if any.
 */
export async function waitFor<T>(
  condition: () => T | false | undefined | Promise<T | false | undefined>,
  { timeoutMs, what, intervalMs = 100 }: WaitOptions,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  let lastError: unknown
  for (;;) {
    try {
      const answer: T | false | undefined = await condition()
      if (answer !== false && answer !== undefined) return answer
      lastError = undefined
    } catch (error) {
      lastError = error
    }
    if (performance.now() >= deadline) break
    await sleep(intervalMs)
  }
  const reason = lastError instanceof Error ? `: ${lastError.message}` : ''
  throw new Error(`gave up waiting for ${what} after ${timeoutMs} ms${reason}`, { cause: lastError })
}
