/** What is watched, and how. */
export interface ContentWatch<T> {
  /** Reads it. What it rejects with is a problem. */
  readonly read: () => Promise<T>
  readonly same: (one: T, other: T) => boolean
  readonly intervalMs: number
  /** What is in use, which is no change. Without it, what is read first is one. */
  readonly current?: T | undefined
  readonly onChange: (content: T) => void
  /** Called once for each problem, not again while it lasts. */
  readonly onError: (error: unknown) => void
}

/** A watch that goes on until it is stopped. */
export interface Watch {
  stop(): void
}

/**
 * Watches something by reading it again and comparing the content. Neither file events nor modification times will do:
 * the kubelet swaps a symlink two levels above the files, and does not touch them.
 */
export function watchContent<T>({ read, same, intervalMs, onChange, onError, ...options }: ContentWatch<T>): Watch {
  let { current } = options
  let problem: string | undefined
  let stopped = false

  const poll = async (): Promise<void> => {
    try {
      const content = await read()
      problem = undefined
      if (stopped || (current !== undefined && same(content, current))) return
      onChange(content)
      current = content
    } catch (error) {
      const text = String(error)
      if (!stopped && text !== problem) onError(error)
      problem = text
    }
  }
  const next = (): NodeJS.Timeout => setTimeout(() => void poll().finally(again), intervalMs).unref()
  const again = (): void => {
    if (!stopped) timer = next()
  }
  let timer = next()
  return {
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
