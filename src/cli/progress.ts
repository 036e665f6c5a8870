import type { Terminal } from './terminal.ts'

/** Tells somebody who waits that something is happening. */
export interface Progress {
  /** Shows where things are, if it is time to. */
  show(text: () => string): void
  /** Takes away what was shown. */
  end(): void
}

const delayMs = 1000
const intervalMs = 100

/** Shows progress on a terminal, from the second second on; elsewhere nothing. */
export function createProgress({ showProgress }: Pick<Terminal, 'showProgress'>): Progress {
  if (showProgress === undefined) return { show: () => undefined, end: () => undefined }
  let next = performance.now() + delayMs
  let isShown = false
  return {
    show(text) {
      const now = performance.now()
      if (now < next) return
      next = now + intervalMs
      isShown = true
      showProgress(text())
    },
    end() {
      if (isShown) showProgress('')
      isShown = false
    },
  }
}
