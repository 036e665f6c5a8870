const millisecondsOf: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

/**
 * Reads a duration as Go writes it (time.Duration: `10s`, `500ms`, `1m30s`), in milliseconds.
 * Undefined where the text is none; a sign is not accepted, since a time-out has none.
 */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0
  const part = /(\d+(?:\.\d+)?)(ns|us|µs|μs|ms|s|m|h)/y
  let milliseconds = 0
  while (part.lastIndex < text.length) {
    const [, amount, unit] = part.exec(text) ?? []
    if (amount === undefined || unit === undefined) return undefined
    milliseconds += Number(amount) * (millisecondsOf[unit] ?? Number.NaN)
  }
  return text === '' ? undefined : milliseconds
}
