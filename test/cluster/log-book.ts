import type { Logger } from '../../src/telemetry/logger.ts'

/** A logger that keeps its lines: `warn: cannot follow a kind (StorageClass)`. */
export interface LogBook extends Logger {
  readonly lines: readonly string[]
}

/** Makes an empty log book. Debug lines are not kept. */
export function logBook(): LogBook {
  const lines: string[] = []
  const write =
    (level: string) =>
    (fields: object, message: string): void =>
      void lines.push(`${level}: ${message} (${'kind' in fields ? String(fields.kind) : ''})`)
  return {
    lines,
    isDebug: false,
    debug: () => undefined,
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  }
}
