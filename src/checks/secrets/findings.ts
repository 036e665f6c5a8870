import { asArray, asString, at, type JsonObject } from '../../kubernetes/json.ts'
import { parsePointer, type Pointer, resolve } from '../../kubernetes/pointer.ts'
import type { CheckFinding } from '../check.ts'
import type { SecretMatch } from './collector.ts'
import { withoutEchoes } from './echoes.ts'
import { fingerprintPattern } from './fingerprint.ts'
import { type Confidence, confidenceRank, kinds } from './kind.ts'
import type { SecretEntry } from './scan.ts'
import type { BoundScanner } from './scanner.ts'

const allowKeys: JsonObject = { type: 'array', items: { type: 'string' }, default: [] }
const allowFingerprints: JsonObject = {
  type: 'array',
  items: { type: 'string', pattern: fingerprintPattern },
  default: [],
}

/** The parameters of every check that looks for credentials. */
export const credentialParameters: JsonObject = {
  type: 'object',
  properties: {
    allowKeys,
    allowFingerprints,
    minimumConfidence: { enum: ['high', 'medium', 'low'], default: 'medium' },
  },
  additionalProperties: false,
}

/** The parameters of the check that looks for words that work as passwords until they are replaced. */
export const weakPasswordParameters: JsonObject = {
  type: 'object',
  properties: { allowKeys, allowFingerprints },
  additionalProperties: false,
}

/** What is searched, where it is from, and what to do about a credential in it. */
export interface CredentialSearch {
  readonly parameters: JsonObject
  /** The judged object, which the entries' paths lead into. */
  readonly object: JsonObject
  readonly entries: readonly SecretEntry[]
  /** The Secret that could take what does not belong here. */
  readonly secretName: string
  /** What to do, an imperative sentence. Told of a match without any of its value. */
  readonly remedy: (match: SecretMatch) => string
  /** The name a value has outside of it, where its path does not say it: that of an environment variable. */
  readonly nameAt?: (path: Pointer) => string | undefined
}

/**
 * Searches entries for credentials and reports each, without showing any of it; several of a kind in one value as one.
 * What is less sure than the parameter `minimumConfidence` says is advice. Words such as changeme are not among them:
 * whether one may stay is another question.
 */
export function credentialFindings(search: CredentialSearch, scan: BoundScanner): readonly CheckFinding[] {
  const minimum = confidenceRank[confidenceOf(asString(search.parameters['minimumConfidence']))]
  const isAdvice: Test = (match) =>
    // What was not searched may hold anything, however sure a finding has to be.
    !isIncomplete(match) && confidenceRank[match.confidence] < minimum
  return findingsOf(search, scan, (match) => !isWeak(match), isAdvice)
}

/** Searches entries for words that work as passwords until they are replaced; as {@link credentialFindings} otherwise. */
export function weakPasswordFindings(search: CredentialSearch, scan: BoundScanner): readonly CheckFinding[] {
  const remedy = (): string => `choose another one, and keep that in a Secret, for example ${search.secretName}`
  return findingsOf({ ...search, remedy }, scan, isWeak, () => false)
}

type Test = (match: SecretMatch) => boolean

const isIncomplete: Test = ({ kind }) => kind === kinds.incomplete.id
const isWeak: Test = ({ kind }) => kind === kinds.weakPassword.id

function findingsOf(
  search: CredentialSearch,
  scan: BoundScanner,
  isWanted: Test,
  isAdvice: Test,
): readonly CheckFinding[] {
  const { parameters, entries } = search
  if (entries.length === 0) return []
  const allowed = new Set(asArray(parameters['allowFingerprints']))
  const isKnown: Test = ({ fingerprint }) => fingerprint !== undefined && allowed.has(fingerprint)
  const matches = withoutEchoes(scan(entries).filter((match) => isWanted(match) && !isKnown(match)))
  return [...grouped(matches, isAdvice)].map((group) => {
    const finding = Object.assign(wordsOf(group, search), detailsOf(group))
    if (isAdvice(group[0])) return Object.assign(finding, { advice: true } as const)
    // A Secret is for what may stay in use: neither for what was not searched, nor for what has to be replaced.
    const isToBeMoved = !isIncomplete(group[0]) && !isWeak(group[0])
    return isToBeMoved ? Object.assign(finding, { secretName: search.secretName }) : finding
  })
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

type Group = readonly [SecretMatch, ...SecretMatch[]]

/** The matches of each data key and kind, the first of them in front; what only warns by itself. */
function grouped(matches: readonly SecretMatch[], isAdvice: Test): Iterable<Group> {
  const groups = new Map<string, [SecretMatch, ...SecretMatch[]]>()
  for (const match of matches) {
    const identity = `${match.path} ${match.kind} ${isAdvice(match)}`
    const group = groups.get(identity)
    if (group === undefined) groups.set(identity, [match])
    else group.push(match)
  }
  return groups.values()
}

function wordsOf([match, ...others]: Group, search: CredentialSearch): CheckFinding {
  if (isIncomplete(match)) {
    return {
      path: match.path,
      problem: '{{field}} holds more content than can be searched for credentials',
      actual: match.title,
      expected: 'content that can be searched',
      remedy: 'store the content unencoded and in smaller parts, or move it to a volume or an image',
    }
  }
  const more = others.length === 0 ? '' : `, and ${others.length} more`
  return {
    path: match.path,
    problem: `{{field}} holds ${match.title}${place(match, search)}${more}`,
    actual: `${match.title}, not shown`,
    expected: 'no credential',
    remedy: search.remedy(match),
  }
}

const shownFingerprints = 10

/** What an operator needs of a group to judge it, or to except it: kind, confidence and fingerprints. */
function detailsOf(group: Group): Pick<CheckFinding, 'why' | 'fingerprints'> {
  const [{ kind, confidence }] = group
  const known = group.flatMap(({ fingerprint }) => fingerprint ?? [])
  const fingerprints = [...new Set(known)].sort()
  // Of what was not searched, and of a word that works as a password, there is nothing to be more or less sure of.
  const isSure = isIncomplete(group[0]) || isWeak(group[0])
  const why = isSure ? kind : `${kind}, ${confidence} confidence`
  // A group of which one has none is covered by no list of them.
  if (fingerprints.length === 0 || known.length < group.length) return { why }
  const shown = fingerprints.slice(0, shownFingerprints).join(', ')
  const rest = fingerprints.length > shownFingerprints ? ` and ${fingerprints.length - shownFingerprints} more` : ''
  return { why: `${why}, fingerprint ${shown}${rest}`, fingerprints }
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
  return innerKey ?? JSON.stringify(parsePointer(path).at(-1))
}
