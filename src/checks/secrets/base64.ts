import { gunzipSync } from 'node:zlib'
import { keystoreOf } from './keystores.ts'
import type { SecretKind } from './kind.ts'
import { decodeText } from './text.ts'

/** What base64 looks like (RFC 4648, both alphabets). */
export const base64Expressions = {
  token: /[A-Za-z0-9+/_-]{20,}/g,
  line: /^[A-Za-z0-9+/_-]{20,}={0,2}$/,
  newline: /\r?\n/,
  hex: /^[A-Fa-f0-9]*$/,
  word: /^(?:[A-Za-z]{0,40}|[A-Z_]*|[a-z-]*)$/,
  short: /^[A-Za-z0-9+/]{4,400}={0,2}$/,
  printable: /^[\x20-\x7e]{3,400}$/,
} as const

/** Text in base64 inside a text, still encoded. */
export interface EncodedToken {
  readonly token: string
  readonly offset: number
}

/** Bytes looked at before a token is decoded as a whole. */
const probeLength = 64

/** The parts of a text that may be base64; the whole of it, where it is broken into lines. */
export function* encodedTokens(text: string): Generator<EncodedToken> {
  const folded = unfold(text)
  if (folded !== undefined) {
    yield { token: folded, offset: 0 }
    return
  }
  for (const match of text.matchAll(base64Expressions.token)) {
    const token = match[0]
    if (token.length % 4 === 1 || base64Expressions.hex.test(token) || base64Expressions.word.test(token)) continue
    yield { token, offset: match.index }
  }
}

/** Base64 that fills a text, folded into lines of one length (RFC 2045, `base64` of coreutils), as one token. */
function unfold(text: string): string | undefined {
  if (!text.includes('\n')) return undefined
  const lines = text.trim().split(base64Expressions.newline)
  const width = lines[0]?.length ?? 0
  const last = lines.at(-1) ?? ''
  const isFolded =
    lines.slice(0, -1).every((line) => line.length === width && base64Expressions.line.test(line)) &&
    last.length <= width
  return isFolded ? lines.join('') : undefined
}

/** Whether the beginning of a token decodes to something to look into: text, gzip, a keystore. */
export function isWorthDecoding(token: string): boolean {
  const probe = fromBase64(token.slice(0, probeLength))
  if (probe.length < 8) return false
  return (
    isGzip(probe) || probe[0] === 0x30 || keystoreOf(fromBase64(token.slice(0, 128))) !== undefined || isAscii(probe)
  )
}

/** Most of what configuration is written in; random bytes are not. */
function isAscii(bytes: Uint8Array): boolean {
  let odd = 0
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32) || byte > 126) odd += 1
  return odd <= bytes.length * 0.1
}

/** Decodes base64 of either alphabet. What is no base64 is skipped, as Node does it. */
export function fromBase64(token: string): Uint8Array {
  return Buffer.from(token, 'base64')
}

/** A short value's text where it is base64 of printable text: `Y2hhbmdlbWU=` is a placeholder, too. */
export function decodeShort(value: string): string | undefined {
  if (value.length % 4 !== 0 || !base64Expressions.short.test(value)) return undefined
  const text = decodeText(fromBase64(value))?.trim()
  return text !== undefined && base64Expressions.printable.test(text) ? text : undefined
}

/** What bytes hold: a key file, text, nothing that can be read, or more than may be unpacked. */
export type Content =
  | { readonly type: 'keystore'; readonly kind: SecretKind }
  | { readonly type: 'text'; readonly text: string; readonly unpacked: number }
  | { readonly type: 'opaque' }
  | { readonly type: 'too-large' }

/** Tells what bytes hold; gzip is unpacked as far as `maximum` bytes. Broken gzip is opaque. */
export function contentOf(bytes: Uint8Array, maximum: number): Content {
  const kind = keystoreOf(bytes)
  if (kind !== undefined) return { type: 'keystore', kind }
  if (!isGzip(bytes)) return textContent(bytes, 0)
  if (maximum < 1) return { type: 'too-large' }
  try {
    const unpacked = gunzipSync(bytes, { maxOutputLength: maximum })
    return textContent(unpacked, unpacked.length)
  } catch (error) {
    const isTooLarge = error instanceof RangeError
    return { type: isTooLarge ? 'too-large' : 'opaque' }
  }
}

function textContent(bytes: Uint8Array, unpacked: number): Content {
  const text = decodeText(bytes)
  return text === undefined ? { type: 'opaque' } : { type: 'text', text, unpacked }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}
