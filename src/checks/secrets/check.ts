import { globMatches } from '../../kubernetes/glob.ts'
import { asArray, asObject, asString, at, type JsonObject } from '../../kubernetes/json.ts'
import { formatPointer, resolve } from '../../kubernetes/pointer.ts'
import type { Check, CheckFinding } from '../check.ts'
import type { SecretMatch } from './collector.ts'
import type { Confidence } from './kind.ts'
import { kinds } from './kind.ts'
import { scanEntries, type SecretEntry } from './scan.ts'

const ranks: Readonly<Record<Confidence, number>> = { low: 1, medium: 2, high: 3 }

/** Finds credentials in the data and binaryData of a ConfigMap. */
export const configMapSecrets: Check = {
  name: 'secrets',
  description: 'Reports each credential that a ConfigMap holds, without showing any of it.',
  parameters: {
    type: 'object',
    properties: {
      allowKeys: { type: 'array', items: { type: 'string' }, default: [] },
      minimumConfidence: { enum: ['high', 'medium', 'low'], default: 'medium' },
    },
    additionalProperties: false,
  },
  evaluate(parameters, object) {
    const minimum = ranks[confidenceOf(asString(parameters['minimumConfidence']))]
    const matches = scanEntries(entriesOf(parameters, object)).filter((match) => ranks[match.confidence] >= minimum)
    return [...grouped(withoutEchoes(matches))].map((group) => toFinding(group, object))
  },
}

function confidenceOf(parameter: string | undefined): Confidence {
  return parameter === 'high' || parameter === 'low' ? parameter : 'medium'
}

/** Whether a match is in a value of one line, of which it says nothing to name the line. */
function isOneLine(object: JsonObject, { line, path }: SecretMatch): boolean {
  return line === 1 && asString(resolve(object, path))?.trimEnd().includes('\n') === false
}

function* entriesOf(parameters: JsonObject, object: JsonObject): Generator<SecretEntry> {
  const allowed = asArray(parameters['allowKeys']).filter((pattern) => typeof pattern === 'string')
  for (const field of ['data', 'binaryData']) {
    // The API server hands keys over in this order, whatever order the manifest has them in.
    const entries = Object.entries(asObject(object[field])).sort(([left], [right]) => (left < right ? -1 : 1))
    for (const [key, value] of entries) {
      if (typeof value !== 'string' || allowed.some((pattern) => globMatches(pattern, key))) continue
      yield { path: formatPointer(field, key), key, value, encoding: field === 'data' ? 'text' : 'base64' }
    }
  }
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

function toFinding([match, ...others]: readonly [SecretMatch, ...SecretMatch[]], object: JsonObject): CheckFinding {
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
  const secretName = `${asString(at(object, 'metadata', 'name')) ?? 'app'}-secret`
  return {
    path: match.path,
    problem: `{{field}} holds ${match.title}${place(match, object)}${more}`,
    actual: `${match.title}, not shown`,
    expected: 'no credential',
    remedy: `move it to a Secret, for example key ${keyIn(match)} of ${secretName}, and refer to it with secretKeyRef or a Secret volume`,
  }
}

/** ` (line 3, under DB_PASSWORD, base64-encoded)`: what is known of the place. */
function place(match: SecretMatch, object: JsonObject): string {
  const { innerKey, wrapped } = match
  const line = isOneLine(object, match) ? undefined : match.line
  const layers = wrapped === 0 ? '' : wrapped === 1 ? 'base64-encoded' : `base64-encoded ${wrapped} times`
  const parts = [line === undefined ? '' : `line ${line}`, innerKey === undefined ? '' : `under ${innerKey}`, layers]
  const known = parts.filter((part) => part !== '')
  return known.length === 0 ? '' : ` (${known.join(', ')})`
}

/** The name inside the value where there is one, else the data key: the last step of the path. */
function keyIn({ innerKey, path }: SecretMatch): string {
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
