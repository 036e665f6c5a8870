import type { Random } from './random.ts'
import { nouns, weakWords } from './words.ts'

const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()
const digits = '0123456789'

const alphabets: Readonly<Record<string, string>> = {
  lower,
  upper,
  digits,
  letters: lower + upper,
  alnum: lower + upper + digits,
  loweralnum: lower + digits,
  upperalnum: upper + digits,
  hex: `${digits}abcdef`,
  upperhex: `${digits}ABCDEF`,
  base32: `${upper}234567`,
  bech32: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
  base64: `${lower}${upper}${digits}+/`,
  base64url: `${lower}${upper}${digits}-_`,
  crypt: `./${digits}${upper}${lower}`,
  // Without quotes, backslashes and dollars, which every carrier would write in its own way.
  symbols: `${lower}${upper}${digits}!@#%^*-_+?~.`,
}

/** What stands for more than characters of one alphabet. */
const phrases: Readonly<Record<string, (random: Random, argument: string) => string>> = {
  word: (random) => random.pick(nouns),
  pick: (random, argument) => random.pick(argument.split('|')),
  int: (random, argument) => {
    const [least = 0, most = 9] = argument.split('-').map(Number)
    return String(random.integer(least, most))
  },
  uuid: (random) => fill('{hex:8}-{hex:4}-4{hex:3}-{pick:8|9|a|b}{hex:3}-{hex:12}', random),
  service: (random) => fill('{word}-{word}.{word}.svc.cluster.local', random),
  host: (random) => fill('{word}.{word}.{pick:example.com|corp.internal|acme.io|shop.net}', random),
  ip: (random) => fill('10.{int:0-255}.{int:0-255}.{int:1-254}', random),
  version: (random) => fill('{int:0-9}.{int:0-20}.{int:0-30}', random),
  day: (random) => fill('20{int:20-26}-0{int:1-9}-{int:10-28}', random),
  // What generators of passwords make: letters, digits and symbols mixed, at least one digit.
  strong: (random) =>
    fill(random.pick(['{letters:1}{symbols:15}{int:0-9}', '{alnum:19}{int:0-9}', '{base64url:23}{int:2-9}x']), random),
  // What people make up: a word and what the rules for passwords ask for.
  weak: (random) => fill(random.pick(weakPatterns), random),
  // A password as it stands in a URL, without characters that would have to be encoded.
  inurl: (random) =>
    fill(random.pick(['{alnum:14}{int:1-9}', '{weakword}{int:10-9999}', '{letters:6}-{digits:4}.{letters:3}']), random),
  password: (random) => fill(random.pick(['{strong}', '{weak}']), random),
  weakword: (random) => random.pick(weakWords),
}

const weakPatterns = [
  '{weakword}{int:1-9999}',
  '{weakword}{pick:!|#|@}{int:10-99}',
  '{weakword}{weakword}',
  '{weakword}_{int:2001-2026}',
  '{weakword}@{word}',
  '{upper:1}{weakword}{int:1-99}!',
  '{digits:5}{int:4-9}',
]

const slot = /\{([a-z0-9]+)(?::([^{}]*))?\}/g

/**
 * Fills the slots of a pattern: `{hex:40}` characters of an alphabet, `{int:1-9}` a number, `{pick:a|b}` one of several,
 * `{word}`, `{host}`, `{uuid}` and the like. Braces around anything else stay as they are.
 */
export function fill(pattern: string, random: Random): string {
  return pattern.replaceAll(slot, (whole: string, name: string, argument: string | undefined) => {
    const alphabet = Object.hasOwn(alphabets, name) ? alphabets[name] : undefined
    if (alphabet !== undefined) return argument === undefined ? whole : random.text(alphabet, Number(argument))
    return Object.hasOwn(phrases, name) ? (phrases[name]?.(random, argument ?? '') ?? whole) : whole
  })
}
