import { limits } from './limits.ts'
import * as words from './name-words.ts'
import { ambiguousServiceNames, serviceNames } from './service-names.ts'
import { trimEndOf } from './text.ts'

/**
 * What a name says about its value: `password` – any literal is a password; `secret` – a credential where it looks
 * like one; `weak` – a credential only where it looks random, and `hinted` – also where it is short.
 */
export type NameClass = 'password' | 'secret' | 'weak' | 'hinted'

/** The expressions that take names apart. Names are cut to 128 characters before. */
export const nameExpressions = {
  /** camelCase, PascalCase, SNAKE_CASE, kebab-case and dotted words, digits with the word before them. */
  word: /[A-Z]{1,128}(?![a-z])\d{0,9}|[A-Z]?[a-z]{1,128}\d{0,9}|\d{1,9}/g,
  /** Without one of these no name has a class: nearly all names are refused here. */
  hint: /pass|pwd|pw|contrasena|senha|secret|token|key|cred|auth|bearer|psk|dsn|jwt|pat|salt|signature|licen[cs]e|serial|sid|cookie|psw|pswd|kennwort|heslo|haslo|parola|mdp|clave|wachtwoord|sifre|authtok/i,
  separator: /[^A-Za-z0-9]/,
  digest: /(?:checksum|digest|hash|sha\d{0,3}|sum)\/[^/]{1,80}$/i,
  /** A word of a name, as against a part of a random value. */
  plainWord: /^(?:[A-Za-z]{1,24}\d{0,3}|\d{1,2})$/,
} as const

/** The words of a name, in lower case: `spring.dataSource-URL` is spring, data, source, url. */
export function wordsOf(name: string): readonly string[] {
  return (name.match(nameExpressions.word) ?? []).map((word) => word.toLowerCase())
}

/** What a name says about its value; undefined where it says nothing. The last word decides. */
export function classifyName(name: string): NameClass | undefined {
  if (name.length > 128 || !nameExpressions.hint.test(name)) return undefined
  // What stands before a slash is a prefix as annotations have it: `checksum/secret` is one of Helm's.
  if (nameExpressions.digest.test(name)) return undefined
  const all = wordsOf(name.slice(name.lastIndexOf('/') + 1))
  const end = all.findLastIndex((word) => !words.variantWords.has(word) && Number.isNaN(Number(word)))
  const meaningful = all.slice(0, Math.max(end, 0) + 1)
  const last = trimEndOf(meaningful.at(-1) ?? '', '0123456789')
  const head = meaningful[0] ?? ''
  const before = meaningful.at(-2) ?? ''
  if (words.formWords.has(head)) return undefined
  if (isPasswordWord(last, before)) return 'password'
  if (words.settingWords.has(head)) return undefined
  if (words.passwordPhrases.some((phrase) => meaningful.join('').endsWith(phrase))) return 'password'
  return secretClass(last, before, meaningful)
}

function isPasswordWord(last: string, before: string): boolean {
  if (last === 'pass' || last === 'pw') return (last === 'pass' || before !== '') && !words.passVerbs.has(before)
  if (words.passwordWords.has(last)) return true
  if (words.passLookalikes.has(last)) return false
  return ['password', 'passwd', 'passphrase', 'pass'].some((ending) => last.endsWith(ending))
}

function secretClass(last: string, before: string, all: readonly string[]): NameClass | undefined {
  if (last === 'key') {
    if (words.keyDisqualifiers.has(before)) return undefined
    if (words.keyQualifiers.has(before) || all.some((word) => word === 'secret' || word === 'private')) return 'secret'
    if (isServiceKey(all)) return 'secret'
    return all.length > 1 ? 'weak' : undefined
  }
  if (words.tokenDisqualifiers.has(before)) return undefined
  // A pattern is often called `pat`, too; a personal access token has a vendor before it.
  if (last === 'pat') return before === '' ? undefined : 'secret'
  if (words.secretEndings.some((ending) => last.endsWith(ending))) return 'secret'
  if (words.weakWords.has(last) && (last !== 'keys' || words.keyQualifiers.has(before))) return 'weak'
  return all[0] === 'secret' && all.length > 1 && !words.secretAttributes.has(last) ? 'hinted' : undefined
}

/** `ACME_BATCH_KEY`: the first words name a service. */
function isServiceKey(all: readonly string[]): boolean {
  const end = [1, 2, 3].find((count) => isService(all.slice(0, count).join('')))
  return end !== undefined && end < all.length
}

function isService(name: string): boolean {
  return serviceNames.has(name) || ambiguousServiceNames.has(name)
}

/**
 * A name as a message may show it, or undefined where it might be a value itself: it has to consist of plain words, and
 * what it ends in has to say that a credential follows (an ID may: AWS_ACCESS_KEY_ID).
 */
export function shownName(name: string): string | undefined {
  if (name.length > limits.shownName) return undefined
  const meaning = name.toLowerCase().endsWith('id') ? name.slice(0, -2) : name
  if (classifyName(meaning) === undefined) return undefined
  const parts = name.split(nameExpressions.separator).filter((part) => part !== '')
  return parts.every((part) => (part.match(nameExpressions.word) ?? []).length <= 6 && isPlain(part)) ? name : undefined
}

function isPlain(part: string): boolean {
  return (part.match(nameExpressions.word) ?? []).every((word) => nameExpressions.plainWord.test(word))
}
