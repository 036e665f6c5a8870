import { type SecretKind, kinds } from './kind.ts'
import { decodeShort } from './base64.ts'
import { fallbacksIn } from './fallbacks.ts'
import { limits } from './limits.ts'
import { classifyName, type NameClass, wordsOf } from './names.ts'
import { isPath, isPlaceholder, isPlainPlaceholder } from './placeholders.ts'
import { weakPasswords } from './placeholder-marks.ts'
import { trimEndOf } from './text.ts'
import { looksDrawn, looksLikeCredential, looksRandom, valueExpressions } from './values.ts'

/** A name and the value that stands under it, its quotes taken off. */
export interface Assignment {
  readonly name: string
  readonly value: string
  readonly quoted: boolean
  /** The class of the name, where the caller knows it already. */
  readonly nameClass?: NameClass | undefined
}

/** What a value is that is no literal, though the name asks for one. */
export const literalExpressions = {
  trivial: /^(?:true|false|null|none|nil|~|\d{1,3})$/i,
  /** An expression of a program: a call, a member, an operator. */
  code: /^(?:os\.|process\.env|system\.|env\[|config\.|self\.|this\.|ngx\.|request\.|req\.|var\.|local\.|data\.|module\.|secrets\.|vars\.|form\.|await |new |function\b|lambda\b)/i,
  /** What an unquoted value of YAML or a program begins with when it is no text: a tag, an anchor, a list. */
  syntax: /^[([{<>=!|&*]/,
  call: /^[\w.]{1,80}\(/,
  dotted: /^[a-z]{1,40}(?:\.[a-z_]{1,40}){1,8}$/i,
  selector: /^[\w#. ]{0,80}\[[\w-]{1,40}[~|^$*]?=/,
  /** The type of a field in a schema. */
  type: /^(?:type|string|integer|object|varchar|char|text|bytea|boolean|format)\b/i,
  /** nsswitch.conf: where passwords are looked up. */
  nameService: /^(?:files|compat|db|sss|ldap|nis|systemd)(?: |$)/,
  /** A line of /etc/passwd, whose password is elsewhere (passwd(5)): images that run under any user come with such a file. */
  account: /^[a-z_][\w-]{0,31}:[x*!]{0,2}:\d{1,7}:\d{1,7}:/,
  prose: /[A-Za-z] [A-Za-z]/,
  /** The text of a form's label. */
  label: /^(?:Password|Passwort|Passphrase|Contraseña|Senha|Secret|Token)[:*.]?$/,
  /** `orders-db-password`: the name of a Secret or of a key in one. */
  resourceName:
    /^[a-z0-9]{1,40}(?:[-.][a-z0-9]{1,40}){0,12}[-.](?:secrets?|passwords?|passwd|pass|credentials?|creds|keys?|tokens?|auth|tls)$/,
  nonAscii: /[^\0-\x7f]/,
  scheme: /^[a-z][a-z0-9+.-]{0,20}:\/\//i,
  authorization: /^(?:bearer|basic|token|apikey) /i,
  awsSecretKey: /^[A-Za-z0-9/+]{40}$/,
  comment: /\s[#;]/,
  /** A package whose name ends in a word such as these stands before its version. */
  version: /^[\^~>=<v ]{0,3}\d{1,6}\.\d{1,6}\.[\dx]/,
} as const

const expressions = literalExpressions

/** Tells what sort of credential an assignment holds, if any. */
export function judgeAssignment(assignment: Assignment): SecretKind | undefined {
  const { name, value, quoted, nameClass = classifyName(name) } = assignment
  // What a comment says must not make a placeholder or prose of the value before it.
  const text = (quoted ? value : withoutComment(value)).trim()
  if (nameClass === undefined || text === '' || text.length > limits.literal) return undefined
  // Vendors' documentation keys count as well: see findKnownFormats.
  if (
    text.length === 40 &&
    expressions.awsSecretKey.test(text) &&
    isAwsSecretName(name) &&
    valueExpressions.digit.test(text)
  ) {
    return text.includes('EXAMPLE') ? kinds.awsSampleKey : kinds.awsSecretKey
  }
  if (isPlaceholder(text) || isPlainPlaceholder(decodeShort(text) ?? '')) {
    return judgeFallback(nameClass, text) ?? judgePlaceholder(nameClass, text)
  }
  if ((nameClass !== 'password' && isOwnName(name, text)) || isExpression(text, quoted)) return undefined
  return judgeLiteral(nameClass, text, quoted)
}

/** `${HOST_SETTING:-x}` under a name that says password: the name that is referred to need not say it again. */
function judgeFallback(nameClass: NameClass, text: string): SecretKind | undefined {
  for (const { value } of fallbacksIn(text)) {
    if (!isPlaceholder(value)) return judgeLiteral(nameClass, value, true)
  }
  return undefined
}

/** A word that is there to be replaced works as a password until somebody does. */
function judgePlaceholder(nameClass: NameClass, text: string): SecretKind | undefined {
  return nameClass === 'password' && weakPasswords.has(text.toLowerCase()) ? kinds.weakPassword : undefined
}

function judgeLiteral(nameClass: NameClass, text: string, quoted: boolean): SecretKind | undefined {
  switch (nameClass) {
    case 'password':
      return isPassword(text, quoted) ? kinds.passwordLiteral : undefined
    case 'secret':
      return isSecret(bare(text)) ? kinds.secretLiteral : undefined
    case 'hinted':
      return looksDrawn(bare(text), 12) && isSecret(bare(text)) ? kinds.secretLiteral : judgeRandom(bare(text))
    case 'weak':
      return judgeRandom(bare(text))
    default:
      return nameClass satisfies never
  }
}

function judgeRandom(text: string): SecretKind | undefined {
  if (isPath(text)) return undefined
  if (looksDrawn(text, 16) && isOpaque(text)) return kinds.secretLiteral
  if (!looksRandom(text, 20)) return undefined
  return text.length >= 32 && looksDrawn(text, 12) ? kinds.secretLiteral : kinds.randomKey
}

/** Whether nothing says that a random value is public: a digest, an ID, a public key. */
function isOpaque(text: string): boolean {
  const { random, digest, uuid, publicKey, image, host } = valueExpressions
  return random.test(text) && ![digest, uuid, publicKey, image, host].some((shape) => shape.test(text))
}

function isAwsSecretName(name: string): boolean {
  const glued = wordsOf(name).join('')
  return glued.includes('secretaccesskey') || glued.endsWith('secretkey') || glued.endsWith('awssecret')
}

/** `TOKEN: token`. A password that is called password is one all the same. */
function isOwnName(name: string, text: string): boolean {
  return text.toLowerCase() === name.toLowerCase()
}

function isExpression(text: string, quoted: boolean): boolean {
  if (!quoted && expressions.syntax.test(text)) return true
  return expressions.code.test(text) || expressions.call.test(text) || expressions.dotted.test(text)
}

function isPassword(text: string, quoted: boolean): boolean {
  if (expressions.trivial.test(text) || expressions.selector.test(text) || expressions.type.test(text)) return false
  if (expressions.label.test(text) || expressions.resourceName.test(text)) return false
  if (
    expressions.nonAscii.test(text) ||
    expressions.nameService.test(text) ||
    expressions.account.test(text) ||
    expressions.version.test(text)
  )
    return false
  if (expressions.prose.test(text)) return false
  // Several words are prose or a command.
  if (!quoted && valueExpressions.space.test(text)) return false
  return trimEndOf(text, ';,').length >= 3
}

function isSecret(text: string): boolean {
  return !expressions.scheme.test(text) && !isPath(text) && (looksLikeCredential(text) || looksDrawn(text, 12))
}

/** A value without what belongs to its carrier: the scheme of a header, a comment, a separator. */
function bare(text: string): string {
  const token = expressions.authorization.test(text) ? text.slice(text.indexOf(' ') + 1) : text
  return trimEndOf(withoutComment(token), ';,').trim()
}

/** An unquoted value ends at a comment: `hunter2 # to be changed`. */
function withoutComment(text: string): string {
  const comment = text.search(expressions.comment)
  return comment < 0 ? text : text.slice(0, comment)
}
