import { entropy } from './entropy.ts'
import { tokenFormats } from './formats/all.ts'
import type { TokenFormat } from './formats/format.ts'
import type { Report } from './kind.ts'
import { isWordCode, matchAt, occurrences } from './text.ts'

/** What documentation puts where a token would be. Lower case; a token that holds one is a sample. */
export const sampleMarks: readonly string[] = ['example', 'xxxx', '0000000000', '1234567890', 'abcdefghij']

/** Below this many bits a character a token of 12 or more characters is a pattern (`AAAA…`), not a credential. */
const minimumEntropy = 2.6

/** Finds tokens of known formats: the public prefixes by plain search, then one bounded expression at each. */
export function findKnownFormats(text: string, report: Report): void {
  for (const format of tokenFormats) {
    for (const prefix of format.prefixes) findFormat(text, format, prefix, report)
  }
}

function findFormat(text: string, format: TokenFormat, prefix: string, report: Report): void {
  for (const offset of occurrences(text, prefix)) {
    if (format.inside !== true && offset > 0 && isWordCode(text.charCodeAt(offset - 1))) continue
    const body = matchAt(format.body, text, offset + prefix.length)?.[0]
    if (body === undefined) continue
    if (body.length >= 12 && entropy(body) < minimumEntropy) continue
    const lower = body.toLowerCase()
    const isSample = sampleMarks.some((mark) => lower.includes(mark))
    // AWS's own documentation keys are the ones people paste with the real key pair's other half, so they count.
    if (!isSample) report({ kind: format.kind, offset })
    else if (format.kind.id === 'aws-access-key') report({ kind: { ...format.kind, sample: true }, offset })
  }
}
