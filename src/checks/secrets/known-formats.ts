import { entropy } from './entropy.ts'
import { tokenFormats } from './formats/all.ts'
import type { TokenFormat } from './formats/format.ts'
import type { Report } from './kind.ts'
import { isWordCode, matchAt } from './text.ts'

/** What documentation puts where a token would be. Lower case; a token that holds one is a sample. */
export const sampleMarks: readonly string[] = ['example', 'xxxx', '0000000000', '1234567890', 'abcdefghij']

/** Below this many bits a character a token of 12 or more characters is a pattern (`AAAA…`), not a credential. */
const minimumEntropy = 2.6

const longestLead = 80

interface Candidate {
  readonly prefix: string
  readonly format: TokenFormat
  /** The prefix has to begin a word. */
  readonly beginsWord: boolean
}

/** Every prefix by its first two characters, so that one pass over a text looks for all of them. */
const byBeginning: ReadonlyMap<number, readonly Candidate[]> = Map.groupBy(
  tokenFormats.flatMap((format) => format.prefixes.map((prefix) => candidate(prefix, format))),
  ({ prefix }) => pairAt(prefix, 0),
)

/** Which beginnings occur at all: a table is quicker to ask than a map, once for every character of a text. */
const isBeginning = Uint8Array.from({ length: 1 << 14 }, (_item, pair) => (byBeginning.has(pair) ? 1 : 0))

function candidate(prefix: string, format: TokenFormat): Candidate {
  return { prefix, format, beginsWord: format.inside !== true && format.lead === undefined }
}

/** Two ASCII characters as one number; -1 for others. */
function pairAt(text: string, offset: number): number {
  const first = text.charCodeAt(offset)
  const second = text.charCodeAt(offset + 1)
  return first < 128 && second < 128 ? (first << 7) | second : -1
}

/** Finds tokens of known formats: by their public prefixes, then one bounded expression at each. */
export function findKnownFormats(text: string, report: Report): void {
  for (let at = 0; at < text.length - 1; at += 1) {
    const pair = pairAt(text, at)
    if (isBeginning[pair] !== 1) continue
    const isInWord = at > 0 && isWordCode(text.charCodeAt(at - 1))
    for (const { prefix, format, beginsWord } of byBeginning.get(pair) ?? []) {
      if ((!beginsWord || !isInWord) && text.startsWith(prefix, at)) judgeToken(text, { prefix, format, at }, report)
    }
  }
}

interface Found {
  readonly prefix: string
  readonly format: TokenFormat
  readonly at: number
}

function judgeToken(text: string, { prefix, format, at }: Found, report: Report): void {
  const body = matchAt(format.body, text, at + prefix.length)?.[0]
  const lead = body === undefined ? undefined : leadOf(text, format, at)
  if (body === undefined || lead === undefined) return
  const random = lead + body
  if (random.length >= 12 && entropy(random) < minimumEntropy) return
  const lower = random.toLowerCase()
  const isSample = sampleMarks.some((mark) => lower.includes(mark))
  const value = lead + prefix + body
  // AWS's own documentation keys are the ones people paste with the real key pair's other half, so they count.
  if (!isSample) report({ kind: format.kind, offset: at, value })
  else if (format.kind.id === 'aws-access-key') report({ kind: { ...format.kind, sample: true }, offset: at, value })
}

/** What of a token stands before its prefix; undefined where it should and does not. */
function leadOf(text: string, format: TokenFormat, offset: number): string | undefined {
  if (format.lead === undefined) return ''
  return format.lead.exec(text.slice(Math.max(0, offset - longestLead), offset))?.[0]
}
