import { type Hit, kinds, type Report } from './kind.ts'
import { classifyName } from './names.ts'
import { isPlaceholder } from './placeholders.ts'
import { occurrences, matchAt } from './text.ts'
import { looksLikeCredential, valueExpressions } from './values.ts'

/** Credentials that files of one kind write in a form of their own. */
export const structureExpressions = {
  /** crypt(5), RFC 2307, PHC strings: bcrypt, apr1, md5, sha256, sha512, yescrypt, scrypt, PBKDF2, argon2, phpass. */
  crypt:
    /\$(?:2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|[156]\$(?:rounds=\d{1,9}\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{22}|y\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}|[PH]\$[./A-Za-z0-9]{31}|S\$[./A-Za-z0-9]{52}|7\$[./A-Za-z0-9]{11,60}\$[./A-Za-z0-9]{43}|scrypt\$[\w=,]{1,40}\$[A-Za-z0-9+/.]{8,90}\$[A-Za-z0-9+/.]{40}|pbkdf2(?:-sha\d{1,3})?\$\d{1,9}\$[A-Za-z0-9+/.]{4,90}\$[A-Za-z0-9+/.]{20}|argon2(?:id|i|d)\$v=\d{1,3}\$[\w=,]{1,60}\$[A-Za-z0-9+/]{1,90}\$[A-Za-z0-9+/]{20}|krb5(?:asrep|tgs|pa)\$\d{1,2}\$\S{30})/y,
  ldapHash: /\{(?:SSHA|SHA|SSHA256|SSHA512|SMD5|MD5)\}[A-Za-z0-9+/]{20}/y,
  /** Django's hashers, Werkzeug's. */
  frameworkHash:
    /pbkdf2(?:_sha\d{1,3}|:sha\d{1,3}:\d{1,8})\$(?:\d{1,9}\$)?[A-Za-z0-9+/=._-]{4,60}\$[A-Za-z0-9+/=]{20}/y,
  /** PostgreSQL's pg_authid and pgbouncer's userlist.txt. */
  scramHash: /SCRAM-SHA-(?:1|256|512)\$\d{1,8}:[A-Za-z0-9+/=]{8,90}\$[A-Za-z0-9+/=]{20,90}:[A-Za-z0-9+/=]{20}/y,
  postgresHash: /"md5[a-f0-9]{32}"/y,
  /** pgbouncer: `"user" "password"`, and nothing else in the file. */
  userListLine: /^"[^"]{1,64}" "([^"]{3,400})"$/,
  /** https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/ */
  redisUser: /user\s{1,4}[\w.@-]{1,64}\s{1,4}(?:reset\s{1,4})?on\s(?:[^\s>#]{1,40}\s{1,4}){0,6}[>#]([^\s>]{3,200})/y,
  /** A realm export of Keycloak. */
  typedCredential: /"type"\s{0,4}:\s{0,4}"password"\s{0,4},\s{0,8}"value"\s{0,4}:\s{0,4}"([^"\n]{3,200})"/y,
  /** Oracle: `jdbc:oracle:thin:scott/tiger@db`, `sqlplus scott/tiger@db`. */
  oracleLogin: /(?:jdbc:oracle:\w{1,8}:|sqlplus\s{1,4}(?:-\w{1,8}\s{1,4}){0,3}["']?)[\w.-]{1,64}\/([^@\s"'/]{3,128})@/y,
  /** pgpass of PostgreSQL's libpq: host:port:database:user:password on each line. */
  pgpassLine: /^[\w.*-]{1,253}:(?:\d{1,5}|\*):[\w*-]{1,64}:[\w*.-]{1,64}:(\S{3,200})$/,
  /** config.json of Docker (moby's configfile): auth is base64 of user:password. */
  registryAuth: /auth"?\s{0,4}:\s{0,4}"([A-Za-z0-9+/]{8,2000}={0,2})"/y,
  /** RFC 6750 and RFC 7617. */
  bearer: /[Bb]earer\s{1,3}([\w\-.~+/]{8,2000})/y,
  /** Words that documentation puts behind `Bearer`. */
  bearerWord: /^(?:oauth|token|jwt|auth|sha|v\d|http)/i,
  basic: /[Bb]asic\s{1,3}([A-Za-z0-9+/]{8,400}={0,2})/y,
  userPassword: /^[\x21-\x7e]{1,200}:[\x20-\x7e]{3,400}$/,
  /** CREATE USER … IDENTIFIED BY 'x' (MySQL, Oracle), CREATE ROLE … PASSWORD 'x' (PostgreSQL). */
  identifiedBy:
    /\sIDENTIFIED\s{1,4}(?:WITH\s{1,4}\S{1,60}\s{1,4})?(?:BY|AS)\s{1,4}(?:PASSWORD\s{1,4})?["']([^"'\n]{3,200})["']/gi,
  /** Oracle takes the password as a name. */
  identifiedByName: /\sUSER\s{1,4}["'\w$#]{1,64}\s{1,4}IDENTIFIED\s{1,4}BY\s{1,4}([\w$#!]{3,60})(?=[\s;]|$)/gi,
  rolePassword: /\sPASSWORD\s{1,4}'([^'\n]{3,200})'/gi,
  passwordFunction: /\bPASSWORD\s{0,2}\(\s{0,2}'([^'\n]{3,200})'\s{0,2}\)/gi,
  /** Columns and values of an INSERT. */
  insert: /\bINSERT\s{1,4}INTO\s{1,4}\S{1,80}\s{0,4}\(([^()]{1,400})\)\s{0,8}VALUES\s{0,4}\(([^()]{1,800})\)/gi,
  quotedItem: /^\s{0,8}'([^']{3,200})'\s{0,8}$/,
  /** PowerShell. */
  secureString: /ConvertTo-SecureString\s{1,4}(?:-String\s{1,4})?["']([^"'\n$]{3,200})["']/y,
  /** .npmrc: `//registry/:_authToken=x`. */
  npmrc: /:_(?:authToken|auth|password)\s{0,2}=\s{0,2}([^\s$"']{8,500})/y,
  unsealKey: /Unseal Key \d{1,2}: ([\w+/=]{40,90})/y,
} as const

/** Finds hashes, registry logins, headers, SQL passwords and other credentials with a form of their own. */
export function findStructures(text: string, report: Report): void {
  const add = (expression: RegExp, mark: string, kind: (typeof kinds)[keyof typeof kinds], accept: Accept): void => {
    for (const offset of occurrences(text, mark)) {
      const match = matchAt(expression, text, offset)
      if (match !== undefined && accept(match[1] ?? '')) report({ kind, offset, value: match[1] ?? text })
    }
  }
  add(structureExpressions.crypt, '$', kinds.passwordHash, always)
  add(structureExpressions.ldapHash, '{', kinds.passwordHash, always)
  add(structureExpressions.frameworkHash, 'pbkdf2', kinds.passwordHash, always)
  add(structureExpressions.scramHash, 'SCRAM-SHA-', kinds.passwordHash, always)
  add(structureExpressions.postgresHash, '"md5', kinds.passwordHash, always)
  add(structureExpressions.redisUser, 'user ', kinds.passwordLiteral, isLiteral)
  add(structureExpressions.typedCredential, '"type"', kinds.passwordLiteral, isLiteral)
  for (const mark of ['jdbc:oracle:', 'sqlplus ']) {
    add(structureExpressions.oracleLogin, mark, kinds.urlCredentials, isLiteral)
  }
  findLogins(text, structureExpressions.userListLine, report)
  findLogins(text, structureExpressions.pgpassLine, report)
  add(structureExpressions.registryAuth, 'auth', kinds.registryAuth, isLogin)
  for (const mark of ['Bearer', 'bearer']) add(structureExpressions.bearer, mark, kinds.authorizationHeader, isToken)
  for (const mark of ['Basic', 'basic']) add(structureExpressions.basic, mark, kinds.authorizationHeader, isLogin)
  add(structureExpressions.npmrc, ':_', kinds.registryAuth, isLiteral)
  add(structureExpressions.unsealKey, 'Unseal Key', kinds.secretLiteral, isLiteral)
  add(structureExpressions.secureString, 'ConvertTo-SecureString', kinds.commandPassword, isLiteral)
  for (const match of text.matchAll(structureExpressions.insert)) {
    const value = insertedPassword(match[1] ?? '', match[2] ?? '')
    if (value !== undefined) report({ kind: kinds.sqlPassword, offset: match.index, value })
  }
  const { identifiedBy, identifiedByName, rolePassword, passwordFunction } = structureExpressions
  for (const expression of [identifiedBy, identifiedByName, rolePassword, passwordFunction]) {
    for (const match of text.matchAll(expression)) {
      if (isLiteral(match[1] ?? '')) report({ kind: kinds.sqlPassword, offset: match.index, value: match[1] ?? text })
    }
  }
}

/** Finds passwords in files that consist of logins: pgbouncer's userlist.txt, libpq's pgpass. */
function findLogins(text: string, expression: RegExp, report: Report): void {
  const hits: Hit[] = []
  for (let offset = 0; offset < text.length; ) {
    const newline = text.indexOf('\n', offset)
    const end = newline < 0 ? text.length : newline
    // Longer than any login: what is not one anyway need not be copied.
    if (end - offset > 1000) return
    const line = text.slice(offset, end).trim()
    const value = expression.exec(line)?.[1]
    if (value === undefined && line !== '' && !'#;'.includes(line.charAt(0))) return
    if (value !== undefined && isLiteral(value)) hits.push({ kind: kinds.passwordLiteral, offset, value })
    offset = end + 1
  }
  for (const hit of hits) report(hit)
}

/** The literal in the column that is called a password. */
function insertedPassword(columns: string, values: string): string | undefined {
  const place = columns.split(',').findIndex((column) => classifyName(column.trim()) === 'password')
  const value = place < 0 ? undefined : structureExpressions.quotedItem.exec(values.split(',')[place] ?? '')?.[1]
  return value === undefined || !isLiteral(value) ? undefined : value
}

type Accept = (value: string) => boolean

const always: Accept = () => true
const isLiteral: Accept = (value) => !isPlaceholder(value)
const isToken: Accept = (value) =>
  !isPlaceholder(value) &&
  looksLikeCredential(value, 8) &&
  valueExpressions.digit.test(value) &&
  !structureExpressions.bearerWord.test(value)

const isLogin: Accept = (value) => {
  const decoded = Buffer.from(value, 'base64').toString('latin1')
  return structureExpressions.userPassword.test(decoded) && !isPlaceholder(decoded.slice(decoded.indexOf(':') + 1))
}
