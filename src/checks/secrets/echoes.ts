import type { SecretMatch } from './collector.ts'
import { confidenceRank, kinds } from './kind.ts'

const generic: ReadonlySet<string> = new Set(
  [kinds.passwordLiteral, kinds.secretLiteral, kinds.serviceKey, kinds.randomKey, kinds.nearKeyword].map(
    ({ id }) => id,
  ),
)

/**
 * Leaves out what says of a known token again that it is a literal under some name, and what merely looks random where
 * something else was found on the line. A less certain match hides nothing that is more certain.
 */
export function withoutEchoes(matches: readonly SecretMatch[]): readonly SecretMatch[] {
  const surest = new Map<string, number>()
  const saidLines = new Set<string>()
  for (const match of matches) {
    if (match.confidence !== 'low') saidLines.add(lineOf(match))
    if (generic.has(match.kind)) continue
    for (const place of [placeOf(match), wholeOf(match)]) {
      surest.set(place, Math.max(surest.get(place) ?? 0, confidenceRank[match.confidence]))
    }
  }
  return matches.filter((match) => {
    if (!generic.has(match.kind)) return true
    if (match.confidence === 'low') {
      if (saidLines.has(lineOf(match))) return false
      saidLines.add(lineOf(match))
    }
    // What the whole value is has neither a line nor a name in it.
    const isWhole = match.line === undefined && match.innerKey === undefined
    return (surest.get(isWhole ? wholeOf(match) : placeOf(match)) ?? 0) < confidenceRank[match.confidence]
  })
}

function lineOf({ path, wrapped, line }: SecretMatch): string {
  return `${path} ${wrapped} ${line ?? ''}`
}

function placeOf({ path, wrapped, line, innerKey }: SecretMatch): string {
  return `${path} ${wrapped} ${line ?? ''} ${innerKey ?? ''}`
}

function wholeOf({ path, wrapped }: SecretMatch): string {
  return `${path} ${wrapped}`
}
