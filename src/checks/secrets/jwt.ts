import { kinds, type Report } from './kind.ts'
import { isWordCode, matchAt } from './text.ts'

/** A JSON Web Token in compact form (RFC 7519): header and payload begin with `{"`, in base64url `eyJ`. */
export const jwtExpressions = {
  part: /[\w-]{0,8000}/y,
} as const

/** The shortest header that names an algorithm: {"alg":"x"} in base64url. */
const minimumHeader = 15

/** The shortest signature that counts: HS256 has 43 characters; an unsigned token grants nothing. */
const minimumSignature = 16

/** Finds signed JSON Web Tokens. The header must decode to JSON that names an algorithm. */
export function findJwts(text: string, report: Report): void {
  for (let at = text.indexOf('eyJ'); at >= 0; ) {
    // The search goes on behind what was read, so that `eyJeyJ…` is read once.
    const header = part(text, at)
    const afterHeader = at + header.length
    const startsInside = at > 0 && isWordCode(text.charCodeAt(at - 1))
    if (
      !startsInside &&
      header.length >= minimumHeader &&
      text.startsWith('.eyJ', afterHeader) &&
      namesAlgorithm(header)
    ) {
      const afterPayload = afterHeader + 1 + part(text, afterHeader + 1).length
      if (text.charAt(afterPayload) === '.' && part(text, afterPayload + 1).length >= minimumSignature) {
        report({ kind: kinds.jwt, offset: at })
      }
    }
    at = text.indexOf('eyJ', Math.max(afterHeader, at + 3))
  }
}

function part(text: string, offset: number): string {
  return matchAt(jwtExpressions.part, text, offset)?.[0] ?? ''
}

function namesAlgorithm(header: string): boolean {
  return Buffer.from(header.slice(0, 2000), 'base64url').toString('utf8').includes('"alg"')
}
