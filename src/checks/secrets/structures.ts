import { kinds, type Report } from './kind.ts'
import { isPlaceholder } from './placeholders.ts'
import { occurrences, matchAt } from './text.ts'
import { looksLikeCredential, valueExpressions } from './values.ts'

/** Credentials that files of one kind write in a form of their own. */
export const structureExpressions = {
  /** crypt(5) and RFC 2307: bcrypt, apr1, md5, sha256, sha512, yescrypt, argon2. */
  crypt:
    /\$(?:2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|[156]\$(?:rounds=\d{1,9}\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{22}|y\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}|argon2(?:id|i|d)\$v=\d{1,3}\$[\w=,]{1,60}\$[A-Za-z0-9+/]{1,90}\$[A-Za-z0-9+/]{20}|krb5(?:asrep|tgs|pa)\$\d{1,2}\$\S{30})/y,
  ldapHash: /\{(?:SSHA|SHA|SSHA256|SSHA512|SMD5|MD5)\}[A-Za-z0-9+/]{20}/y,
  /** config.json of Docker (moby's configfile): auth is base64 of user:password. */
  registryAuth: /auth"?\s{0,4}:\s{0,4}"([A-Za-z0-9+/]{8,2000}={0,2})"/y,
  /** RFC 6750 and RFC 7617. */
  bearer: /[Bb]earer\s{1,3}([\w\-.~+/]{16,2000})/y,
  basic: /[Bb]asic\s{1,3}([A-Za-z0-9+/]{8,400}={0,2})/y,
  userPassword: /^[\x21-\x7e]{1,200}:[\x20-\x7e]{3,400}$/,
  /** CREATE USER … IDENTIFIED BY 'x' (MySQL, Oracle), CREATE ROLE … PASSWORD 'x' (PostgreSQL). */
  identifiedBy:
    /\sIDENTIFIED\s{1,4}(?:WITH\s{1,4}\S{1,60}\s{1,4})?(?:BY|AS)\s{1,4}(?:PASSWORD\s{1,4})?'([^'\n]{3,200})'/gi,
  rolePassword: /\sPASSWORD\s{1,4}'([^'\n]{3,200})'/gi,
  /** .npmrc: `//registry/:_authToken=x`. */
  npmrc: /:_(?:authToken|auth|password)\s{0,2}=\s{0,2}([^\s$"']{8,500})/y,
  unsealKey: /Unseal Key \d{1,2}: ([\w+/=]{40,90})/y,
} as const

/** Finds hashes, registry logins, headers, SQL passwords and other credentials with a form of their own. */
export function findStructures(text: string, report: Report): void {
  const add = (expression: RegExp, mark: string, kind: (typeof kinds)[keyof typeof kinds], accept: Accept): void => {
    for (const offset of occurrences(text, mark)) {
      const match = matchAt(expression, text, offset)
      if (match !== undefined && accept(match[1] ?? '')) report({ kind, offset })
    }
  }
  add(structureExpressions.crypt, '$', kinds.passwordHash, always)
  add(structureExpressions.ldapHash, '{', kinds.passwordHash, always)
  add(structureExpressions.registryAuth, 'auth', kinds.registryAuth, isLogin)
  for (const mark of ['Bearer', 'bearer']) add(structureExpressions.bearer, mark, kinds.authorizationHeader, isToken)
  for (const mark of ['Basic', 'basic']) add(structureExpressions.basic, mark, kinds.authorizationHeader, isLogin)
  add(structureExpressions.npmrc, ':_', kinds.registryAuth, isLiteral)
  add(structureExpressions.unsealKey, 'Unseal Key', kinds.secretLiteral, isLiteral)
  for (const expression of [structureExpressions.identifiedBy, structureExpressions.rolePassword]) {
    for (const match of text.matchAll(expression)) {
      if (isLiteral(match[1] ?? '')) report({ kind: kinds.sqlPassword, offset: match.index })
    }
  }
}

type Accept = (value: string) => boolean

const always: Accept = () => true
const isLiteral: Accept = (value) => !isPlaceholder(value)
const isToken: Accept = (value) =>
  !isPlaceholder(value) && looksLikeCredential(value, 16) && valueExpressions.digit.test(value)

const isLogin: Accept = (value) => {
  const decoded = Buffer.from(value, 'base64').toString('latin1')
  return structureExpressions.userPassword.test(decoded) && !isPlaceholder(decoded.slice(decoded.indexOf(':') + 1))
}
