import { asString, at, type JsonObject } from '../../kubernetes/json.ts'
import { type Pointer, resolve } from '../../kubernetes/pointer.ts'
import type { CheckFinding } from '../check.ts'
import type { SecretMatch } from './collector.ts'
import { type Confidence, kinds } from './kind.ts'
import { scanEntries, type SecretEntry } from './scan.ts'

const ranks: Readonly<Record<Confidence, number>> = { low: 1, medium: 2, high: 3 }

/** The parameter of every check that looks for credentials: how sure a finding has to be to count. */
export const minimumConfidence: JsonObject = { enum: ['high', 'medium', 'low'], default: 'medium' }

/** Where entries are from, and what to do about a credential in one. */
export interface CredentialSearch {
  readonly parameters: JsonObject
  /** The judged object, which the entries' paths lead into. */
  readonly object: JsonObject
  /** What to do, an imperative sentence. Told of a match without any of its value. */
  readonly remedy: (match: SecretMatch) => string
  /** The name a value has outside of it, where its path does not say it: that of an environment variable. */
  readonly nameAt?: (path: Pointer) => string | undefined
}

/** Searches entries for credentials and reports each, without showing any of it; several of a kind in one value as one. */
export function credentialFindings(entries: Iterable<SecretEntry>, search: CredentialSearch): readonly CheckFinding[] {
  const { parameters } = search
  const minimum = ranks[confidenceOf(asString(parameters['minimumConfidence']))]
  const matches = scanEntries(entries).filter((match) => ranks[match.confidence] >= minimum)
  return [...grouped(withoutEchoes(matches))].map((group) => toFinding(group, search))
}

function confidenceOf(parameter: string | undefined): Confidence {
  return parameter === 'high' || parameter === 'low' ? parameter : 'medium'
}

/** Whether a match is in a value of one line, of which it says nothing to name the line. */
function isOneLine(object: JsonObject, { line, path }: SecretMatch): boolean {
  return line === 1 && asString(resolve(object, path))?.trimEnd().includes('\n') === false
}

/** The name of a Secret that could take what does not belong into an object. */
export function secretNameFor(object: JsonObject): string {
  return `${asString(at(object, 'metadata', 'name')) ?? 'app'}-secret`
}

const generic: ReadonlySet<string> = new Set(
  [kinds.passwordLiteral, kinds.secretLiteral, kinds.randomKey, kinds.nearKeyword].map(({ id }) => id),
)

/** Leaves out what says of a known token again that it is a literal under some name. */
function withoutEchoes(matches: readonly SecretMatch[]): readonly SecretMatch[] {
  const known = matches.filter(({ kind }) => !generic.has(kind))
  const places = new Set(known.flatMap((match) => [placeOf(match), wholeOf(match)]))
  return matches.filter((match) => {
    // What the whole value is has neither a line nor a name in it.
    const isWhole = match.line === undefined && match.innerKey === undefined
    return !generic.has(match.kind) || !places.has(isWhole ? wholeOf(match) : placeOf(match))
  })
}

function placeOf({ path, wrapped, line, innerKey }: SecretMatch): string {
  return `${path} ${wrapped} ${line ?? ''} ${innerKey ?? ''}`
}

function wholeOf({ path, wrapped }: SecretMatch): string {
  return `${path} ${wrapped}`
}

/** The matches of each data key and kind, the first of them in front. */
function grouped(matches: readonly SecretMatch[]): Iterable<readonly [SecretMatch, ...SecretMatch[]]> {
  const groups = new Map<string, [SecretMatch, ...SecretMatch[]]>()
  for (const match of matches) {
    const identity = `${match.path} ${match.kind}`
    const group = groups.get(identity)
    if (group === undefined) groups.set(identity, [match])
    else group.push(match)
  }
  return groups.values()
}

function toFinding(
  [match, ...others]: readonly [SecretMatch, ...SecretMatch[]],
  search: CredentialSearch,
): CheckFinding {
  const more = others.length === 0 ? '' : `, and ${others.length} more`
  if (match.kind === kinds.incomplete.id) {
    return {
      path: match.path,
      problem: '{{field}} holds more encoded content than can be searched for credentials',
      actual: match.title,
      expected: 'content that can be searched',
      remedy: 'store the content unencoded, or move it to a volume or an image',
    }
  }
  return {
    path: match.path,
    problem: `{{field}} holds ${match.title}${place(match, search)}${more}`,
    actual: `${match.title}, not shown`,
    expected: 'no credential',
    remedy: search.remedy(match),
  }
}

/** ` (line 3, under DB_PASSWORD, base64-encoded)`: what is known of the place. */
function place(match: SecretMatch, { object, nameAt }: CredentialSearch): string {
  const { innerKey = nameAt?.(match.path), wrapped } = match
  const line = isOneLine(object, match) ? undefined : match.line
  const layers = wrapped === 0 ? '' : wrapped === 1 ? 'base64-encoded' : `base64-encoded ${wrapped} times`
  const parts = [line === undefined ? '' : `line ${line}`, innerKey === undefined ? '' : `under ${innerKey}`, layers]
  const known = parts.filter((part) => part !== '')
  return known.length === 0 ? '' : ` (${known.join(', ')})`
}

/** The name inside the value where there is one, else the data key: the last step of the path. */
export function keyIn({ innerKey, path }: SecretMatch): string {
  return (
    innerKey ??
    JSON.stringify(
      path
        .slice(path.lastIndexOf('/') + 1)
        .replaceAll('~1', '/')
        .replaceAll('~0', '~'),
    )
  )
}
