import { kinds, type Report } from './kind.ts'
import * as words from './name-words.ts'
import { wordsOf } from './names.ts'
import { isPlaceholder } from './placeholders.ts'
import { ambiguousServiceNames, serviceNames } from './service-names.ts'
import { looksDrawn, looksGrouped, looksJumbled, valueExpressions } from './values.ts'

/** Keys of services that have no form of their own, in any text: prose, code, assignments. */
export const serviceKeyExpressions = {
  /** What a key may consist of. */
  candidate: /[\w\-+/.~]{16,200}={0,2}/g,
  /** A name that is written together with its key: `acme-6f1b22c7…`. */
  prefix: /^[A-Za-z][A-Za-z_]{2,30}[-_.]/,
  /** What stands between a name and its key: blanks, quotes, signs. Not a slash, an at sign or a dot. */
  gap: /[\s"'`:=>,(_|\\-]{1,8}$/,
  sign: /[:=]\s{0,4}["'`]?$/,
  /** What tokens begin with that say of themselves that they are secret: `sk_`, `pat_live_`. */
  secretPrefix: /^(?:sk|rk|pat|tok|secret|token|apikey|api_key)(?:_[a-z]{2,8})?_$/,
  /** The words before the gap. */
  words: /[\w \t"'.-]{1,60}$/,
  /** A name that is a part of a path or an address. */
  path: /[/@]$/,
  /** IDs of public keys (OpenPGP): `--recv-keys 9DC858229FC7DD38854AE2D88D81803C0EBFCD88`. */
  publicKeyId: /^(?:0x)?[A-F0-9]{8,40}$/,
} as const

/** What may stand right before a value that is named. */
const gapSigns = ' \t"\'`:=>,(_|\\-\n\r'

/** Characters before a value that may name it. */
const contextLength = 72

/** What a name says of the value behind it. */
type Evidence = 'service' | 'keyword' | 'service-keyword'

/**
 * Finds random values right behind the name of a service, or behind a word before `key`, `secret` or `token`: most
 * vendors' keys have no prefix and are known by nothing else.
 */
export function findServiceKeys(text: string, report: Report): void {
  for (const match of text.matchAll(serviceKeyExpressions.candidate)) {
    const whole = match[0]
    // Most words of a text are refused by the sign in front of them: a part of a path, of an address, of a list.
    const isNamed = gapSigns.includes(text.charAt(match.index - 1)) && match.index > 0
    const prefix = serviceKeyExpressions.prefix.exec(whole)?.[0] ?? ''
    if (!isNamed && prefix === '') continue
    const before = lineBefore(text, match.index)
    const isFound =
      (isNamed && isKey(whole, before)) || (prefix !== '' && isPrefixed(whole.slice(prefix.length), prefix, before))
    if (isFound) report({ kind: kinds.serviceKey, offset: match.index, value: whole })
  }
}

function isPrefixed(value: string, prefix: string, before: string): boolean {
  if (serviceKeyExpressions.secretPrefix.test(prefix) && looksDrawn(value, 24)) return !isPlaceholder(value)
  return isKey(value, `${before}${prefix}`)
}

function isKey(value: string, before: string): boolean {
  const isRandom = looksDrawn(value, 16)
  if (!isRandom && !looksGrouped(value) && !looksJumbled(value)) return false
  const evidence = evidenceOf(before)
  if (evidence === undefined || isPlaceholder(value) || serviceKeyExpressions.publicKeyId.test(value)) return false
  if (isRandom) return value.length >= (evidence === 'keyword' ? 20 : 16)
  return evidence === 'service-keyword' || (evidence === 'service' && isAssigned(value, before))
}

/** `acme=EDAB-7988-…`: the name is all there is. A UUID may as well be the ID of something. */
function isAssigned(value: string, before: string): boolean {
  return serviceKeyExpressions.sign.test(before) && !valueExpressions.uuid.test(value)
}

function lineBefore(text: string, offset: number): string {
  const before = text.slice(Math.max(0, offset - contextLength), offset)
  return before.slice(before.lastIndexOf('\n') + 1)
}

function evidenceOf(before: string): Evidence | undefined {
  const { gap, words: wordsBefore, path } = serviceKeyExpressions
  const end = before.search(gap)
  if (end < 0) return undefined
  const match = wordsBefore.exec(before.slice(0, end))
  const named = wordsOf(match?.[0] ?? '')
  let last = named.length - 1
  let nouns = 0
  while (last >= 0 && isNounOrAttribute(named[last] ?? '')) {
    if (isNoun(named[last] ?? '')) nouns += 1
    last -= 1
  }
  const owner = named.slice(0, last + 1)
  if (path.test(before.slice(0, match?.index ?? 0))) return undefined
  if (nouns === 0) return endsInName(owner, serviceNames) ? 'service' : undefined
  if (endsInName(owner, serviceNames) || endsInName(owner, ambiguousServiceNames)) return 'service-keyword'
  return isKeyword(named, last) ? 'keyword' : undefined
}

function isNounOrAttribute(word: string): boolean {
  return word.length === 1 || words.keyAttributes.has(word) || isNoun(word)
}

function isNoun(word: string): boolean {
  return words.keyNouns.some((noun) => word.endsWith(noun))
}

/** `stormboard secret`, `api key`: `key` alone says too little. */
function isKeyword(named: readonly string[], last: number): boolean {
  const before = named[last] ?? ''
  if (words.keyDisqualifiers.has(before) || words.tokenDisqualifiers.has(before)) return false
  return last >= 0 || named.length > 1 || named[0] !== 'key'
}

/** Whether words end in the name of a service, of up to four words run together. */
function endsInName(named: readonly string[], names: ReadonlySet<string>): boolean {
  return [1, 2, 3, 4].some((count) => count <= named.length && names.has(named.slice(-count).join('')))
}
