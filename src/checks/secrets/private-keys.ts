import { kinds, type Report } from './kind.ts'
import { matchAt, occurrences } from './text.ts'

/** How private keys begin. Certificates, public keys and encrypted messages begin otherwise and are no credentials. */
export const privateKeyExpressions = {
  /** RFC 7468 and OpenSSH: at most three words before PRIVATE KEY; OpenPGP (RFC 9580) adds BLOCK. */
  pemLabel: /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/y,
  /** Headers of RFC 1421 and OpenPGP armor: `Proc-Type: 4,ENCRYPTED`. */
  header: /^[A-Za-z-]{1,40}: /,
  encoded: /^[A-Za-z0-9+/=]{1,100}/,
  /** The private half of a PuTTY key file, versions 1 to 3. */
  puttyLines: /Private-Lines: \d{1,3}/,
  /** RFC 7517: the private part of an EC, OKP or RSA key. */
  jwkPrivatePart: /"d"\s{0,4}:\s{0,4}"[\w-]{20}/y,
  /** RFC 7518, section 6.4: a symmetric key. */
  jwkSymmetric: /"oct"[^{}]{0,400}"k"\s{0,4}:\s{0,4}"[\w-]{20}|"k"\s{0,4}:\s{0,4}"[\w-]{20,400}"[^{}]{0,400}"oct"/,
} as const

/** Characters of key material without which a PEM block is only a mention or a template. */
const minimumMaterial = 40

/** Finds private keys in PEM, OpenPGP armor, PuTTY and JWK form, their lines joined by real or escaped newlines. */
export function findPrivateKeys(text: string, report: Report): void {
  for (const offset of occurrences(text, '-----BEGIN ')) {
    const label = matchAt(privateKeyExpressions.pemLabel, text, offset)?.[0]
    if (label === undefined) continue
    if (hasMaterial(text.slice(offset + label.length, offset + label.length + 600))) {
      report({ kind: kinds.privateKey, offset })
    }
  }
  for (const offset of occurrences(text, 'PuTTY-User-Key-File-')) {
    if (privateKeyExpressions.puttyLines.test(text.slice(offset, offset + 4000))) {
      report({ kind: kinds.privateKey, offset })
    }
  }
  if (!text.includes('"kty"')) return
  if (text.includes('"oct"') && privateKeyExpressions.jwkSymmetric.test(text)) {
    report({ kind: kinds.privateKey, offset: text.indexOf('"oct"') })
  }
  for (const offset of occurrences(text, '"d"')) {
    if (matchAt(privateKeyExpressions.jwkPrivatePart, text, offset)) report({ kind: kinds.privateKey, offset })
  }
}

function hasMaterial(after: string): boolean {
  let material = 0
  for (const line of after.replaceAll('\\r', '').replaceAll('\\n', '\n').split('\n').slice(0, 12)) {
    const content = line.replaceAll('\\', '').trim()
    if (content === '' || privateKeyExpressions.header.test(content)) continue
    const encoded = privateKeyExpressions.encoded.exec(content)?.[0]
    if (encoded === undefined) return false
    material += encoded.length
    if (material >= minimumMaterial) return true
  }
  return false
}
