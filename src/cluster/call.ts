import type { Clock } from './clock.ts'

/** One request that may be given up: by whoever holds it, or because its time is over. */
export interface Call {
  readonly signal: AbortSignal
  /** Sets the time it has from now on, in place of what was left; the message says what did not happen in time. */
  within(milliseconds: number, message: string): void
  /** Gives it up; the reason becomes the signal's. Only the first one counts. */
  abort(reason: Error): void
  /** Calls the timer off. To be called whatever became of the request. */
  end(): void
}

/** Begins a call without a time limit. */
export function beginCall(clock: Clock): Call {
  const controller = new AbortController()
  let callOff = (): void => undefined
  return {
    signal: controller.signal,
    within(milliseconds, message) {
      callOff()
      callOff = clock.after(milliseconds, () => controller.abort(new Error(message)))
    },
    abort: (reason) => controller.abort(reason),
    end: () => callOff(),
  }
}
